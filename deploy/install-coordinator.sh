#!/usr/bin/env bash
# Installs a coordinator of dqoes on this host as a systemd service; run it again to upgrade.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
script=install-coordinator
service=coordinator
# shellcheck source-path=SCRIPTDIR source=lib/say.sh
source "$here/lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=lib/node.sh
source "$here/lib/node.sh"
# shellcheck source-path=SCRIPTDIR source=lib/packages.sh
source "$here/lib/packages.sh"
# shellcheck source-path=SCRIPTDIR source=lib/install.sh
source "$here/lib/install.sh"

config=$config_folder/coordinator.yaml
first_start=/run/systemd/system/dqoes-coordinator.service.d/first-start.conf

usage() {
  cat <<TEXT
Usage: deploy/install-coordinator.sh [--nats URL] [--creds FILE] [--new-cluster]
                                     [--from DIR] [--no-start]
       deploy/install-coordinator.sh --uninstall [--purge]

Installs a coordinator as dqoes-coordinator.service, or upgrades it: $config is
written once and then left alone.

  --nats URL       address of NATS with JetStream (nats://127.0.0.1:4222)
  --creds FILE     key for NATS (dqoes auth), copied to $config_folder/coordinator.creds
  --new-cluster    the first time on a NATS server: make the buckets and the event stream
  --from DIR       a built tree (the one this script lies in)
  --no-start       install and enable, but do not start or restart
  --uninstall      remove service and program; settings stay, and so does what NATS holds
  --purge          with --uninstall: remove settings, too
  --help, -h       print this
TEXT
}

read_arguments() {
  action=install nats='' creds='' from=$(dirname "$here") start=1 purge='' new_cluster=''
  while (($#)); do
    case $1 in
      --nats) option_value nats "$@"; check_nats_url "$nats"; shift ;;
      --creds) option_value creds "$@"; check_creds_file "$creds"; shift ;;
      --new-cluster) new_cluster=1 ;;
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
  [[ -z $new_cluster || -n $start ]] ||
    fail_usage "$script: --new-cluster makes the buckets at the start, so --no-start cannot go" \
      "with it; leave one out."
}

write_config() {
  local line_of_creds=''
  [[ -z $creds ]] || line_of_creds=$'\n'"  credentials: $config_folder/coordinator.creds"
  write_new "$config" 640 <<TEXT
# yaml-language-server: \$schema=$program_folder/schemas/coordinator.schema.json
# A dqoes coordinator; docs/configuration.md lists every key.
# Apply changes with: systemctl reload dqoes-coordinator
nats:
  url: "${nats:-nats://127.0.0.1:4222}"$line_of_creds
TEXT
}

# Only at the first start: a store that is lost later must not be created again without a request.
begin_first_start() {
  [[ -n $new_cluster ]] || return 0
  local text=$'[Service]\nEnvironment=DQOES_COORDINATOR_FIRST=--install'
  install -D -m 644 /dev/stdin "$first_start" <<<"$text"
  systemctl daemon-reload
}

end_first_start() {
  [[ -e $first_start ]] || return 0
  rm -f "$first_start"
  rmdir --ignore-fail-on-non-empty "$(dirname "$first_start")"
  systemctl daemon-reload
}

install_coordinator() {
  local before
  check_tree "$from"
  needs_root_and_systemd
  refuses_package
  refuse_settings_of "$config" --nats "$nats"
  [[ -z $creds || ! -e $config ]] || grep -qF "$config_folder/coordinator.creds" "$config" ||
    fail_usage "$script: --creds \"$creds\" is not applied, as $config does not name it; write" \
      "nats.credentials: $config_folder/coordinator.creds there and run this again."
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
    trap end_first_start EXIT
    begin_first_start
    if is_running; then
      renew coordinator || exit 1
    else
      systemctl reset-failed "$(unit_of)" 2>/dev/null || true
      # It is active once it takes part in the election, and that may wait for NATS.
      systemctl restart --no-block "$(unit_of)"
    fi
    wait_for_service "$before"
  fi
  say "settings: $config"
  say "look:     systemctl status dqoes-coordinator, journalctl -u dqoes-coordinator, dqoes node ls"
  say "undo:     $program_folder/deploy/install-coordinator.sh --uninstall"
}

uninstall_coordinator() {
  needs_root_and_systemd
  if is_installed; then
    systemctl --quiet disable --now "$(unit_of)"
    remove_unit
    remove_program_unless_used
  elif [[ -z $purge || ! -e $config ]]; then
    # What an earlier --uninstall left can be purged.
    fail "$script: no coordinator is installed on this host; there is nothing to remove."
  fi
  if [[ -n $purge ]]; then
    purge "$config"
    say "removed, with settings; agents keep their limits until another coordinator leads"
  else
    say "removed; $config stays (--uninstall --purge removes it); agents keep their limits until" \
      "another coordinator leads"
  fi
}

main() {
  read_arguments "$@"
  case $action in
    install) install_coordinator ;;
    uninstall) uninstall_coordinator ;;
    help) usage ;;
  esac
}

main "$@"
