#!/usr/bin/env bash
# The two bases of deploy/Dockerfile, for `npm run test:package`, without a registry of images:
# dqoes/builder:1 in the place of node:24-trixie, dqoes/base:1 in that of debian:trixie-slim. Both
# are a Debian root; what npm fetches for the build lies in the builder, so that the build itself
# needs no network.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$(dirname "$here")")
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"

cache=${DQOES_ROOT_CACHE:-/var/cache/dqoes-root}
base=dqoes/base:1
builder=dqoes/builder:1

# The owners of a Debian root are its own: what image_import does would give all of it to root.
import_root() {
  docker import --change "LABEL $rootfs_label=$hash" "${@:2}" "$archive" "$1-untried" >/dev/null
}

build_base() {
  import_root "$base"
  image_try "$base" dpkg --status ca-certificates libstdc++6
  image_accept "$base"
}

# What `npm ci` of a folder takes, in the cache of the builder.
fetch_packages() {
  local copy=$folder/fetched file
  rm -rf "$copy"
  mkdir "$copy"
  for file in package.json package-lock.json .npmrc; do cp "$1/$file" "$copy/"; done
  (cd "$copy" && npm ci --cache "$cache/npm" --prefer-offline --no-audit --no-fund) \
    >"$folder/log" 2>&1 ||
    {
      tail -n 12 "$folder/log" >&2
      fail "base-images: npm ci of $1 failed; its last lines stand above. Put that right and run" \
        "this again."
    }
}

# npm is taken from its own package: that of Debian lies in hundreds of folders.
add_npm() {
  npm install --prefix "$folder/npm" --cache "$cache/npm" --prefer-offline --no-audit --no-fund \
    --ignore-scripts "npm@$(npm --version)" >"$folder/log" 2>&1 ||
    fail "base-images: npm could not be fetched: $(tail -n 1 "$folder/log")"
  mkdir "$folder/root/usr/lib/node_modules"
  cp -R "$folder/npm/node_modules/npm" "$folder/root/usr/lib/node_modules/"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$folder/root/usr/bin/npm"
}

build_builder() {
  rootfs_folder
  mkdir "$folder/root"
  tar --extract --numeric-owner --file="$archive" --directory="$folder/root"
  rootfs_add_node "$folder/root" "$(command -v node)"
  add_npm
  fetch_packages "$root"
  fetch_packages "$root/deploy/node"
  mkdir "$folder/root/npm-cache"
  # cspell:ignore cacache
  cp -R "$cache/npm/_cacache" "$folder/root/npm-cache/"
  tar --create --numeric-owner --file="$folder/builder.tar" --directory="$folder/root" .
  archive=$folder/builder.tar import_root "$builder" \
    --change "ENV npm_config_cache=/npm-cache npm_config_offline=true" \
    --change "ENV npm_config_registry=$(npm config get registry)"
  image_try "$builder" sh -c 'node --version && npm --version && bash -c : && dpkg-deb --version'
  image_accept "$builder"
}

# ensure IMAGE BUILD WORD…: builds it where it is not of these words and of the same Debian root.
ensure() {
  local image=$1 start
  start=$(now)
  hash=$(rootfs_hash "$image" "$(basename "$archive")" "${@:3}" -- "$here/build.sh" \
    "$here/../lib/rootfs.sh" "$root/package-lock.json" "$root/deploy/node/package-lock.json")
  if image_is_current "$image" "$hash"; then
    say_present "$image: up to date, $(image_size "$image")"
    return
  fi
  "$2"
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

image_needs_engine
((EUID == 0)) || fail "base-images: only root can build them; run this as root."
archive=$("$here/../root-image/build.sh" ca-certificates libstdc++6)
ensure "$base" build_base
ensure "$builder" build_builder "$(node --version)" "$(npm --version)"
