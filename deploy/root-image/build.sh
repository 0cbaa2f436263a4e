#!/usr/bin/env bash
# A Debian root without Node.js, Docker or systemd, for `npm run test:package`, as an archive that
# is made once, with the Debian packages that are named. Prints its path: build.sh [PACKAGE…].
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/packages.sh
source "$here/../lib/packages.sh"

cache=${DQOES_ROOT_CACHE:-/var/cache/dqoes-root}
suite=trixie
packages=$(IFS=, && printf '%s' "$*")

build() {
  local start
  start=$(now)
  work=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  debootstrap --variant=minbase ${packages:+--include="$packages"} "$suite" "$work/root" \
    >"$work/log" 2>&1 ||
    {
      tail -n 12 "$work/log" >&2
      fail "root-image: debootstrap failed; its last lines stand above. Put that right and run" \
        "this again."
    }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
  tar --directory="$work/root" --create --numeric-owner --file="$work/root.tar" .
  rm -f "$cache/$name".*.tar
  mv "$work/root.tar" "$archive"
  say "root-image: built … $(seconds_since "$start") s, $(du -sh "$archive" | cut -f1)" >&2
}

((EUID == 0)) || fail "root-image: only root can build it; run this as root."
command -v debootstrap >/dev/null || packages_install "a Debian root" debootstrap >&2
name=root${packages:+-${packages//,/-}}
hash=$({ printf '%s\n' "$suite"; cat "$here/build.sh"; } | sha256sum | cut -c1-16)
archive=$cache/$name.$hash.tar
mkdir -p "$cache"
exec {lock}>"$cache/lock"
flock "$lock"
[[ -e $archive ]] || build
printf '%s\n' "$archive"
