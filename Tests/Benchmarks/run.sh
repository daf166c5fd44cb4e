#!/usr/bin/env bash
# Figures of the recording proxy beside nginx (forwards, records nothing), mitmproxy and mcphawk (record), in one run of
# interleaved rounds, and of its parts alone. Ends in a table. Takes about a quarter of an hour.
# run.sh FOLDER_OF_THE_BUILT_PROGRAMS FOLDER_FOR_THE_PEERS [OPTIONS OF proxy_bench.py]
set -euo pipefail
built=$1
peers=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)

# Each peer in an environment of its own: they want different versions of the same packages.
peer() {
    [ -x "$peers/$1/bin/$3" ] || {
        python3 -m venv "$peers/$1"
        "$peers/$1/bin/python" -m pip install --quiet --disable-pip-version-check "$2"
    }
}
peer mitmproxy mitmproxy==11.0.2 mitmdump
peer mcphawk mcphawk==1.0.0 mcphawk

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export BENCH_RESULTS=$work/results
touch "$BENCH_RESULTS"

python3 "$here/proxy_bench.py" --inspect "$built/mcp-inspect" --mitmdump "$peers/mitmproxy/bin/mitmdump" \
    --mcphawk "$peers/mcphawk/bin/mcphawk" "$@"
echo
python3 "$here/delay_bench.py" --inspect "$built/mcp-inspect"
echo
# A rate that was not kept stands in the table.
python3 "$here/throughput_bench.py" --inspect "$built/mcp-inspect" || true
echo
"$built/pipeline-bench" --folder "$work" | tee "$work/pipeline" || true
python3 "$here/table.py" "$BENCH_RESULTS" "$work/pipeline"
