#!/bin/sh
# Installs the npm packages that tests use (once per lock file) and bundles the test vats.
# usage: build.sh [output directory]
set -eu
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
exec node build.mjs "$@"
