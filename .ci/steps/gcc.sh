#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The build as people get it, with assertions, and all tests.
set -eu
. "$(dirname "$0")/../lib.sh"
CC=gcc build gcc -Ddebug=true
run_tests gcc gcc --timeout-multiplier 4
# Ten thousand wrong plans of each kind, and a hundred thousand small plans
# whose starts a linear program finds, too.
RUNDE_MUTANTS=10000 "$out/gcc/tests/check/test_check_mutants"
if [ -x "$out/gcc/tests/exact/test_exact_timing" ]; then
    RUNDE_EXACT_SEEDS=100000 "$out/gcc/tests/exact/test_exact_timing"
fi
