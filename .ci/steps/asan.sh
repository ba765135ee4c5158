#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# All tests under the address, leak and undefined behaviour sanitizers.
set -eu
. "$(dirname "$0")/../lib.sh"
needs_sanitizer address,undefined
build asan --native-file .ci/asan.ini
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-14)
export ASAN_SYMBOLIZER_PATH
run_tests asan asan --timeout-multiplier 4
