#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The release build: no assertions, link-time optimisation; all tests, those
# of the library's symbols among them; installed with the pages of the API,
# which doxygen must write without a warning, and strangers' programs built
# against what is installed. Then the same without a shared library of ours,
# and as far as Debian goes without any.
set -eu
. "$(dirname "$0")/../lib.sh"
stage=$out/stage
rm -rf "$stage"
CC=gcc build release -Db_lto=true -Db_ndebug=true -Ddocs=true \
    --prefix "$stage" --libdir lib
run_tests release release --timeout-multiplier 4
meson install -C "$out/release" --no-rebuild --quiet
[ -f "$stage/share/doc/runde/html/index.html" ]

export PKG_CONFIG_PATH=$stage/lib/pkgconfig
warnings='-Wall -Wextra -pedantic -Werror'

# private_libs PACKAGE: what its static half needs beside ours. Of libcurl not
# its own static needs, whose packages are not there.
private_libs() {
    local packages
    packages=$(pkg-config --print-requires-private "$1")
    # shellcheck disable=SC2086
    [ -z "$packages" ] || pkg-config --libs $packages
    sed -n 's/^Libs.private: //p' "$stage/lib/pkgconfig/$1.pc"
}

# consumer NAME PACKAGE SOURCE ARGUMENT...: the program against the shared
# library as C99 and as C++11, and against the static half of ours, the other
# libraries as usual; runs all three.
consumer() {
    local name=$out/consumer-$1 package=$2 source=$3
    shift 3
    # shellcheck disable=SC2046,SC2086
    {
        gcc -std=c99 $warnings "$source" -o "$name" \
            $(pkg-config --cflags --libs "$package")
        g++ -x c++ -std=c++11 $warnings "$source" -o "$name-cpp" \
            $(pkg-config --cflags --libs "$package")
        gcc -std=c11 $warnings "$source" -o "$name-static" \
            $(pkg-config --cflags "$package") "$stage/lib/lib$package.a" \
            "$stage/lib/librunde.a" \
            $(pkg-config --static --libs runde | sed 's/-lrunde//') \
            $(private_libs "$package")
    }
    LD_LIBRARY_PATH=$stage/lib "$name" "$@"
    LD_LIBRARY_PATH=$stage/lib "$name-cpp" "$@"
    "$name-static" "$@"
    # By the name under which it may change: libNAME.so.0.1.
    readelf -d "$name" | grep -qE "NEEDED.*\[lib$package\.so\.[0-9]+\.[0-9]+\]"
    if readelf -d "$name-static" | grep 'NEEDED.*librunde'; then
        echo "$name-static needs a shared half of ours"
        return 1
    fi
}
consumer core runde tests/consumer/consumer.c "$(pkg-config --modversion runde)"
consumer roads runde-roads tests/consumer/consumer_roads.c
if [ -f "$stage/lib/pkgconfig/runde-glpk.pc" ]; then
    consumer glpk runde-glpk tests/consumer/consumer_glpk.c
else
    echo "no GLPK, so no program with runde-glpk"
fi
# The installed program finds its libraries wherever its prefix goes.
rm -rf "$out/stage-moved" "$stage-away"
cp -a "$stage" "$out/stage-moved"
mv "$stage" "$stage-away"
env -u LD_LIBRARY_PATH "$out/stage-moved/bin/runde" --version
mv "$stage-away" "$stage"
# The example as it is printed in a manual, which is C11.
# shellcheck disable=SC2046
gcc -std=c11 examples/hello.c -o "$out/consumer-hello" \
    $(pkg-config --cflags --libs runde)
LD_LIBRARY_PATH=$stage/lib "$out/consumer-hello"
# Whoever links the core alone stays off the network.
if ldd "$stage/lib/librunde.so" | grep -qE 'curl|glpk'; then
    echo "librunde links libcurl or GLPK"
    exit 1
fi

# Static libraries alone: the program and a stranger's need none of ours.
alone=$out/stage-static
rm -rf "$alone"
CC=gcc build static -Ddefault_library=static -Dtests=false \
    --prefix "$alone" --libdir lib
meson install -C "$out/static" --no-rebuild --quiet
export PKG_CONFIG_PATH=$alone/lib/pkgconfig
if find "$alone" -name '*.so*' | grep .; then
    echo "a static build installs shared libraries"
    exit 1
fi
# shellcheck disable=SC2046
gcc -std=c11 tests/consumer/consumer.c -o "$out/consumer-alone" \
    $(pkg-config --static --cflags --libs runde)
"$out/consumer-alone" "$(pkg-config --modversion runde)"
for program in "$out/consumer-alone" "$alone/bin/runde"; do
    if readelf -d "$program" | grep 'NEEDED.*librunde'; then
        echo "$program needs a shared library of ours"
        exit 1
    fi
done
"$alone/bin/runde" sample rural_small | "$alone/bin/runde" solve - -n 200 -q \
    >"$out/static-plan.json"
"$out/release/examples/runde" sample rural_small |
    "$out/release/examples/runde" solve - -n 200 -q |
    cmp - "$out/static-plan.json"
# Nothing shared at all: whoever builds problems by calls needs no JSON, and
# of cJSON Debian has no static half.
gcc -std=c11 -static examples/hello.c -o "$out/hello-static" \
    -I"$alone/include" "$alone/lib/librunde.a" -lm -pthread
"$out/hello-static"
if readelf -d "$out/hello-static" | grep NEEDED; then
    echo "hello is not static"
    exit 1
fi
