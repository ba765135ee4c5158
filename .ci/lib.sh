# SPDX-License-Identifier: MIT
# What the steps share; sourced by them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${RUNDE_CI_OUT:-$root/build-ci}
mkdir -p "$out"
cd "$root"

# build NAME OPTION...: configures and compiles build-ci/NAME, warnings are
# errors.
build() {
    local dir=$out/$1
    shift
    if [ -f "$dir/build.ninja" ]; then
        meson setup --reconfigure "$dir" -Dwerror=true "$@"
    else
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

# Sanitizers of clang 14 do not survive the address randomisation of newer
# kernels; not every container may switch it off.
fixed_addresses() {
    if setarch "$(uname -m)" -R true 2>/dev/null; then
        setarch "$(uname -m)" -R "$@"
    else
        "$@"
    fi
}
