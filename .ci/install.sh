#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs the packages of .ci/packages that are missing. "package:command" is
# not missing where there is such a command.
set -eu
cd "$(dirname "$0")"

missing=()
while read -r package; do
    case $package in '' | '#'*) continue ;; esac
    if [ "$package" != "${package%%:*}" ]; then
        ! command -v "${package#*:}" >/dev/null || continue
        package=${package%%:*}
    fi
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>&1) || true
    [ "$status" = installed ] || missing+=("$package")
done <packages
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
apt() {
    timeout --foreground -k 10 300 "${root[@]}" env \
        DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@"
}
echo "installing ${missing[*]}"
# A fresh machine updates itself: the lists are locked, a mirror is half way.
# Lists that could not be renewed may still do.
for try in 1 2 3 4 5 6; do
    [ $SECONDS -lt 600 ] || break
    apt update || echo "the package lists could not be renewed"
    if apt install -y --no-install-recommends "${missing[@]}"; then
        exit 0
    fi
    echo "attempt $try failed"
    sleep $((try * 5))
done </dev/null
exit 1
