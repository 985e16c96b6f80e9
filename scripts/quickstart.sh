#!/bin/sh
# Sets up and builds ocap, then shows two JavaScript vats calling each other through the daemon, and their state alive after the daemon was killed.
# Uses a home of its own, which it removes at the end; nothing of yours is touched.
set -eu
cd "$(dirname "$0")/.."

scripts/build.sh

ocap=artifacts/ocap
OCAP_HOME=$(mktemp -d)
export OCAP_HOME
unset OCAP_SOCKET_PATH || true
trap '"$ocap" daemon stop 2>/dev/null || true; rm -rf "$OCAP_HOME"' EXIT
trap 'exit 130' INT TERM

say() { printf '\n\033[1m# %s\033[0m\n' "$1"; }
run() {
  printf '$ ocap'
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./=-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  "$ocap" "$@"
}

say "Bundle two vats: a greeter, and a counter that the greeter asks"
run bundle scripts/quickstart/greeter.js scripts/quickstart/counter.js

say "Any command starts the daemon"
run daemon exec

say "Launch both as one subcluster"
run daemon exec launchSubcluster '{"config":{"bootstrap":"greeter","vats":{
  "greeter":{"bundleSpec":"scripts/quickstart/greeter.bundle","parameters":{"greeting":"hello"}},
  "counter":{"bundleSpec":"scripts/quickstart/counter.bundle"}}}}'

say "Send the greeter a message; it asks the counter through E()"
run daemon exec queueMessage '["ko4","greet",["world"]]'

say "Kill the daemon the hard way, and ask again: the count came back from the counter's baggage"
printf '$ kill -9 %s\n' "$(cat "$OCAP_HOME/daemon.pid")"
kill -9 "$(cat "$OCAP_HOME/daemon.pid")"
run daemon exec queueMessage '["ko4","greet",["again"]]'

say "Stop, and delete everything"
run daemon stop
run daemon purge --force
