# shellcheck shell=bash
# Debian packages, only where something is missing. Needs say.sh.

# No pipe into `grep -q`: it leaves early, and the broken pipe would count as failure.
apt_has_candidate() {
  local policy
  policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)
  [[ $policy =~ Candidate:\ [^\(] ]]
}

# packages_resolve NAME|NAME…: of each, the first name which apt can install, in the variable
# `packages`. Failure when one has none.
packages_resolve() {
  local choice name
  packages=()
  for choice in "$@"; do
    for name in ${choice//|/ }; do
      apt_has_candidate "$name" || continue
      packages+=("$name")
      continue 2
    done
    return 1
  done
}

# packages_install WHY PACKAGE…: installs them, refreshing the package lists only when it must.
# PACKAGE may be NAME|NAME, where names differ between releases.
packages_install() {
  local why=$1 start log
  local -a packages
  shift
  start=$(now)
  log=$(mktemp)
  # A first name without a candidate may mean an old release or that there are no lists yet.
  packages_resolve "${@%%|*}" || packages_update "$log"
  packages_resolve "$@" || packages_fail "$log" "$why" "$@"
  packages_forbid_service_start
  if ! apt_install "$log" "${packages[@]}"; then
    packages_update "$log"
    apt_install "$log" "${packages[@]}" || packages_fail "$log" "$why" "${packages[@]}"
  fi
  packages_allow_service_start
  rm -f "$log"
  say "packages: installed ${packages[*]} … $(seconds_since "$start") s"
}

# How long another apt is waited for, as one that upgrades a host that has just booted.
packages_patience_seconds=300

# apt_get LOG WORD…
apt_get() {
  local log=$1 deadline=$((SECONDS + packages_patience_seconds)) is_told=
  shift
  until LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get "$@" </dev/null >>"$log" 2>&1; do
    [[ $(tail -n 4 "$log") == *'Could not get lock'* ]] || return 1
    ((SECONDS < deadline)) || return 1
    [[ -n $is_told ]] || say "packages: another apt is at work; waiting for it"
    is_told=1
    sleep 2
  done
}

apt_install() {
  local log=$1
  shift
  apt_get "$log" install -y --no-install-recommends "$@"
}

packages_update() {
  apt_get "$1" update || packages_fail "$1" "the package lists" "apt-get update"
}

packages_fail() {
  local log=$1 why=$2
  shift 2
  packages_allow_service_start
  note "packages: $* failed, which $why needs; put apt right (its last lines follow) and run this" \
    "again."
  tail -n 8 "$log" | sed 's/^/  /' >&2
  rm -f "$log"
  exit 1
}

# Installing must not start a nats-server on the standard port nor an engine with other folders than
# ours.
packages_policy=/usr/sbin/policy-rc.d
packages_forbid_service_start() {
  packages_drop_leftover
  [[ ! -e $packages_policy ]] || return 0
  printf '#!/bin/sh\n# dqoes, process %s\nexit 101\n' "$$" >"$packages_policy"
  chmod 755 "$packages_policy"
  packages_policy_is_ours=1
  trap packages_allow_service_start EXIT
}

# What was left by one that was killed would keep the services of all later packages from starting.
packages_drop_leftover() {
  local pid
  [[ -e $packages_policy ]] || return 0
  pid=$(sed -n 's/^# dqoes, process \([0-9]*\)$/\1/p' "$packages_policy")
  [[ -z $pid || -e /proc/$pid ]] || rm -f "$packages_policy"
}

packages_allow_service_start() {
  [[ -z ${packages_policy_is_ours:-} ]] || rm -f "$packages_policy"
  packages_policy_is_ours=
}
