#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Same input, same plan, byte for byte: gcc without optimisation, with some and
# with all, and clang; in one piece, in parts and by replicas, by one thread
# and by two.
set -eu
. "$(dirname "$0")/../lib.sh"

# small NAME OPTION...: nothing but the program that is run below.
small() {
    local dir=$out/$1
    shift
    [ -f "$dir/build.ninja" ] ||
        meson setup "$dir" -Dtests=false -Droads=disabled \
            -Dbuildtype=plain "$@"
    ninja -C "$dir" bench/runde-bench examples/runde
}
builds='same-O0 same-O2'
CC=gcc small same-O0 -Doptimization=0
CC=gcc small same-O2 -Doptimization=2
# Those of the steps gcc (-O3) and clang (-O1) where they were before.
for step in gcc clang; do
    if [ -f "$out/$step/build.ninja" ]; then
        ninja -C "$out/$step" bench/runde-bench
        builds="$builds $step"
    else
        compiler=${step/clang/clang-14}
        CC=$compiler small same-$step -Doptimization=3
        builds="$builds same-$step"
    fi
done

# plan CASE INSTANCE OPTION...: with every build; all must be as the first.
# The last one is left in build-ci/same-CASE.json.
failed=0
plan() {
    local case=$1 instance=$2 build made=$out/same-made.json
    shift 2
    rm -f "$out/same-$case.json"
    for build in $builds; do
        "$out/$build/bench/runde-bench" --set runde --out "$made" \
            --instance "$instance" "$@"
        if [ -f "$out/same-$case.json" ] &&
            ! cmp "$made" "$out/same-$case.json"; then
            echo "$build: another plan: $case"
            failed=1
        fi
        mv "$made" "$out/same-$case.json"
    done
}
rural=examples/data/rural_small.json
plan tiny examples/data/tiny.json --iterations 3000
plan rural $rural --iterations 5000 --seed 3
plan parts $rural --iterations 5000 --seed 3 --parts 3
plan threads $rural --iterations 5000 --seed 3 --parts 3 --threads 2
plan replicas $rural --iterations 3000 --seed 3 --replicas 2
plan pairs $rural --iterations 3000 --seed 3 --replicas 2 --threads 2
# Of more than a thousand visits: what only large plans do.
city=$out/same-city.sample
"$out/same-O2/examples/runde" sample city_district -o "$city"
plan large "$city" --iterations 8000 --seed 3
plan crowd "$city" --iterations 8000 --seed 3 --threads 2
if ! cmp "$out/same-parts.json" "$out/same-threads.json" ||
    ! cmp "$out/same-replicas.json" "$out/same-pairs.json" ||
    ! cmp "$out/same-large.json" "$out/same-crowd.json"; then
    failed=1
fi
# Else this would compare nothing.
if cmp -s "$out/same-rural.json" "$out/same-parts.json"; then
    echo "the plans do not depend on anything"
    failed=1
fi
exit $failed
