#!/bin/sh
# kill -9 under load, at start and during a launch, with the file audited after each: nothing acknowledged may be lost. Prints its figures.
# usage: scripts/kills.sh [kills under load, 200 unless told] [seed of an earlier run]
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1

if [ -z "${OCAP_BINARY:-}" ] && [ ! -x artifacts/ocap ]; then
  scripts/build.sh
fi
export OCAP_KILLS="${1:-200}"
[ $# -lt 2 ] || export OCAP_KILL_SEED="$2"
dotnet build tests/Ocap.EndToEnd.Tests --configuration Release --verbosity quiet

tests=artifacts/bin/Ocap.EndToEnd.Tests/release/Ocap.EndToEnd.Tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
"$tests" --progress off --no-ansi --output detailed --treenode-filter '/*/*/KillTests/*' >"$log" 2>&1 || code=$?
if [ "$code" != 0 ]; then
  cat "$log"
fi
grep -E '^ *[0-9]+ kills ' "$log" | sed 's/^ *//' | sort -u
[ "$code" = 0 ] && echo "0 losses" || echo "FAILED: see above"
exit "$code"
