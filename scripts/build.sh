#!/bin/sh
# Builds artifacts/ocap: one native executable, nothing beside it.
# usage: scripts/build.sh [further arguments of dotnet publish]
set -eu
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

have() { command -v "$1" >/dev/null 2>&1; }

# What a person has to install, as Debian packages and in words.
missing=
want() { have "$1" || missing="$missing $2"; }

if [ "$(uname -s)" = Darwin ]; then
  compiler=clang
  have clang || { echo "The Xcode command line tools are missing. Install them with: xcode-select --install" >&2; exit 1; }
  have npm || { echo "npm is missing (SQLite's source is fetched with it, once). Install Node.js." >&2; exit 1; }
else
  compiler=gcc
  want gcc gcc
  want ar binutils
  want npm npm
  # The C library as an archive, for a static executable.
  if have gcc && [ "$(gcc -print-file-name=libc.a)" = libc.a ]; then missing="$missing libc6-dev"; fi
fi

if [ -n "$missing" ]; then
  if have apt-get && [ "$(id -u)" = 0 ]; then
    echo "Installing what is missing:$missing" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing libc6-dev >&2
  else
    echo "To build ocap this machine lacks (by their names in Debian):$missing" >&2
    if have apt-get; then echo "Install with: sudo apt-get install$missing libc6-dev" >&2; fi
    exit 1
  fi
fi

if ! have dotnet || ! dotnet --version >/dev/null 2>&1; then
  wanted=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json)
  echo "The .NET SDK $wanted or a later 10.0 one is missing (it is needed to build ocap, not to run it). See https://dotnet.microsoft.com/download/dotnet/10.0" >&2
  exit 1
fi

sqlite=$(CC="$compiler" build/sqlite/build.sh)
rm -rf artifacts/publish/ocap
dotnet publish src/Ocap.Cli --configuration Release --use-current-runtime --output artifacts/publish/ocap --verbosity quiet \
  -p:OcapCompiler="$compiler" -p:OcapStaticSqlite="$sqlite" "$@"

beside=$(find artifacts/publish/ocap -type f ! -name ocap ! -name '*.pdb' ! -name '*.xml')
[ -z "$beside" ] || { echo "The executable is not alone, these would have to travel with it:" "$beside" >&2; exit 1; }

# Replaced in one step, so that a daemon running from it is not disturbed.
cp artifacts/publish/ocap/ocap artifacts/ocap.new
mv -f artifacts/ocap.new artifacts/ocap
echo "artifacts/ocap, $(($(wc -c <artifacts/ocap) / 1000)) kB"
