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

# Threads that share what they should not: parts of a plan, the team, and
# replicas with GLPK in a thread of its own.
helgrind() {
    valgrind --quiet --tool=helgrind --error-exitcode=9 \
        --suppressions=.ci/helgrind.supp "$@"
}
helgrind "$out/gcc/tests/base/test_team"
helgrind "$out/gcc/bench/runde-bench" --set runde \
    --instance examples/data/rural_small.json --iterations 2000 --parts 3 \
    --threads 3 --out "$out/valgrind-plan.json"
helgrind "$out/gcc/bench/runde-bench" --set runde \
    --instance examples/data/rural_small.json --iterations 800 --replicas 2 \
    --threads 2 --out "$out/valgrind-plan.json"
