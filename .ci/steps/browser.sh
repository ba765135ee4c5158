#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The report in a real browser, with the gcc build.
set -eu
. "$(dirname "$0")/../lib.sh"
if ! command -v chromium chromium-browser google-chrome >/dev/null; then
    echo "no chromium to open the report in"
    exit 77
fi
[ -f "$out/gcc/build.ninja" ] || CC=gcc build gcc -Ddebug=true
ninja -C "$out/gcc"
run_tests browser gcc --suite browser
