#!/bin/sh
# Time and output size of ocap's bundler beside esbuild's and Vite's, on vats of npm packages; a table on standard output.
# usage: scripts/bench-bundle.sh [runs]      The executable must have been built (scripts/build.sh).
set -eu
cd "$(dirname "$0")/.."
[ -x artifacts/ocap ] || { echo "artifacts/ocap is missing. Build it with: scripts/build.sh" >&2; exit 1; }
tests/Ocap.Bundler.Tests/npm/build.sh
exec node tests/Ocap.Bundler.Tests/npm/bench.mjs artifacts/ocap "$@"
