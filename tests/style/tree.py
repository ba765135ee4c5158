# SPDX-License-Identifier: MIT
"""What the style tests share: the files of the tree, C without comments."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIP = re.compile(r"^(build[^/]*|\.git|subprojects)/")
TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
                   re.S)


def files(*suffixes, under=""):
    """Paths below `under`, relative to the root, that end in a suffix.

    In a checkout those that git tracks, in an unpacked release all."""
    try:
        listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"],
                                 check=True, capture_output=True).stdout
        names = listing.decode("utf-8").split("\0")
    except (OSError, subprocess.CalledProcessError):
        names = [path.relative_to(ROOT).as_posix()
                 for path in ROOT.rglob("*") if path.is_file()]
    return sorted(name for name in names
                  if name.startswith(under) and name.endswith(suffixes)
                  and not SKIP.match(name) and (ROOT / name).is_file())


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def code(name):
    """The text of a C file, comments and literals blanked, lines kept."""
    return TOKEN.sub(_blank, text(name))


def literals(name):
    """(line, string literal) for every one in a C file."""
    source = text(name)
    for match in TOKEN.finditer(source):
        if match.group().startswith('"'):
            yield line(source, match.start()), match.group()


def line(source, offset):
    return source.count("\n", 0, offset) + 1


def verdict(findings, checked):
    """Prints the findings and ends the program; nothing checked is wrong."""
    for finding in findings:
        print(finding)
    print(f"{checked} checked, {len(findings)} findings")
    sys.exit(1 if findings or checked == 0 else 0)
