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
# The last line counts each test once: passed and skipped are those of the
# gcc build (of the first build, when gcc is not among the steps), a CUnit
# test being one test and any other test program too. Failed are those of all
# builds together, and a step that failed without a failed test counts one.
set -eu
cd "$(dirname "$0")/.."
out=${RUNDE_CI_OUT:-$PWD/build-ci}
export RUNDE_CI_OUT="$out"
mkdir -p "$out"
exec </dev/null

steps=("$@")
[ ${#steps[@]} -gt 0 ] ||
    steps=(format gcc clang asan tsan valgrind tidy release)

passed='' skipped=0 failed=0
for step in "${steps[@]}"; do
    rm -f "$out/$step.count"
    begin=$SECONDS
    verdict=ok
    timeout -k 10 1200 bash ".ci/steps/$step.sh" >"$out/$step.log" 2>&1 ||
        verdict=FAILED
    n=0
    counts=''
    # Empty when meson ran no test at all.
    if [ -s "$out/$step.count" ]; then
        read -r p n s <"$out/$step.count"
        counts="$p passed, $n failed, $s skipped"
        [ -n "$passed" ] || passed=$p skipped=$s
    fi
    printf '%-9s %-7s %4d s  %s\n' "$step" "$verdict" $((SECONDS - begin)) \
        "$counts"
    if [ $verdict = FAILED ]; then
        tail -n 150 "$out/$step.log" | sed 's/^/    /'
        [ "$n" -gt 0 ] || n=1
    fi
    failed=$((failed + n))
done

printf 'all steps in %d s\n' "$SECONDS"
last="${passed:-0} passed, $failed failed"
[ "$skipped" -eq 0 ] || last="$last, $skipped skipped"
echo "$last"
[ "$failed" -eq 0 ] || exit 1
# A run whose steps have tests must have run some.
[ "${passed:-1}" -gt 0 ]
