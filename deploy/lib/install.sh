# shellcheck shell=bash
# What install-agent.sh and install-coordinator.sh share: program, unit, start, removal. Needs
# say.sh, node.sh and packages.sh.

: "${script:?name of the script, for messages}" "${service:?agent or coordinator}"
: "${here:?folder of the script}"
# shellcheck source-path=SCRIPTDIR source=renew.sh
source "$here/lib/renew.sh"

program_folder=/usr/lib/dqoes
launcher=/usr/bin/dqoes
config_folder=/etc/dqoes
unit_folder=/etc/systemd/system
install_deadline_seconds=${DQOES_INSTALL_DEADLINE_SECONDS:-30}

# option_value VARIABLE NAME [VALUE]: sets the variable, or ends with 2.
option_value() {
  [[ -n ${3-} && ${3-} != --* ]] ||
    fail_usage "$script: $2 needs a value; $script --help lists the options."
  printf -v "$1" '%s' "$3"
}

check_nats_url() {
  local pattern='^((nats|tls|wss?)://)?[]A-Za-z0-9._:@,/%[-]+$'
  [[ $1 =~ $pattern ]] ||
    fail_usage "$script: --nats \"$1\" is no address; write it as nats://10.0.0.5:4222, several" \
      "with commas."
}

check_creds_file() {
  [[ -s $1 && -r $1 ]] ||
    fail_usage "$script: --creds \"$1\" is no file with content that can be read; give the key" \
      "of this $service, as dqoes auth makes it."
}

unit_of() {
  printf 'dqoes-%s.service' "${1:-$service}"
}

is_installed() {
  [[ -e $unit_folder/$(unit_of "${1:-}") ]]
}

is_running() {
  systemctl --quiet is-active "$(unit_of)"
}

# A service waits for NATS before it is active.
is_starting() {
  [[ $(systemctl is-active "$(unit_of)") =~ ^(activating|reloading)$ ]]
}

needs_root_and_systemd() {
  ((EUID == 0)) || fail "$script: only root may install services; run this as root."
  [[ -d /run/systemd/system ]] ||
    fail "$script: no systemd runs here; start \"dqoes $service --config FILE\" with the service" \
      "manager of this machine instead."
}

# The program of a package lies where this one goes, and would be lost.
refuses_package() {
  if grep -qsxF "$launcher" /var/lib/dpkg/info/dqoes.list; then
    fail "$script: dqoes is installed as a Debian package here; upgrade that (apt install" \
      "./dqoes_*.deb), or remove it first (apt remove dqoes: settings and state stay)."
  fi
  [[ ! -e $program_folder/uninstall/files ]] ||
    fail "$script: dqoes is installed from its archive here; run the install.sh of a newer one," \
      "or remove it first ($program_folder/uninstall/uninstall.sh: settings and state stay)."
}

