#!/bin/sh
# SPDX-License-Identifier: MIT
# From a bare Debian 12 to a plan: installs what is missing, builds, draws a
# sample municipality, plans its day and compares with a plan as made by hand.
#
#     sh examples/plan-a-day.sh                  165 visits, 10 seconds
#     sh examples/plan-a-day.sh mid_25k 60       1,400 visits, a minute
set -eu
cd "$(dirname "$0")/.."
name=${1:-rural_small}
seconds=${2:-10}
out=build-day

missing=
for package in gcc libc6-dev meson ninja-build pkg-config libcjson-dev; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
        status=
    [ "$status" = installed ] || missing="$missing $package"
done
if [ -n "$missing" ]; then
    echo "installing$missing"
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get -q update
    # shellcheck disable=SC2086 # a list of words
    $sudo apt-get -q install -y --no-install-recommends $missing
fi

[ -f $out/build.ninja ] || meson setup -Dtests=false $out
ninja -C $out

runde=$out/examples/runde
$runde sample "$name" -o $out/visits.json --baseline $out/today.json
$runde solve $out/visits.json -o $out/plan.json --time-limit "$seconds" \
    --format table
echo "Today's plan as made by hand (before) and the one above (after):"
echo
$runde kpi $out/visits.json $out/plan.json --baseline $out/today.json
echo
echo "The visits are in $out/visits.json, the plan is in $out/plan.json."
echo "The program is $runde ($runde --help); its manual:"
echo "    man -l docs/man/runde.1"
echo "To install both, as root: meson install -C $out && ldconfig"
