#!/bin/sh
# Makes databases of the captures that are kept as text: captures/build.sh FOLDER [NAME...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [NAME...]" >&2; exit 2; }
folder=$1
shift
mkdir -p "$folder"
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.sql | sed 's|^\./||; s|\.sql$||')
for name; do
    format=$(sed -n '1s/^-- format //p' "$here/$name.sql")
    rm -f "$folder/$name.sqlite"
    cat "$here/formats/$format.sql" "$here/$name.sql" | sqlite3 -bail "$folder/$name.sqlite"
    echo "$folder/$name.sqlite"
done
