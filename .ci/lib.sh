# SPDX-License-Identifier: MIT
# What the steps share; sourced by them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${RUNDE_CI_OUT:-$root/build-ci}
mkdir -p "$out"
cd "$root"
# The checkout may be somebody else's.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'

# sources PATTERN...: the files that git tracks; of an unpacked release all.
# Each ends in a null byte.
sources() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files -z -- "$@"
    else
        local pattern
        for pattern; do
            find . -path './build*' -prune -o -type f -path "./$pattern" -print0
        done
    fi
}

# build NAME OPTION...: configures and compiles build-ci/NAME, warnings are
# errors.
build() {
    local dir=$out/$1
    shift
    # What another meson or another place has left is made anew.
    if ! { [ -f "$dir/build.ninja" ] &&
        meson setup --reconfigure "$dir" -Dwerror=true "$@"; }; then
        rm -rf "$dir"
        meson setup "$dir" -Dwerror=true "$@"
    fi
    ninja -C "$dir"
}

# run_tests STEP NAME ARGUMENT...: `meson test` in build-ci/NAME; leaves
# "passed failed skipped" in build-ci/STEP.count.
run_tests() {
    local step=$1 dir=$out/$2 verdict=0
    shift 2
    rm -f "$dir"/meson-logs/testlog*.json
    fixed_addresses meson test -C "$dir" --no-rebuild --print-errorlogs \
        --num-processes "$(nproc)" "$@" || verdict=1
    python3 .ci/count.py "$dir"/meson-logs/testlog*.json \
        >"$out/$step.count" || verdict=1
    echo "passed failed skipped: $(cat "$out/$step.count")"
    return $verdict
}

# needs_sanitizer KIND: ends the step as skipped where no program of clang's
# with -fsanitize=KIND can run.
needs_sanitizer() {
    local probe=$out/probe-$1
    echo 'int main(void) { return 0; }' >"$probe.c"
    clang-14 -fsanitize="$1" "$probe.c" -o "$probe"
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        if ! fixed_addresses "$probe" >/dev/null 2>&1; then
            echo "skipped: a program with -fsanitize=$1 does not start here"
            exit 77
        fi
    done
}

# Sanitizers of clang 14 do not survive the address randomisation of newer
# kernels; not every container may switch it off.
fixed_addresses() {
    if setarch "$(uname -m)" -R true 2>/dev/null; then
        setarch "$(uname -m)" -R "$@"
    else
        "$@"
    fi
}
