#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-format 14 decides. To repair: git ls-files '*.[ch]' | xargs
# clang-format-14 -i
set -eu
. "$(dirname "$0")/../lib.sh"
sources '*.c' '*.h' | xargs -0 clang-format-14 --dry-run --Werror
