#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A day on real roads through a real road engine, with the gcc build. The
# engine comes from npm, the map lies beside the project; without them the
# step is skipped.
set -eu
. "$(dirname "$0")/../lib.sh"
[ -f "$out/gcc/build.ninja" ] || CC=gcc build gcc -Ddebug=true
ninja -C "$out/gcc"
code=0
run_tests live gcc --suite live || code=$?
sed -n '/SKIP:/p; / legs  true mean/p; /^planned by/p; /^| /p' \
    "$out/gcc/meson-logs/testlog.txt"
# Both tests need the same: skipped is all skipped.
read -r passed failed skipped <"$out/live.count"
if [ $((passed + failed)) -eq 0 ] && [ "$skipped" -gt 0 ]; then
    rm "$out/live.count"
    sed -n 's/.*SKIP: /the live suite: /p' "$out/gcc/meson-logs/testlog.txt" |
        tail -n 1
    exit 77
fi
exit $code
