#!/usr/bin/env bash
# The whole job in a minute: a server, a recording in front of it, real calls by the official Python SDK, and what the
# capture says of them. Everything is on loopback and gone afterwards, except for the capture that is named at the end.
set -euo pipefail
inspect=$1
python=$2
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
db=$folder/demo.sqlite
server=; recorder=
finish() {
    for process in $recorder $server; do kill -INT "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
}
trap finish EXIT

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; }
ready() { # FILE TEXT PROCESS: waits until a line of the file holds the text
    local deadline=$((SECONDS + 20))
    until grep -q "$2" "$1" 2>/dev/null; do
        [ $SECONDS -lt $deadline ] && kill -0 "$3" 2>/dev/null || { echo "demo: $2 did not appear:" >&2; cat "$1" >&2; exit 1; }
        sleep 0.05
    done
}

say "mcp-inspect demo-server --listen 127.0.0.1:6490 --heartbeat 500ms &"
"$inspect" demo-server --listen 127.0.0.1:6490 --heartbeat 500ms >"$folder/server.log" 2>&1 & server=$!
ready "$folder/server.log" "demo server:" "$server"
cat "$folder/server.log"

say "mcp-inspect record http://127.0.0.1:6490/mcp --listen 127.0.0.1:6480 --db $db &"
"$inspect" record http://127.0.0.1:6490/mcp --listen 127.0.0.1:6480 --db "$db" >"$folder/record.log" 2>&1 & recorder=$!
ready "$folder/record.log" "database:" "$recorder"

say "python visit.py http://127.0.0.1:6480/mcp --client sdk1 --dialect streamable   # the official SDK's client, through the recorder"
"$python/bin/python" "$here/InteroperabilityTests/Python/visit.py" http://127.0.0.1:6480/mcp --client sdk1 --dialect streamable >"$folder/visits.jsonl"
say "python visit.py http://127.0.0.1:6480/sse --client sdk1 --dialect http+sse"
"$python/bin/python" "$here/InteroperabilityTests/Python/visit.py" http://127.0.0.1:6480/sse --client sdk1 --dialect http+sse >>"$folder/visits.jsonl"
echo "both visits done: $(wc -l <"$folder/visits.jsonl") steps"

kill -INT "$recorder"
wait "$recorder" || { echo "demo: the recorder ended with $?:" >&2; cat "$folder/record.log" >&2; exit 1; }
recorder=
say "what record printed"
cat "$folder/record.log"

say "mcp-inspect sessions --db $db"
"$inspect" sessions --db "$db"
say "mcp-inspect show latest --db $db   # the first 40 lines"
"$inspect" show latest --db "$db" | sed -n 1,40p
say "mcp-inspect problems --db $db"
"$inspect" problems --db "$db" || true
query="SELECT method, name, count, errors, round(p50_ms, 2) AS p50_ms, round(max_ms, 1) AS max_ms FROM tool_latency WHERE method = 'tools/call'"
say "sqlite3 -box $db \"$query\""
sqlite3 -box "$db" "$query"
echo
echo "The capture is $db"
