#!/bin/sh
# A million deliveries, a thousand launches and terminations: memory, database and rows must be as after the first tenth. Prints its figures.
# usage: scripts/soak.sh [deliveries, 1000000 unless told] [launches, 1000 unless told]
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1

if [ -z "${OCAP_BINARY:-}" ] && [ ! -x artifacts/ocap ]; then
  scripts/build.sh
fi
export OCAP_SOAK_DELIVERIES="${1:-1000000}" OCAP_SOAK_LAUNCHES="${2:-1000}"
dotnet build tests/Ocap.EndToEnd.Tests --configuration Release --verbosity quiet

tests=artifacts/bin/Ocap.EndToEnd.Tests/release/Ocap.EndToEnd.Tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
"$tests" --progress off --no-ansi --output detailed --treenode-filter '/*/*/SoakTests/*' >"$log" 2>&1 || code=$?
if [ "$code" != 0 ]; then
  cat "$log"
fi
grep -E '^ *[0-9]+ deliveries, ' "$log" | sed 's/^ *//' | sort -u
[ "$code" = 0 ] && echo "nothing was left behind" || echo "FAILED: see above"
exit "$code"
