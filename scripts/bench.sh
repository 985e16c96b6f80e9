#!/bin/sh
# Measures artifacts/ocap on this machine and prints one table; builds it first if it is not there.
# usage: scripts/bench.sh [--force] [--json] [--rounds N] [--1000] [--1M] [commands|requests|deliveries|liveslots|launches|residence|idleness|growth]…
#   --force   also on a machine that is busy with other things     --json   for machines     --1000   growth up to 1 000 vats
#   --1M      also stores of a million entries (minutes, gigabytes)
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

[ -x artifacts/ocap ] || scripts/build.sh >&2
dotnet build tests/Ocap.Bench --configuration Release --verbosity quiet >&2
# Vats with real packages, and npm's liveslots to compare with, where the tests have fetched them.
packages=tests/Ocap.Bundler.Tests/npm/node_modules
if [ -d "$packages/@agoric/store" ]; then
  set -- --packages "$PWD/$packages" "$@"
else
  echo "Without the packages of the tests the rows about liveslots and large bundles are left out. Fetch them with: tests/Ocap.Bundler.Tests/npm/build.sh" >&2
fi
npm=tests/Ocap.Vats.Tests/npm/node_modules
if [ -d "$npm/@agoric/swingset-liveslots" ]; then
  set -- --liveslots "$PWD/tests/Ocap.Bench/node/liveslots.mjs" "$@"
  for node in "$PWD/$npm"/node-*/bin/node; do
    if "$node" --version >/dev/null 2>&1; then set -- --node "$node" "$@"; fi
  done
fi
exec artifacts/bin/Ocap.Bench/release/Ocap.Bench --ocap "$PWD/artifacts/ocap" "$@"
