#!/bin/sh
# Makes the Python environment of the interoperability tests: setup.sh [FOLDER]
# FOLDER defaults to .build-python at the repository root. Does nothing when the environment is there already and was
# made from the same requirements by the same Python.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../../../.build-python}
requirements=$here/requirements-v1.txt

fail() {
    echo "setup.sh: $1" >&2
    exit 1
}

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

echo "setup.sh: installing the Python SDK and its companions into $folder" >&2
rm -rf "$folder"
"$python" -m venv "$folder" || fail "could not make a virtual environment in $folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" ||
    fail "pip could not install the packages of $requirements (is the package index reachable?)"
"$folder/bin/python" -m compileall -q "$folder/lib" >/dev/null 2>&1 || true
echo "$stamp" >"$folder/stamp"
