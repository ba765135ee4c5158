#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-tidy 14 finds nothing in the library and the programs.
set -eu
. "$(dirname "$0")/../lib.sh"
# Only its compile commands are used: gcc's have options clang lacks.
[ -f "$out/clang/build.ninja" ] ||
    CC=clang-14 meson setup "$out/clang" -Dwerror=true -Dbuildtype=debug \
        -Doptimization=1
sources 'lib/*.c' 'examples/*.c' |
    xargs -0 -P "$(nproc)" -n 1 clang-tidy-14 -p "$out/clang" --quiet
