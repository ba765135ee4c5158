#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Without the libraries that plug in: everything builds, and what could be
# missed is tested.
set -eu
. "$(dirname "$0")/../lib.sh"
CC=gcc build lean -Dglpk=disabled -Droads=disabled
run_tests lean lean --timeout-multiplier 4 --suite exact --suite search \
    --suite session --suite golden --suite cli --suite headers
"$out/lean/examples/runde" --version | grep -qvi glpk
