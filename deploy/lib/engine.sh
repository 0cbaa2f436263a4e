# shellcheck shell=bash
# Docker Engine for machines where nothing else starts it. Needs say.sh.
#
# Everything the engine owns lies under two folders of its own, so that stopping it by the pid file
# there can never hit an engine of another owner; only the socket is the standard one, so
# that plain `docker` works.

# Images and the log outlive a restart of the machine; files about running processes must not.
engine_home=${DQOES_ENGINE_HOME:-/var/lib/dqoes-engine}
engine_run=${DQOES_ENGINE_RUN:-/run/dqoes-engine}
engine_pid_file=$engine_run/dockerd.pid
engine_log=$engine_home/dockerd.log
engine_state_file=$engine_run/started-by-bootstrap
engine_socket=/var/run/docker.sock
engine_deadline_seconds=${DQOES_ENGINE_DEADLINE_SECONDS:-60}

engine_answers() {
  timeout 10 docker info >/dev/null 2>&1
}

engine_version() {
  timeout 10 docker version --format '{{.Server.Version}}' 2>/dev/null
}

# Where the docker command finds its engine; nothing = it does not say.
engine_endpoint() {
  if [[ -n ${DOCKER_HOST:-} ]]; then
    printf '%s' "$DOCKER_HOST"
  else
    timeout 10 docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true
  fi
}

