#!/usr/bin/env bash
# dqoes/tiny:1: a shell and a few small programs of this machine, for tests and idle containers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/rootfs.sh
source "$here/../lib/rootfs.sh"

image=dqoes/tiny:1
shell=$(rootfs_shell)
programs=(cat date dd echo env false head hostname id ls mkdir nproc printf rm seq sleep sort stat
  tail test touch tr true uname wc yes)

build() {
  local start program
  start=$(now)
  rootfs_folder
  rootfs_add_base "$folder"
  rootfs_add_binary "$folder" "$shell" /bin/sh
  for program in "${programs[@]}"; do
    rootfs_add_binary "$folder" "$(type -P "$program")" "/bin/$program"
  done
  # A shell that traps SIGTERM stops at once, where a bare `sleep` as first process would take ten
  # seconds.
  image_import "$folder" "$image" "$hash" \
    'ENV PATH=/bin' \
    'CMD ["/bin/sh", "-c", "trap \"exit 0\" TERM INT; sleep infinity & wait"]'
  image_try "$image" /bin/sh -c 'sleep 0; seq 1 | cat'
  image_accept "$image"
  say "$image: built … $(seconds_since "$start") s, $(image_size "$image")"
}

image_needs_engine
for program in "${programs[@]}"; do
  type -P "$program" >/dev/null ||
    fail "$image: this machine has no $program; install it and run this again."
done
mapfile -t paths < <(type -P "${programs[@]}")
mapfile -t inputs < <(rootfs_inputs "$shell" "${paths[@]}")
hash=$(rootfs_hash "$image" -- "$here/build.sh" "$here/../lib/rootfs.sh" "${inputs[@]}")
if image_is_current "$image" "$hash"; then
  say_present "$image: up to date, $(image_size "$image")"
else
  build
fi
