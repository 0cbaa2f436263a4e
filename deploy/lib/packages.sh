# shellcheck shell=bash
# Debian packages, only where something is missing. Needs say.sh.

apt_has_candidate() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -qE '^ +Candidate: [^(]'
}

# packages_install WHY PACKAGE…: installs them, refreshing the package lists only when it must.
packages_install() {
  local why=$1 package start log
  shift
  start=$(now)
  log=$(mktemp)
  for package in "$@"; do
    apt_has_candidate "$package" || { packages_update "$log"; break; }
  done
  packages_forbid_service_start
  if ! apt_install "$log" "$@"; then
    packages_update "$log"
    apt_install "$log" "$@" || packages_fail "$log" "$why" "$@"
  fi
  packages_allow_service_start
  rm -f "$log"
  say "packages: installed $* … $(seconds_since "$start") s"
}

apt_install() {
  local log=$1
  shift
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null >>"$log" 2>&1
}

packages_update() {
  apt-get update </dev/null >>"$1" 2>&1 || packages_fail "$1" "the package lists" "apt-get update"
}

packages_fail() {
  local log=$1 why=$2
  shift 2
  packages_allow_service_start
  note "packages: $* failed, which $why needs; put apt right (its last lines follow) and run this again."
  tail -n 8 "$log" | sed 's/^/  /' >&2
  rm -f "$log"
  exit 1
}

# Installing must not start a nats-server on the standard port nor an engine with other folders than ours.
packages_policy=/usr/sbin/policy-rc.d
packages_forbid_service_start() {
  [[ ! -e $packages_policy ]] || return 0
  printf '#!/bin/sh\nexit 101\n' >"$packages_policy"
  chmod 755 "$packages_policy"
  packages_policy_is_ours=1
  trap packages_allow_service_start EXIT
}

packages_allow_service_start() {
  [[ -z ${packages_policy_is_ours:-} ]] || rm -f "$packages_policy"
  packages_policy_is_ours=
}
