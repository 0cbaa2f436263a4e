#!/usr/bin/env bash
# Installs the agent of dqoes on this host as a systemd service; run it again to upgrade.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
script=install-agent
service=agent
# shellcheck source-path=SCRIPTDIR source=lib/say.sh
source "$here/lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=lib/node.sh
source "$here/lib/node.sh"
# shellcheck source-path=SCRIPTDIR source=lib/packages.sh
source "$here/lib/packages.sh"
# shellcheck source-path=SCRIPTDIR source=lib/install.sh
source "$here/lib/install.sh"

config=$config_folder/agent.yaml
state=/var/lib/dqoes
journal=$state/journal
records=$state/engines

usage() {
  cat <<TEXT
Usage: deploy/install-agent.sh [--nats URL] [--creds FILE] [--node NAME]
                               [--mode observe|enforce] [--from DIR] [--no-start]
       deploy/install-agent.sh --uninstall [--purge]

Installs the agent as dqoes-agent.service, or upgrades it: $config is written once and
then left alone, and an agent that runs hands its limits on to the new one.

  --nats URL       address of NATS (nats://127.0.0.1:4222)
  --creds FILE     key for NATS (dqoes auth), copied to $config_folder/agent.creds
  --node NAME      name of this host in the cluster (its host name)
  --mode MODE      observe: change no limit (the default); enforce: let dqoes limit containers
  --from DIR       a built tree (the one this script lies in)
  --no-start       install and enable, but do not start or restart
  --uninstall      put every limit back, then remove service and program; settings and state stay
  --purge          with --uninstall: remove settings and state, too
  --help, -h       print this
TEXT
}

read_arguments() {
  action=install nats='' creds='' node_name='' mode='' from=$(dirname "$here") start=1 purge=''
  while (($#)); do
    case $1 in
      --nats) option_value nats "$@"; check_nats_url "$nats"; shift ;;
      --creds) option_value creds "$@"; check_creds_file "$creds"; shift ;;
      --node) option_value node_name "$@"; check_node_name "$node_name"; shift ;;
      --mode) option_value mode "$@"; check_mode "$mode"; shift ;;
      --from) option_value from "$@"; shift ;;
      --no-start) start='' ;;
      --uninstall) action=uninstall ;;
      --purge) purge=1 ;;
      --help | -h) action=help ;;
      *) fail_usage "$script: unknown argument \"$1\"; $script --help lists the known ones." ;;
    esac
    shift
  done
  [[ -z $purge || $action == uninstall ]] ||
    fail_usage "$script: --purge removes settings, so it needs --uninstall; add that, or leave" \
      "--purge out."
}

check_node_name() {
  [[ $1 =~ ^[A-Za-z0-9_-]{1,63}$ ]] ||
    fail_usage "$script: --node \"$1\" is no name; use 1 to 63 of A-Z a-z 0-9 _ -."
}

check_mode() {
  [[ $1 == observe || $1 == enforce ]] ||
    fail_usage "$script: --mode \"$1\" is unknown; use observe or enforce."
}

