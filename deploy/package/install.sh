#!/bin/sh
# Installs dqoes from its archive, or upgrades it: the files of the Debian package, without dpkg.
#   ./install.sh [--root DIR]
set -eu
umask 022

here=$(cd "$(dirname "$0")" && pwd)
root=
fail() {
  echo "install.sh: $*" >&2
  exit 1
}
while [ $# -gt 0 ]; do
  case $1 in
    --root) root=${2:?--root needs a folder} && root=${root%/} && shift 2 ;;
    --help | -h) sed -n '2,3s/^# *//p' "$0" && exit 0 ;;
    *) echo "install.sh: unknown argument \"$1\"; --root DIR is the only one." >&2 && exit 2 ;;
  esac
done
[ "$(id -u)" = 0 ] || fail "only root may install services; run this as root."
[ -z "$root" ] || [ -d "$root" ] || {
  echo "install.sh: --root \"$root\" is no folder; make it, or name another one." >&2
  exit 2
}
[ "$(uname -s)-$(uname -m)" = "Linux-@MACHINE@" ] ||
  fail "this archive is for Linux on @MACHINE@, and this is $(uname -s) on $(uname -m)."
list=$root/var/lib/dpkg/info/dqoes.list
if [ -e "$list" ]; then
  grep -qxF /usr/bin/dqoes "$list" ||
    fail "settings of a Debian package of dqoes are left here, and apt purge dqoes would take" \
      "them away; install that again (apt install ./dqoes_*.deb), or purge it first."
  fail "dqoes is installed as a Debian package here; upgrade that (apt install ./dqoes_*.deb)."
fi
[ -n "$root" ] || "$here/scripts/preinst" install
# Tried before anything is changed.
"$here/files/usr/lib/dqoes/bin/node" "$here/files/usr/lib/dqoes/dist/cli/main.js" --version \
  >/dev/null || fail "the program does not start here, so nothing was changed (see above)."

records=/usr/lib/dqoes/uninstall
home=$root$records
before=
made=$(mktemp)
parts=$(mktemp)
folders=$(mktemp)
trap 'rm -f "$made" "$parts" "$folders"' EXIT
# A folder and those above it; what was not there is noted, for uninstall.sh.
make_folder() {
  [ ! -d "$root$1" ] || return 0
  make_folder "$(dirname "$1")" || return 1
  mkdir "$root$1" || return 1
  printf '%s\n' "$1" >>"$made"
}
clear_away() {
  while read -r part; do rm -f "$part"; done <"$parts"
  sort -r "$made" | while read -r folder; do rmdir "$root$folder" 2>/dev/null || true; done
}
undo() {
  clear_away
  fail "not every file could be written (see above), so nothing was changed; make room and run" \
    "this again."
}
stopped() {
  trap '' INT TERM HUP
  clear_away
  rm -f "$made" "$parts" "$folders"
  fail "stopped, so nothing was changed; run this again."
}
trap stopped INT TERM HUP
# A file and where it goes, below the root.
stage() {
  part=$root$2.dqoes-part
  printf '%s\n' "$part" >>"$parts"
  cp -P --preserve=mode "$1" "$part" || undo
  # Who unpacks the archive takes rights away by a umask of 077, and others have to run the program.
  [ -L "$part" ] || chmod u=rwX,go=rX "$part"
  # An address of NATS in the options of a service may hold a password; systemd reads them as root.
  case $2 in /etc/default/*) chmod 0640 "$part" ;; esac
}
[ ! -e "$home/files" ] || before=$(cat "$home/files")
# All are on the disk before one takes its place: a disk that becomes full leaves no mixture.
while read -r file; do
  make_folder "$(dirname "$file")" || undo
  stage "$here/files$file" "$file"
done <"$here/scripts/files"
make_folder "$records" || undo
for script in scripts/files scripts/prerm scripts/postrm uninstall.sh; do
  stage "$here/$script" "$records/${script#scripts/}"
done
{ [ ! -e "$home/folders" ] || cat "$home/folders"; cat "$made"; } >"$folders" || undo
stage "$folders" "$records/folders"
# A power cut must not leave programs that are empty. Other disks are not waited for: one of the
# network that is gone would never answer. An old sync knows no -f.
sync -f "$root/usr" "$root/etc" 2>/dev/null || sync
# From here on it is shorter to go on than to go back.
trap '' INT TERM HUP
while read -r file; do
  to=$root$file
  # Settings that are there belong to the operator: the new ones lie beside them.
  case $file in
    /etc/*)
      if [ -e "$to" ] && cmp -s "$to" "$here/files$file"; then
        # With its rights and its group, which may be others by now.
        rm -f "$to.dqoes-part"
        continue
      elif [ -e "$to" ]; then
        to=$to.dqoes-new
        echo "kept $file; that of this version is $file.dqoes-new"
      fi
      ;;
  esac
  # A running program keeps the file it has: the new one takes its name.
  mv -f "$root$file.dqoes-part" "$to"
done <"$here/scripts/files"
# What only the version before had.
printf '%s\n' "$before" | while read -r file; do
  case $file in '' | /etc/*) continue ;; esac
  grep -qxF -e "$file" "$here/scripts/files" || rm -f "$root$file"
done
for name in files prerm postrm uninstall.sh folders; do
  mv -f "$home/$name.dqoes-part" "$home/$name"
done
trap - INT TERM HUP
if [ -n "$root" ]; then
  echo "installed below $root; run /usr/lib/dqoes/uninstall/uninstall.sh there to remove it"
  exit 0
fi
"$here/scripts/postinst" configure
echo "dqoes $(/usr/bin/dqoes --version | paste -s -d ' ' -) is installed"
echo "settings: /etc/dqoes/agent.yaml ($(grep '^control:' /etc/dqoes/agent.yaml || true))"
echo "next:     dqoes join TOKEN, dqoes doctor"
echo "remove:   /usr/lib/dqoes/uninstall/uninstall.sh [--purge]"
