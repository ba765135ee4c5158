#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""exports.py NM LIBRARY HEADER...: gives exactly what the headers declare."""
import pathlib
import re
import subprocess
import sys

import tree

DECLARED = re.compile(r"\bRUNDE_API\b[^;{]*?\b(runde_\w+)\s*\(", re.S)


def main(nm, library, *headers):
    declared = set()
    for header in headers:
        name = f"include/runde/{pathlib.PurePath(header).name}"
        declared |= set(DECLARED.findall(tree.code(name)))
    listing = subprocess.run([nm, "-D", "--defined-only", library], check=True,
                             capture_output=True, text=True).stdout
    exported = set()
    for row in listing.splitlines():
        _, kind, symbol = row.split()
        symbol = symbol.split("@")[0]
        if kind != "A":  # the version node itself
            exported.add(symbol)
    findings = [f"{symbol}: declared, not exported"
                for symbol in sorted(declared - exported)]
    findings += [f"{symbol}: exported, not declared"
                 for symbol in sorted(exported - declared)]
    tree.verdict(findings, len(declared))


if __name__ == "__main__":
    main(*sys.argv[1:])
