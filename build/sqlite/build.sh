#!/bin/sh
# Compiles SQLite into the static archive that the executable links, and prints the archive's path.
# The source is the amalgamation that travels in an npm package: fetched with npm, held to its hash, never committed.
# What is already built is not built again. OCAP_SQLITE_ARCHIVE names an archive to use instead.
set -eu

package=better-sqlite3
version=12.11.1 # carries SQLite 3.53.2, the minor version that the tests' native library has too
sha512=76af40b40a608393c616d0733c54819771d94231e893981a40233ace1d989346929830acd426e7548f3f1e001242434ab16169b1e20ef5b7a0e71c696216c87c

# One thread per connection at a time; no double-quoted strings, extensions or shared caches.
flags="-O2 -fPIC -ffunction-sections -fdata-sections
  -DSQLITE_THREADSAFE=2 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_LIKE_DOESNT_MATCH_BLOBS
  -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_DEPRECATED -DSQLITE_TRUSTED_SCHEMA=0
  -DSQLITE_USE_ALLOCA -DHAVE_USLEEP=1 -DHAVE_LOCALTIME_R=1"
# fdatasync is enough, and quicker, where it reaches the disk.
if [ "$(uname -s)" = Linux ]; then flags="$flags -DHAVE_FDATASYNC=1"; fi

if [ -n "${OCAP_SQLITE_ARCHIVE:-}" ]; then
  [ -f "$OCAP_SQLITE_ARCHIVE" ] || { echo "OCAP_SQLITE_ARCHIVE names $OCAP_SQLITE_ARCHIVE, which is not there." >&2; exit 1; }
  echo "$OCAP_SQLITE_ARCHIVE"
  exit 0
fi

root=$(cd "$(dirname "$0")/../.." && pwd)
cc=${CC:-cc}
out="$root/artifacts/native/sqlite"
stamp="$package $version $sha512 $cc $(uname -sm) $flags $(cksum <"$root/build/sqlite/no_extensions.c")"
if [ -f "$out/libe_sqlite3.a" ] && [ "$(cat "$out/stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "$out/libe_sqlite3.a"
  exit 0
fi

mkdir -p "$root/artifacts/native"
work=$(mktemp -d "$root/artifacts/native/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

(cd "$work" && npm pack "$package@$version" --ignore-scripts --loglevel=error >/dev/null) ||
  { echo "npm could not fetch $package@$version (see above). It is needed once, for SQLite's source." >&2; exit 1; }
tarball="$work/$package-$version.tgz"
if command -v sha512sum >/dev/null; then found=$(sha512sum "$tarball"); else found=$(shasum -a 512 "$tarball"); fi
[ "${found%% *}" = "$sha512" ] || { echo "$package@$version is not the file it was when its hash was taken: refusing to build from it." >&2; exit 1; }

tar -xzf "$tarball" -C "$work" package/deps/sqlite3
# shellcheck disable=SC2086 # the flags are words
$cc $flags -c "$work/package/deps/sqlite3/sqlite3.c" -o "$work/sqlite3.o"
# shellcheck disable=SC2086
$cc $flags -I "$work/package/deps/sqlite3" -c "$root/build/sqlite/no_extensions.c" -o "$work/no_extensions.o"
ar rcs "$work/libe_sqlite3.a" "$work/sqlite3.o" "$work/no_extensions.o"

rm -rf "$out"
mkdir -p "$out"
mv "$work/libe_sqlite3.a" "$out/"
printf '%s\n' "$stamp" >"$out/stamp"
echo "$out/libe_sqlite3.a"
