#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The checks of .ci/run without the installing. At home:
#
#     .ci/check.sh             all steps
#     .ci/check.sh gcc tidy    some of them
#
# Every step is one script in .ci/steps, builds in build-ci/<step> and logs to
# build-ci/<step>.log; a failed step does not stop the others.
#
# The last line, "N passed, N failed", counts each test once: passed are those
# of the gcc build (of the first build, when gcc is not among the steps),
# those in the browser and on real roads, a CUnit test being one test and any other test program
# too. Failed are those of all builds together, and a step that failed without
# a failed test counts one. What could not run here, tests and steps (exit code
# 77), is counted in the line before.
set -eu
cd "$(dirname "$0")/.."
exec </dev/null

passed='' skipped=0 failed=0 finished=no
# Whatever ends this script, a full disk or an interrupt, ends it like this.
last_line() {
    local code=$?
    if [ $finished = no ]; then
        echo "the checks were broken off (exit code $code)"
        failed=$((failed + 1))
    fi
    printf '%d skipped, all steps in %d s\n' "$skipped" "$SECONDS"
    echo "${passed:-0} passed, $failed failed"
    # A run whose steps have tests must have run some.
    [ "$failed" -eq 0 ] && [ "${passed:-1}" -gt 0 ] || exit 1
}
trap last_line EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Nothing of the caller's taste.
unset CC CXX CPP CFLAGS CXXFLAGS CPPFLAGS LDFLAGS DESTDIR PKG_CONFIG_PATH \
    MESON_TESTTHREADS PYTHONPATH LANGUAGE
export LC_ALL=C.UTF-8
umask 022

out=${RUNDE_CI_OUT:-$PWD/build-ci}
if ! { mkdir -p "$out" && [ -w "$out" ]; } 2>/dev/null; then
    out=$(mktemp -d)
    echo "the checkout cannot be written: building in $out"
fi
export RUNDE_CI_OUT="$out"

# For all steps together; a quiet machine with two cores needs some 1,250, and
# nothing may take longer than half an hour with the installing.
budget=${RUNDE_CI_SECONDS:-1650}

steps=("$@")
[ ${#steps[@]} -gt 0 ] ||
    steps=(format gcc browser live lean clang same asan tsan valgrind tidy release)

for step in "${steps[@]}"; do
    rm -f "$out/$step.count"
    begin=$SECONDS
    left=$((budget - begin))
    code=0
    if [ $left -le 0 ]; then
        echo "no time left of $budget s" >"$out/$step.log"
        code=124
    else
        timeout -k 10 $left bash ".ci/steps/$step.sh" >"$out/$step.log" 2>&1 ||
            code=$?
    fi
    case $code in
    0) verdict=ok ;;
    77) verdict=skipped skipped=$((skipped + 1)) ;;
    *) verdict=FAILED ;;
    esac
    n=0
    counts=''
    # Empty when meson ran no test at all.
    if [ -s "$out/$step.count" ]; then
        read -r p n s <"$out/$step.count"
        counts="$p passed, $n failed, $s skipped"
        if [ -z "$passed" ]; then
            passed=$p skipped=$((skipped + s))
        elif [ "$step" = browser ] || [ "$step" = live ]; then
            # Its tests run in no other step.
            passed=$((passed + p)) skipped=$((skipped + s))
        fi
    fi
    printf '%-9s %-7s %4d s  %s\n' "$step" "$verdict" $((SECONDS - begin)) \
        "$counts"
    if [ $verdict = FAILED ]; then
        tail -n 150 "$out/$step.log" | sed 's/^/    /'
        [ "$n" -gt 0 ] || n=1
    elif [ $verdict = skipped ]; then
        tail -n 1 "$out/$step.log" | sed 's/^/    /'
    fi
    failed=$((failed + n))
done
finished=yes
