# shellcheck shell=bash
# Images from the programs of this machine, without a registry: copy binaries with the libraries
# they load into a folder, and import that folder. Needs say.sh.

# Programs without root read what is copied here, whatever the umask of the person who builds.
umask 022

# Not under "dqoes.", as containers inherit it and the agent reads every label there.
rootfs_label=org.dqoes.image.inputs

# rootfs_folder: a new folder in the variable `folder`, which goes with the script. Programs must be
# able to run there: ldd runs them.
rootfs_folder() {
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  printf '#!/bin/sh\n' >"$folder/try"
  chmod 755 "$folder/try"
  "$folder/try" 2>/dev/null ||
    fail "images: no program can run in ${TMPDIR:-/tmp} (noexec); set TMPDIR to a folder where" \
      "that is possible, such as /var/tmp, and run this again."
  rm "$folder/try"
}

# The files which FILE loads when it starts, one a line, itself not among them; the loader is.
rootfs_libraries() {
  LC_ALL=C ldd "$1" 2>/dev/null |
    awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// && $2 ~ /^\(/ { print $1 }'
}

# rootfs_add_file ROOT FILE [PATH]: FILE at the same path inside ROOT, or at PATH; links become
# files.
rootfs_add_file() {
  local target=$1${3:-$2}
  [[ ! -e $target ]] || return 0
  mkdir -p "$(dirname "$target")"
  cp -L --preserve=mode "$2" "$target"
}

# rootfs_add_libraries ROOT FILE: what FILE loads, at the same paths; what lies inside ROOT already
# stays there.
rootfs_add_libraries() {
  local library absent
  absent=$(LC_ALL=C ldd "$2" 2>/dev/null | awk '/not found/ { print $1; exit }')
  [[ -z $absent ]] ||
    fail "images: $2 needs $absent, which this machine lacks; install it and run this again."
  for library in $(rootfs_libraries "$2"); do
    [[ $library == "$1"/* ]] || rootfs_add_file "$1" "$library"
  done
}

# rootfs_add_binary ROOT PROGRAM [PATH]: a program of this machine by name or path, and its
# libraries.
rootfs_add_binary() {
  local program
  program=$(command -v "$2") ||
    fail "images: this machine has no $2; install it and run this again."
  rootfs_add_file "$1" "$program" "${3:-$program}"
  rootfs_add_libraries "$1" "$program"
}

# rootfs_add_node ROOT NODE: Node.js at /usr/bin/node. Debian's keeps parts of itself as scripts in
# /usr/share, whose paths only the library itself knows.
rootfs_add_node() {
  local file script
  rootfs_add_binary "$1" "$2" /usr/bin/node
  for file in "$2" $(rootfs_libraries "$2"); do
    [[ $file == "$2" || $file == */libnode.* ]] || continue
    while read -r script; do
      [[ ! -f $script ]] || rootfs_add_file "$1" "$script"
    done < <(grep -aoE '/usr/share/nodejs/[A-Za-z0-9._/@-]+\.js' "$file" || true)
  done
}

# What programs expect of any system: a name for the user, a writable /tmp, names of this host.
rootfs_add_base() {
  mkdir -p "$1/etc" "$1/tmp" "$1/root"
  chmod 1777 "$1/tmp"
  printf 'root:x:0:0:root:/root:/bin/sh\nuser:x:65532:65532:user:/tmp:/bin/sh\n' >"$1/etc/passwd"
  printf 'root:x:0:\nuser:x:65532:\n' >"$1/etc/group"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}

# rootfs_hash WORD… -- FILE…: one hash of all words and the content of all files. The order counts,
# the paths do not.
rootfs_hash() {
  local -a words=()
  while [[ $1 != -- ]]; do words+=("$1"); shift; done
  shift
  { printf '%s\n' "${words[@]}"; sha256sum -- "$@" | cut -d' ' -f1; } | sha256sum | cut -d' ' -f1
}

# rootfs_inputs PROGRAM…: those programs and all their libraries, one path a line, for rootfs_hash.
rootfs_inputs() {
  local program path
  for program in "$@"; do
    path=$(command -v "$program") ||
      fail "images: this machine has no $program; install it and run this again."
    printf '%s\n' "$path"
    rootfs_libraries "$path"
  done | sort -u
}

# The smallest shell of this machine; not every Linux has dash.
rootfs_shell() {
  type -P dash || type -P sh
}

image_needs_engine() {
  timeout 10 docker info >/dev/null 2>&1 ||
    fail "images: no Docker Engine answers; run deploy/bootstrap.sh first."
}

# image_is_current IMAGE HASH
image_is_current() {
  local format="{{ index .Config.Labels \"$rootfs_label\" }}"
  [[ $(docker image inspect --format "$format" "$1" 2>/dev/null) == "$2" ]]
}

image_size() {
  docker image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.1f MB", $1 / 1e6 }'
}

# image_import ROOT IMAGE HASH CHANGE…: each CHANGE is a Dockerfile instruction, such as 'CMD
# ["sh"]'. It gets its name from image_accept only, so that an image with a name is one which works.
image_import() {
  local root=$1 image=$2 hash=$3 change
  local -a changes=(--change "LABEL $rootfs_label=$hash")
  shift 3
  for change in "$@"; do changes+=(--change "$change"); done
  # A clone that was made under a umask of 077 has no rights for others.
  tar --directory="$root" --create --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 \
    --mode=a+rX . |
    docker import "${changes[@]}" - "$image-untried" >/dev/null
}

# image_try IMAGE ARGUMENT…: runs what image_import made; when that fails, it is removed.
image_try() {
  local image=$1
  shift
  docker run --rm --network none "$image-untried" "$@" >/dev/null && return 0
  docker image rm "$image-untried" >/dev/null 2>&1 || true
  fail "$image: it does not work when run with \"$*\"; see the message above."
}

# image_accept IMAGE: names it. The image which had the name is removed unless a container uses it.
image_accept() {
  local image=$1 old
  old=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null || true)
  docker tag "$image-untried" "$image"
  docker image rm "$image-untried" >/dev/null
  [[ -z $old || $old == $(docker image inspect --format '{{.Id}}' "$image") ]] ||
    docker image rm "$old" >/dev/null 2>&1 || true
}
