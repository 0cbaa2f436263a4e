#!/usr/bin/env bash
# The disk of an emulated machine for `npm run test:vm`: Debian with systemd, cgroup v2, Docker
# Engine and Node.js. Prints its folder.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=../lib/say.sh
source "$here/../lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/packages.sh
source "$here/../lib/packages.sh"

cache=${DQOES_VM_CACHE:-/var/cache/dqoes-vm}
suite=trixie
packages_inside=(systemd systemd-sysv dbus udev kmod linux-image-cloud-amd64 initramfs-tools
  qemu-guest-agent docker.io docker-cli iptables iproute2 ca-certificates nodejs)
# They would use the network or the CPU by themselves.
silent_units=(apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer getty@tty1.service
  serial-getty@ttyS0.service systemd-timesyncd.service)
disk_bytes=4G

needs_root_and_tools() {
  ((EUID == 0)) || fail "vm-image: only root can build it; run this as root."
  local -a missing=()
  command -v qemu-system-x86_64 >/dev/null || missing+=(qemu-system-x86)
  command -v debootstrap >/dev/null || missing+=(debootstrap)
  command -v mke2fs >/dev/null || missing+=(e2fsprogs)
  ((${#missing[@]} == 0)) || packages_install "the emulated machine" "${missing[@]}" >&2
}

# What makes the machine quiet: nothing but the tests runs, and it can reach this machine only (no
# gateway, no name server).
settle() {
  local root=$1 unit
  printf 'dqoes-vm\n' >"$root/etc/hostname"
  printf '127.0.0.1 localhost dqoes-vm\n' >"$root/etc/hosts"
  : >"$root/etc/resolv.conf"
  printf 'LABEL=payload /payload ext4 ro,nofail 0 0\n' >"$root/etc/fstab"
  mkdir -p "$root/payload"
  printf '[Match]\nName=en*\n[Network]\nAddress=10.0.2.15/24\nLinkLocalAddressing=no\n' \
    >"$root/etc/systemd/network/10-user.network"
  ln -s /usr/lib/systemd/system/systemd-networkd.service \
    "$root/etc/systemd/system/multi-user.target.wants/"
  for unit in "${silent_units[@]}"; do ln -s /dev/null "$root/etc/systemd/system/$unit"; done
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  rm -rf "$root"/usr/share/doc/* "$root"/usr/share/man/*
}

build() {
  local start packages
  start=$(now)
  work=$(mktemp -d "$cache/build.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  packages=$(IFS=,; printf '%s' "${packages_inside[*]}")
  debootstrap --variant=minbase --include="$packages" "$suite" "$work/root" >"$work/log" 2>&1 ||
    {
      tail -n 12 "$work/log" >&2
      fail "vm-image: debootstrap failed; its last lines stand above. Put that right and run" \
        "this again."
    }
  settle "$work/root"
  mkdir "$work/image"
  cp "$work"/root/boot/vmlinuz-* "$work/image/vmlinuz"
  cp "$work"/root/boot/initrd.img-* "$work/image/initrd.img"
  truncate -s "$disk_bytes" "$work/image/root.img"
  mke2fs -q -t ext4 -L root -d "$work/root" "$work/image/root.img"
  rm -rf "$cache"/image.*
  mv "$work/image" "$image"
  say "vm-image: built … $(seconds_since "$start") s, $(du -sh "$image" | cut -f1)" >&2
}

hash=$({ printf '%s\n' "$suite" "${packages_inside[@]}"; cat "$here/build.sh"; } |
  sha256sum | cut -c1-16)
image=$cache/image.$hash
needs_root_and_tools
mkdir -p "$cache"
exec {lock}>"$cache/lock"
flock "$lock"
[[ -e $image/root.img ]] || build
printf '%s\n' "$image"
