#!/usr/bin/env bash
# Installs the Debian packages that are missing: `build` to build and run, `test` for the tests, `bench` for the peers.
set -euo pipefail

case "${1:-build}" in
    build) wanted=(libsqlite3-dev libpcap-dev zlib1g-dev pkg-config) ;;
    test) wanted=(libsqlite3-dev sqlite3 python3-venv openssl nginx-light tinyproxy-bin) ;;
    bench) wanted=(nginx-light wrk curl python3-venv) ;;
    *) echo "packages.sh: no set called $1; there are build, test and bench" >&2; exit 2 ;;
esac

command -v swift >/dev/null || {
    echo "mcp-inspect needs Swift 6.2 or later on the PATH; see https://www.swift.org/install/linux" >&2
    exit 2
}

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n) || {
        echo "these Debian packages are missing and installing them needs root: ${missing[*]}; run: sudo apt-get install ${missing[*]}" >&2
        exit 2
    }
fi
echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
