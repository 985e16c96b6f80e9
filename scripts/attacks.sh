#!/bin/sh
# All attacks of design/reliability.md S7, S8 and S9 against the executable, one after another in one daemon: prints a table of what each cost whom.
# To be run on a machine that does nothing else. Exits with 0 only if every promise was kept.
# usage: scripts/attacks.sh [S7|S8|S9]     with OCAP_ATTACKS=name: that shape only, with the patience of a busy machine
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1

if [ -z "${OCAP_BINARY:-}" ] && [ ! -x artifacts/ocap ]; then
  scripts/build.sh
fi
export OCAP_ATTACKS="${OCAP_ATTACKS:-all}"
dotnet build tests/Ocap.EndToEnd.Tests --configuration Release --verbosity quiet

tests=artifacts/bin/Ocap.EndToEnd.Tests/release/Ocap.EndToEnd.Tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
"$tests" --progress off --no-ansi --output detailed --treenode-filter "/*/*/AttackTests/${1:-}*" >"$log" 2>&1 || code=$?
if [ "$code" != 0 ]; then
  cat "$log"
fi
grep -E ' \| ' "$log" | sed 's/^ \{1,4\}//' | awk '!seen[$0]++'
[ "$code" = 0 ] && echo "every promise was kept" || echo "FAILED: see above"
exit "$code"
