#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""header.py COMPILER... LANGUAGE STANDARD HEADER: compiles alone, and twice.

A project that includes one header of ours has neither our flags nor our
other headers.
"""
import pathlib
import subprocess
import sys

import tree


def main(*command):
    *compiler, language, standard, header = command
    name = pathlib.PurePath(header).name
    source = f"#include <runde/{name}>\n" * 2 + "int unused_;\n"
    done = subprocess.run(
        [*compiler, "-x", language, f"-std={standard}", "-Wall", "-Wextra",
         "-pedantic", "-Werror", "-fsyntax-only",
         "-I", str(tree.ROOT / "include"), "-"],
        input=source, text=True, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
