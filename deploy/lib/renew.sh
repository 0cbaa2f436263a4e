# shellcheck shell=sh
# Gives the services that run on this host the program that was just installed, and says of each
# what was done. Sourced by postinst of the packages and by the installers of a clone.

# How long a service may take to end before that is said, s.
renew_deadline_seconds=${DQOES_INSTALL_DEADLINE_SECONDS:-30}

# renew SERVICE: false where it runs on by the program before. What does not run is not started.
renew() {
  case $(systemctl is-active "dqoes-$1.service" || true) in
  active | reloading) renew_running "$1" ;;
  activating) renew_waiting "$1" ;;
  failed) echo "dqoes-$1.service: had failed, and is left so (journalctl -u dqoes-$1)" ;;
  esac
}

renew_running() {
  renew_pid=$(renew_show "$1" MainPID)
  renew_how='started again by this version'
  if [ "$(renew_show "$1" CanReload)" = yes ]; then
    # The unit tries the settings before the service ends: a restart would end it for good by those
    # that this version refuses.
    systemctl reload "dqoes-$1.service" || {
      renew_left "$1" "this version does not take its settings (journalctl -u dqoes-$1)" \
        "systemctl reload dqoes-$1"
      return 1
    }
  else
    renew_try "$1" || return 1
    renew_again "$1"
    renew_how="$renew_how; its unit ($(renew_show "$1" FragmentPath)) has no ExecReload: compare \
it with that of this version"
  fi
  renew_ended "$renew_pid" || {
    echo "dqoes-$1.service: is to be started again by this version, and has not ended after" \
      "$renew_deadline_seconds s (systemctl status dqoes-$1)" >&2
    return 0
  }
  echo "dqoes-$1.service: $renew_how"
}

# It waits for NATS or for Docker, and systemd reloads no service that is not there yet.
renew_waiting() {
  renew_try "$1" || return 1
  if [ "$1" = agent ]; then
    systemctl kill --signal=SIGUSR2 dqoes-agent.service 2>/dev/null || true
  else
    systemctl --no-block restart "dqoes-$1.service"
  fi
  echo "dqoes-$1.service: was about to start, and starts again by this version"
}

# For a unit that systemd cannot reload.
renew_again() {
  if [ "$1" = agent ] && [ "$(renew_show agent Restart)" = always ]; then
    # It ends without touching a limit, and the next one takes over.
    systemctl kill --signal=SIGUSR2 dqoes-agent.service
  else
    systemctl --no-block restart "dqoes-$1.service"
  fi
}

# renew_left SERVICE WHY COMMAND
renew_left() {
  echo "dqoes-$1.service: runs on by the program before, since $2; put that right, then $3" >&2
}

# Tries the settings as the service would read them; false where it cannot be given this version.
renew_try() {
  renew_cure="systemctl restart dqoes-$1"
  [ "$1" != agent ] || renew_cure='systemctl kill --signal=SIGUSR2 dqoes-agent'
  renew_words=$(
    renew_show "$1" ExecStart | sed -n 's/.* argv\[\]=\(.*\) ; ignore_errors=.*/\1/p'
  )
  case $renew_words in
  "/usr/bin/dqoes $1" | "/usr/bin/dqoes $1 "*) ;;
  *)
    renew_left "$1" "its unit does not start /usr/bin/dqoes $1, so its settings are not known" \
      "$renew_cure"
    return 1
    ;;
  esac
  renew_code=0
  renew_check "$1" || renew_code=$?
  case $renew_code in
  0) return 0 ;;
  2) renew_left "$1" 'this version does not take its settings (see above)' "$renew_cure" ;;
  *) renew_left "$1" 'its settings could not be tried (see above)' "$renew_cure" ;;
  esac
  return 1
}

# What the unit starts, with --check: as its user, with its variables, which systemd puts in.
renew_check() {
  renew_service=$1
  set --
  for renew_property in User Group SupplementaryGroups Environment; do
    renew_value=$(renew_show "$renew_service" "$renew_property")
    [ -z "$renew_value" ] || set -- "$@" "--property=$renew_property=$renew_value"
  done
  renew_files=$(
    renew_show "$renew_service" EnvironmentFiles | sed -n 's/ (ignore_errors=[a-z]*)$//p'
  )
  while read -r renew_file; do
    [ -z "$renew_file" ] || set -- "$@" "--property=EnvironmentFile=-$renew_file"
  done <<FILES
$renew_files
FILES
  set -f
  # shellcheck disable=SC2086 # Its words; systemd splits the variables among them.
  set -- "$@" /usr/bin/dqoes "$renew_service" --check --quiet \
    ${renew_words#"/usr/bin/dqoes $renew_service"}
  set +f
  systemd-run --quiet --wait --collect --pipe "$@" </dev/null
}

# Waits for a process to end; false where it takes too long.
renew_ended() {
  case $1 in '' | 0) return 0 ;; esac
  renew_looks=$((renew_deadline_seconds * 5))
  while [ -d "/proc/$1" ]; do
    [ "$renew_looks" -gt 0 ] || return 1
    renew_looks=$((renew_looks - 1))
    sleep 0.2
  done
}

renew_show() {
  systemctl show --property "$2" --value "dqoes-$1.service" || true
}
