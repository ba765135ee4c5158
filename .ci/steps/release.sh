#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The release build: no assertions, link-time optimisation; all tests, those
# of the library's symbols among them; installed, and a stranger's program
# built against it.
set -eu
. "$(dirname "$0")/../lib.sh"
stage=$out/stage
rm -rf "$stage"
CC=gcc build release -Db_lto=true -Db_ndebug=true --prefix "$stage" \
    --libdir lib
run_tests release release --timeout-multiplier 4
meson install -C "$out/release" --no-rebuild --quiet

export PKG_CONFIG_PATH=$stage/lib/pkgconfig
source=tests/consumer/consumer.c
version=$(pkg-config --modversion runde)
warnings='-Wall -Wextra -pedantic -Werror'
# shellcheck disable=SC2046,SC2086
{
    gcc -std=c99 $warnings $source -o "$out/consumer-shared" \
        $(pkg-config --cflags --libs runde)
    g++ -x c++ -std=c++11 $warnings $source -o "$out/consumer-cpp" \
        $(pkg-config --cflags --libs runde)
    # The static half, the other libraries as usual.
    gcc -std=c11 $warnings $source -o "$out/consumer-static" \
        $(pkg-config --cflags runde) "$stage/lib/librunde.a" \
        $(pkg-config --static --libs runde | sed 's/-lrunde//')
    # Travel times over HTTP, shared and static.
    roads=tests/consumer/consumer_roads.c
    gcc -std=c99 $warnings $roads -o "$out/consumer-roads" \
        $(pkg-config --cflags --libs runde-roads runde)
    gcc -std=c11 $warnings $roads -o "$out/consumer-roads-static" \
        $(pkg-config --cflags runde-roads) "$stage/lib/librunde-roads.a" \
        "$stage/lib/librunde.a" $(pkg-config --libs libcurl) \
        $(pkg-config --static --libs runde | sed 's/-lrunde//')
}
LD_LIBRARY_PATH=$stage/lib "$out/consumer-shared" "$version"
LD_LIBRARY_PATH=$stage/lib "$out/consumer-cpp" "$version"
"$out/consumer-static" "$version"
LD_LIBRARY_PATH=$stage/lib "$out/consumer-roads"
"$out/consumer-roads-static"
# Whoever links the core alone stays off the network.
if ldd "$stage/lib/librunde.so" | grep -q curl; then
    echo "librunde links libcurl"
    exit 1
fi
