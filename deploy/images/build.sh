#!/usr/bin/env bash
# dqoes/dqoes:VERSION: the files of the package (npm run package) with the libraries that Node.js
# loads, without a registry. deploy/Dockerfile makes the same on Debian's image.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$(dirname "$here")")
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"

packages=${DQOES_PACKAGES:-$root/dist/packages}

find_archive() {
  local -a found
  mapfile -t found < <(compgen -G "$packages/dqoes-*-linux-x86_64.tar.gz" || true)
  ((${#found[@]} == 1)) ||
    fail "images: $packages holds ${#found[@]} archives of dqoes, not one; run \"npm run" \
      "package\" first."
  archive=${found[0]}
  version=$(basename "$archive")
  version=${version#dqoes-}
  version=${version%-linux-x86_64.tar.gz}
  image=dqoes/dqoes:$version
}

# What the program needs, and no documents, units or settings of a host.
add_program() {
  mkdir "$folder/unpacked"
  tar --extract --gzip --file="$archive" --directory="$folder/unpacked" --strip-components=2 \
    --wildcards '*/files/usr/lib/dqoes' '*/files/usr/bin/dqoes' \
    '*/files/usr/share/doc/dqoes/copyright' '*/files/usr/share/doc/dqoes/licences.txt.gz'
  cp -a "$folder/unpacked/." "$folder/root/"
  mkdir -p "$folder/root/usr/lib/dqoes/images"
  install -m 644 "$here/health.mjs" "$here/keys.mjs" "$folder/root/usr/lib/dqoes/images/"
}

build() {
  local start health place
  start=$(now)
  rootfs_folder
  mkdir "$folder/root"
  rootfs_add_base "$folder/root"
  add_program
  rootfs_add_libraries "$folder/root" "$folder/root/usr/lib/dqoes/bin/node"
  # The command /usr/bin/dqoes is a script.
  rootfs_add_binary "$folder/root" "$(rootfs_shell)" /bin/sh
  [[ ! -e /etc/ssl/certs/ca-certificates.crt ]] ||
    rootfs_add_file "$folder/root" /etc/ssl/certs/ca-certificates.crt
  mkdir -p "$folder/root/var/lib/dqoes"
  for place in keys server console data; do
    mkdir "$folder/root/$place"
    chmod 0750 "$folder/root/$place"
  done
  health='["/usr/lib/dqoes/bin/node","/usr/lib/dqoes/images/health.mjs"]'
  pack "$health"
  image_try "$image" --version
  image_accept "$image"
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

# As image_import does, which would give every file to root. The owners stand in the archive alone,
# so that who builds needs no root.
pack() {
  local change
  local -a changes=()
  for change in \
    "LABEL $rootfs_label=$hash" \
    "LABEL org.opencontainers.image.title=dqoes" \
    "LABEL org.opencontainers.image.version=$version" \
    "LABEL org.opencontainers.image.revision=$revision" \
    "LABEL org.opencontainers.image.licenses=Apache-2.0" \
    "ENV PATH=/usr/bin:/bin NODE_ENV=production" \
    'USER 65532:65532' \
    'WORKDIR /tmp' \
    "HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD $1" \
    'ENTRYPOINT ["/usr/bin/dqoes"]' \
    'CMD ["--help"]'; do
    changes+=(--change "$change")
  done
  tar --create --file="$folder/image.tar" --directory="$folder/root" --sort=name --owner=0 \
    --group=0 --numeric-owner --mtime=@0 --anchored --exclude=./keys --exclude=./server \
    --exclude=./console --exclude=./data .
  # Volumes take over these rights: programs without root write there, and the console reads.
  tar --append --file="$folder/image.tar" --directory="$folder/root" --owner=65532 --group=65532 \
    --numeric-owner --mtime=@0 ./keys ./server ./data
  tar --append --file="$folder/image.tar" --directory="$folder/root" --owner=65532 --group=65533 \
    --numeric-owner --mtime=@0 ./console
  docker import "${changes[@]}" - "$image-untried" <"$folder/image.tar" >/dev/null
}

find_archive
image_needs_engine
revision=$(git -C "$root" rev-parse HEAD 2>/dev/null || printf 'unknown')
mapfile -t inputs < <(rootfs_inputs "$(rootfs_shell)")
hash=$(rootfs_hash "$image" -- "$here/build.sh" "$here/health.mjs" "$here/keys.mjs" \
  "$here/../lib/rootfs.sh" "$archive" "${inputs[@]}")
if image_is_current "$image" "$hash"; then
  say_present "$image: up to date, $(image_size "$image")"
else
  build
fi
