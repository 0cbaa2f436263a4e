#!/usr/bin/env bash
# Installs the helper that sets GPUs for an agent that is not root, and the one right it needs.
#   deploy/gpu-helper/install.sh --user NAME [--prefix DIR]     as root
#   deploy/gpu-helper/install.sh --uninstall [--prefix DIR]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
user=
prefix=
uninstall=0
while [ $# -gt 0 ]; do
  case $1 in
    --user) user=${2:?--user needs a name}; shift 2 ;;
    --prefix) prefix=${2:?--prefix needs a folder}; shift 2 ;;
    --uninstall) uninstall=1; shift ;;
    *) echo "unknown option $1: use --user NAME, --prefix DIR or --uninstall" >&2; exit 2 ;;
  esac
done
helper=$prefix/usr/libexec/dqoes/dqoes-gpu
rule=$prefix/etc/sudoers.d/dqoes-gpu
if [ "$uninstall" = 1 ]; then
  rm -f "$rule" "$helper"
  echo "removed $helper and $rule"
  exit 0
fi
[ -n "$user" ] || { echo 'write --user NAME: the user that the agent runs as' >&2; exit 2; }
case $user in *[!a-z0-9_-]* | -*) echo "--user $user is not the name of a user" >&2; exit 2 ;; esac
install -D -m 0755 "$here/dqoes-gpu" "$helper"
install -d -m 0750 "$(dirname "$rule")"
printf '%s ALL=(root) NOPASSWD: /usr/libexec/dqoes/dqoes-gpu\n' "$user" >"$rule.new"
chmod 0440 "$rule.new"
if command -v visudo >/dev/null; then visudo -cqf "$rule.new"; fi
mv "$rule.new" "$rule"
echo "installed $helper; $user may run it by sudo." \
  "Set gpu.helper: /usr/libexec/dqoes/dqoes-gpu in agent.yaml"