# Images would be built in one engine and looked for in another.
engine_note_other() {
  local endpoint
  endpoint=$(engine_endpoint)
  [[ -z $endpoint || ${endpoint#unix://} -ef $engine_socket ]] ||
    note "docker: the docker command uses $endpoint, and dqoes uses $engine_socket; unset" \
      "DOCKER_HOST, or run \"docker context use default\", or name the other socket in" \
      "docker.socket of an agent.yaml (dqoes up --agent-config FILE)."
}

has_systemd() {
  [[ -d /run/systemd/system ]]
}

# False for a zombie too: without a process that reaps orphans, a zombie stays for ever.
process_runs() {
  grep -qsE '^State:[[:space:]]+[^ZX]' "/proc/$1/status"
}

# The pid of the engine this folder's pid file names, or failure. A pid alone proves nothing, as
# numbers are used again: it must be a dockerd, and one which was given this very pid file.
engine_own_pid() {
  local pid
  [[ -r $engine_pid_file ]] || return 1
  pid=$(<"$engine_pid_file")
  [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 1
  [[ $(<"/proc/$pid/comm") == dockerd ]] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -e "--pidfile=$engine_pid_file" || return 1
  printf '%s' "$pid"
}

# started: this script started it and it runs; found: another engine answers; none.
engine_state() {
  if [[ -e $engine_state_file ]] && engine_own_pid >/dev/null; then
    printf 'started'
  elif engine_answers; then
    printf 'found'
  else
    printf 'none'
  fi
}

# Starts an engine and waits until it answers.
engine_start() {
  [[ -z ${DOCKER_HOST:-} ]] ||
    fail "docker: no answer at DOCKER_HOST=$DOCKER_HOST; start that engine, or unset DOCKER_HOST" \
      "and run this again."
  engine_refuse_without_root
  if has_systemd; then
    engine_start_by_systemd
  else
    engine_start_by_hand
  fi
}

engine_refuse_without_root() {
  ((EUID != 0)) || return 0
  if [[ -S $engine_socket && ! -w $engine_socket ]]; then
    fail "docker: $(id -un) may not use $engine_socket; add the user to the group" \
      "\"$(stat -c %G "$engine_socket")\" and log in again, or run this as root."
  fi
  fail "docker: no engine answers and only root can start one; start Docker, or run this as root."
}

engine_start_by_systemd() {
  local start
  start=$(now)
  systemctl start docker ||
    fail "docker: systemd could not start it; \"journalctl -u docker -n 20\" tells why."
  engine_wait "$start" "" ||
    fail "docker: started by systemd, but no answer within $engine_deadline_seconds s;" \
      "\"journalctl -u docker -n 20\" tells why."
  say "docker: starting the engine with systemd … ready in $(seconds_since "$start") s"
}

engine_start_by_hand() {
  local start pid
  mkdir -p "$engine_home" "$engine_run"
  exec {engine_lock}>"$engine_run/lock"
  flock -w "$engine_deadline_seconds" "$engine_lock" ||
    fail "docker: another bootstrap has been starting the engine for $engine_deadline_seconds s;" \
      "end it, or wait, and run this again."
  if ! engine_answers; then
    start=$(now)
    engine_refuse_beside_another
    pid=$(engine_own_pid) || engine_launch
    engine_wait "$start" "${pid:-}" || engine_fail_with_log
    engine_record
    say "docker: starting the engine … ready in $(seconds_since "$start") s (log: $engine_log)"
  fi
  exec {engine_lock}>&-
}

# A second engine on the same socket would silently take it away from the first.
engine_refuse_beside_another() {
  local pid
  [[ -r /var/run/docker.pid ]] || return 0
  pid=$(</var/run/docker.pid)
  if [[ $pid =~ ^[0-9]+$ && $(cat "/proc/$pid/comm" 2>/dev/null) == dockerd ]]; then
    fail "docker: an engine (pid $pid) runs already but does not answer; look at its log and" \
      "restart it, then run this again."
  fi
}

engine_launch() {
  local option
  local -a options=(
    "--data-root=$engine_home/data" "--exec-root=$engine_run/exec" "--pidfile=$engine_pid_file"
    "--host=unix://$engine_socket" --shutdown-timeout=5
  )
  command -v dockerd >/dev/null ||
    fail "docker: there is no dockerd on this machine; install Docker Engine and run this again."
  [[ ! -e $engine_log ]] || mv -f "$engine_log" "$engine_log.1"
  ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
  for option in ${DQOES_ENGINE_OPTIONS:-}; do options+=("$option"); done
  setsid dockerd "${options[@]}" </dev/null >"$engine_log" 2>&1 {engine_lock}>&- &
  engine_child=$!
}

# engine_wait START PID: until it answers; failure when it ends or the deadline passes.
engine_wait() {
  local pid=${2:-${engine_child:-}}
  until engine_answers; do
    [[ -z $pid ]] || process_runs "$pid" || return 1
    awk -v from="$1" -v to="$(now)" -v limit="$engine_deadline_seconds" \
      'BEGIN { exit !(to - from < limit) }' || return 1
    sleep 0.2
  done
}

engine_record() {
  printf 'pid=%s\nstarted=%s\nsocket=%s\n' \
    "$(engine_own_pid)" "$(date -u +%FT%TZ)" "unix://$engine_socket" >"$engine_state_file"
}

engine_fail_with_log() {
  local reason
  reason=$(grep -iE 'failed to start daemon|level=fatal|level=error' "$engine_log" | tail -n 1 |
    sed -E 's/^time="[^"]*" level=[a-z]+ msg="?//; s/"$//')
  note "docker: the engine did not start: ${reason:-no answer within $engine_deadline_seconds s}."
  note "The last lines of $engine_log:"
  tail -n 8 "$engine_log" | sed 's/^/  /' >&2
  engine_end "$(engine_own_pid || true)"
  exit 1
}

# Stops the engine which engine_start started by hand, with its containers, and nothing else.
engine_stop() {
  local pid start
  if ! pid=$(engine_own_pid); then
    rm -f "$engine_state_file"
    say "docker: this script has no engine running; nothing to stop"
    return 0
  fi
  ((EUID == 0)) ||
    fail "docker: the engine (pid $pid) was started by root; run --stop-engine as root."
  start=$(now)
  engine_end "$pid"
  rm -f "$engine_state_file"
  say "docker: stopped the engine (pid $pid) in $(seconds_since "$start") s"
}

# Containers are killed first, since one that ignores SIGTERM would hold up the engine and could
# outlive it.
engine_end() {
  local pid=$1 containers
  [[ -n $pid ]] || return 0
  containers=$(timeout 5 docker --host "unix://$engine_socket" ps -q 2>/dev/null || true)
  # shellcheck disable=SC2086 # one word per container
  [[ -z $containers ]] ||
    timeout 20 docker --host "unix://$engine_socket" stop -t 1 $containers >/dev/null 2>&1 ||
    true
  kill -TERM "$pid" 2>/dev/null || true
  engine_await_end "$pid" 150 || {
    kill -KILL "$pid" 2>/dev/null || true
    engine_await_end "$pid" 25 || true
  }
  engine_sweep
}

# engine_await_end PID TENTHS
engine_await_end() {
  local tenths
  for ((tenths = 0; tenths < $2; tenths++)); do
    process_runs "$1" || return 0
    sleep 0.1
  done
  return 1
}

# The same path in another mount namespace is another folder, and the engine there is not ours.
engine_left_processes() {
  local folder
  for folder in /proc/[0-9]*; do
    [[ $(cat "$folder/comm" 2>/dev/null) == containerd* ]] || continue
    [[ $folder/ns/mnt -ef /proc/self/ns/mnt ]] || continue
    tr '\0' ' ' 2>/dev/null <"$folder/cmdline" | grep -qF -e " $engine_run/exec/" || continue
    printf '%s\n' "${folder#/proc/}"
  done
}

# What a killed engine leaves: its containerd, shims and mounts. All of them name our folders.
engine_sweep() {
  local process mount
  for process in $(engine_left_processes); do
    kill -TERM "$process" 2>/dev/null || true
    engine_await_end "$process" 30 || kill -KILL "$process" 2>/dev/null || true
  done
  awk -v home="$engine_home/" -v run="$engine_run/" \
    'index($2, home) == 1 || index($2, run) == 1 { print $2 }' /proc/mounts |
    sort -r | while read -r mount; do
    umount "$mount" 2>/dev/null || umount -l "$mount" 2>/dev/null || true
  done
  rm -f "$engine_pid_file"
}
