#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How files look: length, names, licence line, white space, private paths."""
import collections
import re

import tree

MAX_LINES = 800
CODE = (".c", ".h", ".py", ".sh", ".js", ".css")
TEXT = CODE + (".md", ".build", ".ini", ".map", ".1", ".3", ".5", ".txt", ".yml", ".html",
               ".clang-format", ".clang-tidy")
SPDX = "SPDX-License-Identifier: MIT"
PRIVATE = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/[\w.]"
                     r"|[A-Z]:\\\\?Users\\")


def look(name):
    source = tree.text(name)
    lines = source.split("\n")
    if name.endswith(CODE):
        if len(lines) - 1 > MAX_LINES:
            yield 1, f"{len(lines) - 1} lines, at most {MAX_LINES}"
        if not any(SPDX in line for line in lines[:3]):
            yield 1, f"no '{SPDX}' in the first lines"
    if source and not source.endswith("\n"):
        yield len(lines), "no newline at the end"
    if source.endswith("\n\n"):
        yield len(lines) - 1, "empty line at the end"
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield number, "tab"
        if line != line.rstrip():
            yield number, "white space at the end of the line"
        if PRIVATE.search(line) and not name.startswith("tests/style/"):
            yield number, "path of somebody's machine"


def main():
    findings = []
    names = tree.files(*TEXT)
    for name in names:
        findings += [f"{name}:{number}: {what}" for number, what in look(name)]
    places = collections.defaultdict(list)
    for name in tree.files(*CODE):
        places[name.rsplit("/", 1)[-1]].append(name)
    for base, twins in places.items():
        # A private header may be named as the public one it serves.
        twins = [t for t in twins if not t.startswith("include/")]
        if len(twins) > 1:
            findings.append(f"{base}: more than one: {' '.join(twins)}")
    tree.verdict(findings, len(names))


if __name__ == "__main__":
    main()
