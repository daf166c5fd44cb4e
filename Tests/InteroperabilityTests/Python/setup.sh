#!/bin/sh
# Makes a Python environment of the interoperability tests: setup.sh v1|v2 [FOLDER]
# v1 has SDK 1.x and what lives with it, v2 has SDK 2.x, which speaks 2026-07-28 too: requirements-v1.txt and -v2.txt.
# FOLDER defaults to .build-python and .build-python2 at the repository root. Does nothing when the environment is
# there already and was made from the same requirements by the same Python.
set -eu

fail() {
    echo "setup.sh: $1" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
case ${1:-} in
    v1) folder=${2:-$here/../../../.build-python} ;;
    v2) folder=${2:-$here/../../../.build-python2} ;;
    *) fail "there is no environment called ${1:-(nothing)}: say v1 or v2" ;;
esac
requirements=$here/requirements-$1.txt

python=$(command -v "${PYTHON:-python3}") ||
    fail "no python3 found: install Python 3.11 or later (apt install python3 python3-venv)"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "$python cannot make virtual environments: apt install python3-venv, or set PYTHON to one that can"

stamp=$("$python" -c '
import hashlib, pathlib, sys
print(sys.version.split()[0], sys.prefix, hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())
' "$requirements")
if [ -f "$folder/stamp" ] && [ "$(cat "$folder/stamp")" = "$stamp" ] && [ -x "$folder/bin/python" ]; then
    exit 0
fi

echo "setup.sh: installing the Python SDK ($1) and its companions into $folder" >&2
rm -rf "$folder"
"$python" -m venv "$folder" || fail "could not make a virtual environment in $folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" ||
    fail "pip could not install the packages of $requirements (is the package index reachable?)"
"$folder/bin/python" -m compileall -q "$folder/lib" >/dev/null 2>&1 || true
echo "$stamp" >"$folder/stamp"
