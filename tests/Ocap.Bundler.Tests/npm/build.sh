#!/bin/sh
# Installs the npm packages that tests bundle and compare with (once per lock file).
set -eu
cd "$(dirname "$0")"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
  cp package-lock.json node_modules/.installed-lock
fi
