#!/bin/sh
# Random vats and deliveries: what ocap's liveslots does with each is compared, text for text, with npm's under Node. A line for each 500; stops at a difference.
# What npm's does is kept in artifacts/random until the programs that make it change, so that a second run takes half the time.
# usage: scripts/oracle.sh [sequences, 10000] [first seed, 1]      (10 000 take about an hour on two cores)
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1

sequences=${1:-10000}
seed=${2:-1}
slice=500
last=$((seed + sequences))
tests/Ocap.Vats.Tests/npm/build.sh >/dev/null
dotnet build tests/Ocap.Vats.Tests --configuration Release --verbosity quiet

# Named after what makes them: the generator, the vat and the packages.
oracle=tests/Ocap.Vats.Tests/oracle
made=$PWD/artifacts/random/$(cat $oracle/random.mjs $oracle/random-vat.js $oracle/vat.mjs $oracle/prelude.js tests/Ocap.Vats.Tests/npm/package-lock.json | cksum | cut -d ' ' -f 1)
mkdir -p "$made"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
while [ "$seed" -lt "$last" ]; do
  count=$((last - seed < slice ? last - seed : slice))
  code=0
  OCAP_RANDOM_MADE=$made OCAP_RANDOM_SEED=$seed OCAP_RANDOM_SEQUENCES=$count artifacts/bin/Ocap.Vats.Tests/release/Ocap.Vats.Tests --progress off --no-ansi --output detailed \
    --treenode-filter "/*/*/RandomTests/*" >"$log" 2>&1 || code=$?
  if [ "$code" != 0 ]; then
    cat "$log"
    echo "FAILED: see above"
    exit "$code"
  fi
  sed -n 's/^ *\([0-9]* sequences from seed .*\)$/\1/p' "$log" | head -n 1
  seed=$((seed + count))
done
echo "no difference"
