#!/bin/bash
# Makes the documentation of both libraries with the toolchain's own DocC, from what was built in SCRATCH.
# A warning, such as a link that leads nowhere, is a failure; that some parameters of a symbol explain themselves is not.
#
# usage: docs.sh SCRATCH OUTPUT
set -euo pipefail
scratch=$1 output=$2
swift=${SWIFT:-swift}
docc=$(dirname "$(readlink -f "$(command -v "$swift")")")/docc
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
mapfile -t includes < <(find "$scratch/checkouts" -type d -name include -path '*/Sources/*' -printf '-I\n%p\n')
mapfile -t maps < <(find "$scratch/debug/" -maxdepth 2 -name module.modulemap -printf '-Xcc\n-fmodule-map-file=%p\n')
mkdir -p "$output"
status=0
for module in MCPTransports MCPTransportsTestKit; do
    mkdir "$graphs/$module"
    "$swift" symbolgraph-extract -module-name "$module" -I "$scratch/debug/Modules" "${includes[@]}" "${maps[@]}" \
        -target "$(uname -m)-unknown-linux-gnu" -output-dir "$graphs/$module" -minimum-access-level public \
        -skip-synthesized-members
    "$docc" convert "Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs/$module" \
        --fallback-display-name "$module" --fallback-bundle-identifier "$module" \
        --output-path "$output/$module.doccarchive" >"$graphs/log" 2>&1 || { cat "$graphs/log"; exit 1; }
    if grep -A1 -E '^(warning|error):' "$graphs/log" | paste -sd ' ' | sed 's/ -- /\n/g; s/ \(warning:\|error:\)/\n\1/g' |
        grep -E '^(warning|error):' | grep -v 'is missing documentation'; then
        status=1
    fi
done
echo "documentation in $output"
exit $status
