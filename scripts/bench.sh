#!/bin/sh
# Measures artifacts/ocap on this machine and prints one table; builds it first if it is not there.
# usage: scripts/bench.sh [--force] [--json] [--rounds N] [--1000] [commands|requests|deliveries|launches|residence|idleness|growth]…
#   --force   also on a machine that is busy with other things     --json   for machines     --1000   growth up to 1 000 vats
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

[ -x artifacts/ocap ] || scripts/build.sh >&2
dotnet build tests/Ocap.Bench --configuration Release --verbosity quiet >&2
endo=tests/Ocap.Vats.Tests/npm/bundles/endo-packages.bundle
if [ -f "$endo" ]; then set -- --endo "$PWD/$endo" "$@"; fi
exec artifacts/bin/Ocap.Bench/release/Ocap.Bench --ocap "$PWD/artifacts/ocap" "$@"