needs_node() {
  local node
  if ! command -v node >/dev/null && command -v apt-get >/dev/null; then
    packages_install dqoes nodejs
  fi
  # A version manager puts a script in front of the program, so the program says where it is.
  node=$(node -p process.execPath 2>/dev/null) ||
    fail "node: Node.js is missing; install Node.js $node_minimum or newer and run this again."
  node_is_enough "$node" ||
    fail "node: $("$node" --version) is too old; install Node.js $node_minimum or newer and run" \
      "this again."
  [[ $node != /home/* && $node != /root/* ]] ||
    fail "node: $node lies in a home folder, which services cannot read; install Node.js for the" \
      "whole machine and run this again."
  node_program=$node
}

# The tree that --from names, or the one this script lies in.
check_tree() {
  local file
  for file in package.json dist/cli/main.js node_modules/.package-lock.json; do
    [[ -e $1/$file ]] ||
      fail_usage "$script: --from \"$1\" holds no built program ($file is missing); run \"npm" \
        "ci\" and \"npm run build\" there, or name a folder where that was done."
  done
}

# install_program FROM: the new program is tried before it takes the place of the old one.
install_program() {
  local staged=$program_folder.new
  rm -rf "$staged" "$program_folder.old"
  "$node_program" "$here/lib/program.mjs" "$1" "$staged"
  mkdir "$staged/deploy"
  cp -r "$here"/install-*.sh "$here/lib" "$here/systemd" "$staged/deploy/"
  chown -R root:root "$staged"
  chmod -R u=rwX,go=rX "$staged"
  "$node_program" "$staged/dist/cli/main.js" --version >/dev/null ||
    fail "$script: the program in $1 does not start, so nothing was changed; build it again (npm" \
      "ci, npm run build)."
  # A power cut must not leave a program of empty files. Other disks are not waited for: one of the
  # network that is gone would never answer.
  sync -f "$staged" 2>/dev/null || sync
  [[ ! -e $program_folder ]] || mv "$program_folder" "$program_folder.old"
  mv "$staged" "$program_folder"
  rm -rf "$program_folder.old"
  install_launcher
  say "program: $program_folder, $launcher $("$launcher" --version | paste -s -d ' ' -)"
}

# In one step: services start by it, also while a disk is full.
install_launcher() {
  sed -e "s|@NODE@|$node_program|" -e "s|@PROGRAM@|$program_folder|" "$here/lib/launcher" \
    >"$launcher.part"
  chmod 755 "$launcher.part"
  sync "$launcher.part"
  mv "$launcher.part" "$launcher"
}

# The users of coordinator and console; the group of each may read its credentials. A unit of the
# console is copied by hand, so its user is made here.
install_users() {
  make_user dqoes 'dqoes services'
  make_user dqoes-console 'dqoes console'
}

make_user() {
  getent passwd "$1" >/dev/null ||
    systemd-sysusers --inline "u $1 - \"$2\"" 2>/dev/null ||
    fail "$script: the system user $1 could not be made; make it (useradd --system $1) and run" \
      "this again."
}

# The group that may read the settings and the key of this service. The agent runs as root: no other
# service is to read its own.
group_of_service() {
  if [[ $service == agent ]]; then printf root; else printf dqoes; fi
}

# write_new FILE MODE: writes standard input, unless FILE exists: then it belongs to the operator of
# this machine.
write_new() {
  if [[ -e $1 ]]; then
    cat >/dev/null
    return
  fi
  # What a full disk cuts off must not be taken for a file of the operator the next time.
  install -D -m "$2" -o root -g "$(group_of_service)" /dev/stdin "$1.part"
  sync "$1.part"
  mv "$1.part" "$1"
}

install_creds() {
  [[ -z $1 ]] ||
    install -D -m 640 -o root -g "$(group_of_service)" "$1" "$config_folder/$service.creds"
}

write_defaults() {
  local upper=${service^^}
  write_new "/etc/default/dqoes-$service" 640 <<TEXT
# Options of "dqoes $service" besides --config, for example --log-level warn.
DQOES_${upper}_OPTIONS=
TEXT
}

# refuse_settings_of FILE NAME VALUE…: settings that were given although the file exists already.
refuse_settings_of() {
  local file=$1
  shift
  [[ -e $file ]] || return 0
  while (($#)); do
    [[ -z $2 ]] ||
      fail_usage "$script: $1 \"$2\" is not applied, as $file exists and is yours; write it" \
        "there, then run this again without $1."
    shift 2
  done
}

install_unit() {
  install -m 644 "$here/systemd/$(unit_of)" "$unit_folder/"
  systemctl daemon-reload
  systemctl --quiet enable "$(unit_of)"
}

# Other services of this host run the program that went: they get the one in its place.
renew_others() {
  local other
  for other in agent coordinator console; do
    [[ $other == "$service" ]] || renew "$other" || true
  done
}

invocation() {
  systemctl show --property InvocationID --value "$(unit_of)"
}

log_of() {
  journalctl --no-pager --output cat "_SYSTEMD_INVOCATION_ID=$1" 2>/dev/null
}

# wait_for_service BEFORE: until a process after the invocation BEFORE has told systemd that it is
# ready. A service that is not yet connected to NATS has not failed.
wait_for_service() {
  local before=$1 now_runs deadline=$((SECONDS + install_deadline_seconds))
  while ((SECONDS < deadline)); do
    if systemctl --quiet is-failed "$(unit_of)"; then break; fi
    now_runs=$(invocation)
    if [[ -n $now_runs && $now_runs != "$before" ]] && is_running; then
      say "$(unit_of): active"
      return 0
    fi
    sleep 0.2
  done
  if is_running || is_starting; then
    note "$(unit_of): runs, but is not ready yet; its last lines follow. It goes on trying."
    log_of "$(invocation)" | tail -n 3 | sed 's/^/  /' >&2
    return 0
  fi
  note "$(unit_of): does not run; its last lines follow. Put that right, then \"systemctl restart" \
    "$(unit_of)\"."
  journalctl --no-pager --output cat --unit "$(unit_of)" --lines 5 | sed 's/^/  /' >&2
  exit 1
}

# The unit of another service on this host, if any; the one of a console is copied by hand.
other_unit() {
  local other
  for other in agent coordinator console; do
    [[ $other != "$service" ]] && is_installed "$other" || continue
    unit_of "$other"
    return
  done
}

remove_program_unless_used() {
  local other
  other=$(other_unit)
  if [[ -n $other ]]; then
    say "program: kept, as $other uses it"
    return
  fi
  rm -rf "$program_folder" "$launcher"
}

remove_unit() {
  rm -f "$unit_folder/$(unit_of)"
  systemctl daemon-reload
  systemctl reset-failed "$(unit_of)" 2>/dev/null || true
}

# purge FILE…: settings and state, then the folders and the users where nothing else needs them.
purge() {
  local user
  rm -rf "/etc/default/dqoes-$service" "$config_folder/$service.creds" "$@"
  rmdir --ignore-fail-on-non-empty "$config_folder" /var/lib/dqoes 2>/dev/null || true
  [[ -z $(other_unit) ]] || return 0
  for user in dqoes-console dqoes; do
    ! getent passwd "$user" >/dev/null || userdel "$user" 2>/dev/null || true
  done
}
