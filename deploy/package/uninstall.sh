#!/bin/sh
# Puts every limit back, then removes what install.sh of the archive has installed.
#   uninstall.sh [--purge]      --purge: settings, keys, state and the users, too
set -eu

purge=
while [ $# -gt 0 ]; do
  case $1 in
    --purge) purge=1 && shift ;;
    --help | -h) sed -n '2,3s/^# *//p' "$0" && exit 0 ;;
    *) echo "uninstall.sh: unknown argument \"$1\"; --purge is the only one." >&2 && exit 2 ;;
  esac
done
[ "$(id -u)" = 0 ] || { echo "uninstall.sh: run this as root." >&2 && exit 1; }
home=/usr/lib/dqoes/uninstall
[ -e "$home/files" ] || {
  echo "uninstall.sh: no dqoes of an archive is installed here; there is nothing to remove." >&2
  exit 1
}
"$home/prerm" remove
# This folder goes, too.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$home/files" "$home/folders" "$home/postrm" "$work/"
while read -r file; do
  case $file in /etc/*) [ -n "$purge" ] || continue ;; esac
  rm -f "$file" "$file.dqoes-new"
done <"$work/files"
rm -rf "$home"
"$work/postrm" remove
[ -z "$purge" ] || "$work/postrm" purge
# The folders that install.sh made, the deepest first, where nothing else lies in them now.
sort -ru "$work/folders" | while read -r folder; do
  rmdir "$folder" 2>/dev/null || true
done
if [ -n "$purge" ]; then
  echo "removed, with settings and state"
else
  # This script went, too.
  echo "removed; /etc/dqoes and /var/lib/dqoes stay: rm -r removes them, or install again and" \
    "then uninstall.sh --purge"
fi
