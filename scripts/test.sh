#!/bin/sh
# Sets up, builds and publishes, then runs every test project. The last line is: N passed, N failed (, N skipped)
# Exits with 0 only if at least one test ran, none failed, and every runner came to its end.
# usage: scripts/test.sh [project name, or part of it]…     e.g. scripts/test.sh Store
set -u
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1

beside=
stop() {
  [ -z "$beside" ] || wait "$beside"
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

# What tests need of npm: beside the build where npm is there, else after it, which installs it.
packages() {
  for setup in tests/*/npm/build.sh; do
    [ ! -f "$setup" ] || "$setup" || { echo "$setup failed." >&2; return 1; }
  done
}

if command -v npm >/dev/null; then
  packages &
  beside=$!
fi

scripts/build.sh || stop "The build failed; no test was run."
if [ -n "$beside" ]; then wait "$beside"; else packages; fi || stop "The packages that tests need could not be set up; no test was run."
dotnet build ocap.slnx --configuration Release --verbosity quiet || stop "The build of the tests failed; no test was run."

logs=artifacts/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 skipped=0 broken=0

# The number after a word in the runner's closing block; nothing if the runner never got there.
count() { sed -n '/^Test run summary:/,$ s/^ *'"$1"': *\([0-9][0-9]*\) *$/\1/p' "$2" | head -n 1; }

selected() {
  [ $# -gt 1 ] || return 0
  project=$1
  shift
  for part in "$@"; do
    case $project in *"$part"*) return 0 ;; esac
  done
  return 1
}

for folder in tests/*.Tests; do
  project=$(basename "$folder")
  selected "$project" "$@" || continue
  if ! grep -rqs '\[Test' "$folder" --include='*.cs'; then
    echo "$project: has no tests yet"
    continue
  fi

  log="$logs/$project.log"
  limit=
  if command -v timeout >/dev/null; then limit="timeout --kill-after=10 900"; fi
  $limit "artifacts/bin/$project/release/$project" --progress off --no-ansi --results-directory "$logs/$project" >"$log" 2>&1
  code=$?
  total=$(count total "$log") bad=$(count failed "$log") good=$(count succeeded "$log") left=$(count skipped "$log")
  if [ -z "$total" ] || [ -z "$bad" ] || [ -z "$good" ] || [ -z "$left" ]; then
    broken=$((broken + 1))
    cat "$log"
    echo "$project: the runner did not come to its end (exit code $code)"
    continue
  fi

  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  echo "$project: $good passed, $bad failed, $left skipped"
  if [ "$total" = 0 ]; then
    broken=$((broken + 1))
    echo "$project: it has no tests"
  elif [ "$code" != 0 ]; then
    cat "$log"
    if [ "$bad" = 0 ]; then
      broken=$((broken + 1))
      echo "$project: no test failed, and yet the runner exited with $code"
    fi
  fi
done

# A runner that broke counts as one failure: the last line must not look green.
failed=$((failed + broken))
[ "$((passed + failed))" -gt 0 ] || failed=1
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ]
