#!/usr/bin/env bash
# dqoes/nats:1: this machine's nats-server, for tests which want NATS in a container but cannot pull
# an image.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"

image=dqoes/nats:1

build() {
  local start
  start=$(now)
  rootfs_folder
  rootfs_add_base "$folder"
  rootfs_add_binary "$folder" nats-server /usr/bin/nats-server
  # Any user may write here: the image runs without root, and a volume takes over these rights.
  mkdir -p "$folder/data"
  chmod 1777 "$folder/data"
  image_import "$folder" "$image" "$hash" \
    'ENV PATH=/usr/bin' \
    'USER 65532:65532' \
    'WORKDIR /data' \
    'EXPOSE 4222' \
    'ENTRYPOINT ["nats-server"]' \
    'CMD ["--jetstream", "--store_dir", "/data"]'
  image_try "$image" --version
  image_accept "$image"
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

image_needs_engine
mapfile -t inputs < <(rootfs_inputs nats-server)
hash=$(rootfs_hash "$image" -- "$here/build.sh" "$here/../lib/rootfs.sh" "${inputs[@]}")
if image_is_current "$image" "$hash"; then
  say_present "$image: up to date, $(image_size "$image")"
else
  build
fi
