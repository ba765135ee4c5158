#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The small compiled tests under valgrind: no error, no leak.
set -eu
. "$(dirname "$0")/../lib.sh"
[ -f "$out/gcc/build.ninja" ] || CC=gcc build gcc -Ddebug=true
ninja -C "$out/gcc"
run_tests valgrind gcc --setup valgrind --no-suite slow \
    --suite base --suite model --suite eval --suite plan --suite check \
    --suite io --suite roads
