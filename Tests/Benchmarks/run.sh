#!/usr/bin/env bash
# Figures of the recording proxy beside nginx (forwards, records nothing) and mitmproxy (records), in one run.
# run.sh MCP_INSPECT PYTHON_ENVIRONMENT [OPTIONS OF proxy_bench.py]
set -euo pipefail
inspect=$1
python=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
peers=$(dirname "$python")/.build-bench
if [ ! -x "$peers/bin/mitmdump" ]; then
    python3 -m venv "$peers"
    "$peers/bin/python" -m pip install --quiet --disable-pip-version-check mitmproxy==11.0.2
fi
exec "$peers/bin/python" "$here/proxy_bench.py" --inspect "$inspect" --mitmdump "$peers/bin/mitmdump" "$@"