write_config() {
  local line_of_node='' line_of_creds=''
  [[ -z $node_name ]] || line_of_node="node: $node_name"$'\n'
  [[ -z $creds ]] || line_of_creds=$'\n'"  credentials: $config_folder/agent.creds"
  write_new "$config" 640 <<TEXT
# yaml-language-server: \$schema=$program_folder/schemas/agent.schema.json
# The dqoes agent of this host; docs/configuration.md lists every key.
# Apply changes with: systemctl reload dqoes-agent
${line_of_node}nats:
  url: "${nats:-nats://127.0.0.1:4222}"$line_of_creds
# observe: report and change nothing. enforce: dqoes limits the CPU of containers that opted in.
control: ${mode:-observe}
policy-file: $config_folder/policy.yaml
TEXT
  write_new "$config_folder/policy.yaml" 644 <<TEXT
# yaml-language-server: \$schema=$program_folder/schemas/host-policy.schema.json
# Bounds of this host that no coordinator can exceed; without a line there is no such bound.
# cpu: { min: 0.05, max: 4 }
# memory: { max: 16GiB }
# images: [registry.example/**]
# adopt: never          # no container that dqoes did not start
# jobs: false           # no job of dqoes
# gpu: { share: allow } # shares of a GPU, which take the host's IPC namespace
TEXT
  mkdir -p "$config_folder/agent.d"
  # An earlier version let the coordinator read them: an address of NATS may hold a password.
  [[ $(stat -c %G "$config") != dqoes ]] ||
    grep -qsE '^(User|Group)=' "$unit_folder/$(unit_of).d"/*.conf || chgrp root "$config"
}

install_agent() {
  local before was_running=''
  check_tree "$from"
  needs_root_and_systemd
  refuses_package
  refuse_settings_of "$config" --nats "$nats" --node "$node_name" --mode "$mode"
  [[ -z $creds || ! -e $config ]] || grep -qF "$config_folder/agent.creds" "$config" ||
    fail_usage "$script: --creds \"$creds\" is not applied, as $config does not name it; write" \
      "nats.credentials: $config_folder/agent.creds there and run this again."
  needs_node
  before=$(invocation)
  install_program "$from"
  install_users
  write_config
  install_creds "$creds"
  write_defaults
  install_unit
  if [[ -n $start ]]; then
    renew_others
    if is_running || is_starting; then
      renew agent || exit 1
    else
      systemctl reset-failed "$(unit_of)" 2>/dev/null || true
      # It is active once it has read Docker, and that may wait for NATS.
      systemctl start --no-block "$(unit_of)"
    fi
    wait_for_service "$before"
  fi
  tell
}

tell() {
  say "settings: $config ($(grep -E '^control:' "$config" || printf 'control: enforce'))"
  say "look:     systemctl status dqoes-agent, journalctl -u dqoes-agent, dqoes ps"
  say "limit:    set control: enforce in $config, then systemctl reload dqoes-agent"
  say "undo:     $program_folder/deploy/install-agent.sh --uninstall"
}

# As systemd reads the file: a shell would run the second of several options as a command.
agent_options() {
  sed -n 's/^[[:space:]]*DQOES_AGENT_OPTIONS=//p' /etc/default/dqoes-agent 2>/dev/null |
    sed -n -e 's/[[:space:]]*$//' -e "s/^\([\"']\)\(.*\)\1\$/\2/" -e '$p'
}

# A stopped agent puts the limits back by itself; this is for what it could not, or left when it was
# killed. False where limits would stay that nobody puts back.
restore_limits() {
  local -a options=()
  local said code=0
  [[ ! -e $config ]] || options+=(--config "$config")
  exec 3>&1
  # shellcheck disable=SC2046 # Several options in one variable, as in the unit.
  said=$("$launcher" agent restore "${options[@]}" $(agent_options || true) 2>&1 >&3) || code=$?
  [[ -z $said ]] || note "$said"
  ((code != 0)) || return 0
  if knows_limits || ! runs_on "$said"; then return 1; fi
  say "limits:   that agent goes on, and puts back what it has set when it ends"
}

# What the journals of the service itself still know.
knows_limits() {
  local kept
  for kept in "$journal"* "$state"/gpus*; do
    [[ ! -f $kept ]] || grep -q '"entries":\[\]' "$kept" || return 0
  done
  return 1
}

# An agent that runs on, as of a "dqoes up" from a clone, puts back by itself what it has set; one
# of the program that goes could not. Given what "restore" said.
runs_on() {
  local pid
  pid=$(sed -n 's/^Another agent (process \([0-9]*\),.*/\1/p' <<<"$1" | head -n 1)
  [[ -n $pid && -d /proc/$pid ]] && ! grep -qsaF "$program_folder/" "/proc/$pid/cmdline"
}

stop_agent() {
  local was
  was=$(systemctl is-active "$(unit_of)" || true)
  systemctl stop "$(unit_of)"
  if ! restore_limits; then
    # What is limited keeps its agent, also after the next boot.
    [[ ! $was =~ ^(active|activating|reloading)$ ]] ||
      systemctl start --no-block "$(unit_of)"
    fail "$script: not every limit is back (see above), so everything stays as it was; put that" \
      "right, as by starting Docker or ending a dqoes up, and run this again."
  fi
  systemctl --quiet disable "$(unit_of)"
}

uninstall_agent() {
  needs_root_and_systemd
  if is_installed; then
    stop_agent
    tell_jobs_left
    remove_unit
    remove_program_unless_used
  else
    refuse_without_program
  fi
  if [[ -n $purge ]]; then
    # What another agent of this host has noted there stays.
    [[ -n $(find "$records" -type f -print -quit 2>/dev/null) ]] || rm -rf "$records"
    purge "$config" "$config_folder/agent.d" "$config_folder/policy.yaml" "$journal"* \
      "$state"/{acts,starts,names,gpus,sealing-key}* "$config_folder"/agent-*.nk \
      "$config_folder"/agent-*.ca.pem
    say "removed, with settings and state"
  else
    say "removed; $config_folder and /var/lib/dqoes stay (--uninstall --purge removes them)"
  fi
}

# What an earlier --uninstall left can be purged, but not a journal that still knows limits.
refuse_without_program() {
  local kept
  [[ -n $purge && -e $config ]] ||
    fail "$script: no agent is installed on this host; there is nothing to remove."
  for kept in "$journal" "$state/gpus"; do
    [[ ! -e $kept ]] || grep -q '"entries":\[\]' "$kept" ||
      fail "$script: $kept knows limits that are not put back; install the agent again, then" \
        "--uninstall --purge."
  done
}

tell_jobs_left() {
  local count
  count=$(docker ps --quiet --filter label=dqoes.allocation 2>/dev/null | wc -l)
  ((count == 0)) ||
    note "jobs: $count containers of jobs run on without limits; \"docker ps --filter" \
      "label=dqoes.allocation\" lists them."
}

main() {
  read_arguments "$@"
  case $action in
    install) install_agent ;;
    uninstall) uninstall_agent ;;
    help) usage ;;
  esac
}

main "$@"
