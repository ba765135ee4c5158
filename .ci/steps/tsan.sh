#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The compiled tests under the thread sanitizer.
set -eu
. "$(dirname "$0")/../lib.sh"
needs_sanitizer thread
build tsan --native-file .ci/tsan.ini
TSAN_OPTIONS="halt_on_error=1 external_symbolizer_path=$(
    command -v llvm-symbolizer-14)"
export TSAN_OPTIONS
run_tests tsan tsan --timeout-multiplier 6 --no-suite slow \
    --no-suite style --no-suite headers
