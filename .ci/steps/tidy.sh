#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-tidy 14 finds nothing in the library and the programs.
set -eu
. "$(dirname "$0")/../lib.sh"
# Only its compile commands are used: gcc's have options clang lacks.
[ -f "$out/clang/build.ninja" ] ||
    CC=clang-14 meson setup "$out/clang" -Dwerror=true -Dbuildtype=debug \
        -Doptimization=1
# A file that two libraries share is listed twice, and clang-tidy 14 sees
# ghosts (an uninitialised va_list) when it reads one file twice in a run.
mkdir -p "$out/tidy"
python3 - "$out/clang/compile_commands.json" \
    >"$out/tidy/compile_commands.json" <<'END'
import json
import os
import sys

with open(sys.argv[1], encoding="utf-8") as listing:
    commands = json.load(listing)
first = {}
for command in commands:
    path = os.path.realpath(
        os.path.join(command["directory"], command["file"]))
    first.setdefault(path, command)
json.dump(list(first.values()), sys.stdout)
END
sources 'lib/*.c' 'examples/*.c' |
    xargs -0 -P "$(nproc)" -n 1 clang-tidy-14 -p "$out/tidy" --quiet
