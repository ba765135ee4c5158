#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/walk.md: what it tells a newcomer to type, typed."""
import os
import pathlib
import re
import subprocess

import program
from program import contains, equal, test

ROOT = pathlib.Path(__file__).resolve().parents[2]
WALK = (ROOT / "docs" / "walk.md").read_text(encoding="utf-8")

PRINTING = "cups-client"  # has lp


def lines():
    return [line for block in re.findall(r"```sh\n(.*?)```", WALK, re.S)
            for line in block.splitlines()]


def typed(t, line):
    """A line in a folder that has the checkout as "runde"; it plans as long
    as it takes, not for ten seconds."""
    line = line.replace("runde solve", "runde solve -n 2000")
    (t.folder / "bin").mkdir(exist_ok=True)
    for name, to in (("bin/runde", program.RUNDE), ("runde", ROOT)):
        if not (t.folder / name).is_symlink():
            os.symlink(to, t.folder / name)
    path = f"{t.folder / 'bin'}:{os.environ['PATH']}"
    result = subprocess.run(
        ["sh", "-euc", line], cwd=t.folder, capture_output=True, check=False,
        timeout=program.PATIENCE, env=dict(os.environ, PATH=path))
    equal((result.returncode, result.stderr.decode()), (0, ""))
    return result.stdout.decode()


@test
def five_lines(t):
    first = re.search(r"```sh\n(.*?)```", WALK, re.S).group(1).splitlines()
    equal(len(first), 5)
    for package in first[0].split("-y ")[1].split():
        # What the checks install is what is named; they need more, but print
        # nothing.
        if package != PRINTING:
            contains((ROOT / ".ci" / "packages").read_text(),
                     f"\n{package}\n")
    # Who prints must have what "lp" is in.
    contains(first[0] + " ", f" {PRINTING} ")
    # The shell is told every name that the lines use.
    for name in re.findall(r"\$(\w+)", "".join(first)):
        contains(WALK, f"\n{name}=")
    equal(first[4].endswith(" | lp"), True)
    printed = typed(t, first[4].removesuffix(" | lp"))
    pages = printed.split("\f")
    equal(len(pages), 4)
    contains(pages[0], "anna", "b17-morgen", "[ ] 08:15-08:35")
    # The page in the text is one that was printed.
    shown = re.search(r"```\n(anna .*?)```", WALK, re.S).group(1)
    equal([line.rstrip() for line in shown.splitlines()],
          [line.rstrip() for line in pages[0].rstrip().splitlines()])


@test
def the_other_lines(t):
    others = lines()[5:]
    equal(len(others) >= 4, True)
    for line in others:
        typed(t, line)
    contains(t.path("report.html").read_text(), "anna")


program.main()
