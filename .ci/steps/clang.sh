#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The other compiler, unoptimised, and all tests.
set -eu
. "$(dirname "$0")/../lib.sh"
CC=clang-14 build clang -Dbuildtype=debug -Doptimization=1
run_tests clang clang --timeout-multiplier 4
