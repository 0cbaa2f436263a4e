#!/usr/bin/env bash
# Makes a machine ready for dqoes. Run it as often as you like: it touches only what is missing.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
# shellcheck source-path=SCRIPTDIR source=lib/say.sh
source "$here/lib/say.sh"
# shellcheck source-path=SCRIPTDIR source=lib/engine.sh
source "$here/lib/engine.sh"
# shellcheck source-path=SCRIPTDIR source=lib/node.sh
source "$here/lib/node.sh"
# shellcheck source-path=SCRIPTDIR source=lib/npm.sh
source "$here/lib/npm.sh"
# shellcheck source-path=SCRIPTDIR source=lib/packages.sh
source "$here/lib/packages.sh"

usage() {
  cat <<TEXT
Usage: deploy/bootstrap.sh [--images | --no-images] [--operate] [--page] [--package]
                           [--quiet]
       deploy/bootstrap.sh --stop-engine [--quiet]
       deploy/bootstrap.sh --engine-state

Installs and starts what dqoes needs and this machine lacks: Docker Engine, nats-server, npm
packages.

  --images         also build the images dqoes/tiny:1, dqoes/nats:1 and dqoes/sample:1
  --no-images      build no images (the default)
  --operate        also install Prometheus with promtool, for the tests of metrics and alert rules;
                   its service is not started
  --page           also install Chromium, for the tests of the console's page and its screenshots
  --package        also install debootstrap, lintian and docker-compose, for the tests of packages
  --stop-engine    stop the Docker Engine which this script started, and only that one
  --engine-state   print started (by this script), found (somebody else's) or none
  --quiet, -q      print faults only
  --help, -h       print this

Settings: DQOES_ENGINE_HOME ($engine_home), DQOES_ENGINE_RUN ($engine_run),
DQOES_ENGINE_OPTIONS (more options for dockerd),
DQOES_ENGINE_DEADLINE_SECONDS ($engine_deadline_seconds).
TEXT
}

read_arguments() {
  action=prepare images= operate= page= package=
  while (($#)); do
    case $1 in
      --images) images=1 ;;
      --no-images) images= ;;
      --operate) operate=1 ;;
      --page) page=1 ;;
      --package) package=1 ;;
      --stop-engine) action=stop ;;
      --engine-state) action=state ;;
      --quiet | -q) QUIET=1 ;;
      --help | -h) action=help ;;
      *)
        fail_usage "bootstrap: unknown argument \"$1\"; deploy/bootstrap.sh --help lists the" \
          "known ones."
        ;;
    esac
    shift
  done
  export QUIET=${QUIET:-}
}

may_install() {
  ((EUID == 0)) && command -v apt-get >/dev/null
}

# The packages this machine lacks, in the variable `missing`. A machine whose engine answers keeps
# its own Docker.
find_missing_packages() {
  missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  command -v nats-server >/dev/null || missing+=(nats-server)
  engine_answers && return 0
  command -v iptables >/dev/null || missing+=(iptables)
  command -v dockerd >/dev/null || missing+=(docker.io)
  # Older Debian releases ship the client inside docker.io and know no docker-cli.
  command -v docker >/dev/null || missing+=('docker-cli|docker.io')
}

install_packages() {
  local had_nats=1
  find_missing_packages
  ((${#missing[@]} > 0)) || return 0
  may_install || return 0
  command -v nats-server >/dev/null || had_nats=
  packages_install dqoes "${missing[@]}"
  # The packaged service would start at the next boot, on the port that `dqoes up` uses.
  if [[ -z $had_nats ]] && has_systemd; then
    systemctl disable --quiet nats-server 2>/dev/null || true
  fi
}

check_programs() {
  [[ $(uname -s) == Linux ]] ||
    fail "system: dqoes controls Linux containers; run this on Linux, not on $(uname -s)."
  install_packages
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    fail "node: Node.js or npm is missing; install Node.js $node_minimum or newer and run this" \
      "again."
  fi
  node_is_enough node ||
    fail "node: $(node --version) is too old; install Node.js $node_minimum or newer and run this" \
      "again."
  command -v docker >/dev/null ||
    fail "docker: the docker command is missing; install Docker Engine, or run this as root on" \
      "Debian."
  command -v nats-server >/dev/null ||
    say "nats: no nats-server on this machine; dqoes will use the official nats image instead" \
      "(install nats-server to avoid the download)"
}

# As Debian 12 has it.
nats_is_old() {
  [[ $(nats-server --version 2>/dev/null) =~ v([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] < 2 || BASH_REMATCH[1] == 2 && BASH_REMATCH[2] < 10))
}

ensure_engine() {
  engine_answers || engine_start
  engine_note_other
}

install_operate() {
  command -v prometheus >/dev/null && command -v promtool >/dev/null && return 0
  may_install ||
    fail "prometheus: not installed; install Prometheus with promtool, or run this as root on" \
      "Debian."
  packages_install "the tests of metrics" prometheus
  # The packaged service would start at the next boot and scrape nothing of ours.
  if has_systemd; then
    systemctl disable --quiet prometheus 2>/dev/null || true
  fi
}

install_page() {
  command -v chromium >/dev/null && return 0
  may_install || fail "chromium: not installed; install Chromium, or run this as root on Debian."
  packages_install "the tests of the page" chromium fonts-dejavu-core fonts-noto-color-emoji
}

install_package_tests() {
  local -a absent=()
  command -v debootstrap >/dev/null || absent+=(debootstrap)
  command -v lintian >/dev/null || absent+=(lintian)
  docker compose version >/dev/null 2>&1 || absent+=(docker-compose)
  ((${#absent[@]} > 0)) || return 0
  may_install ||
    fail "packages: ${absent[*]} missing; install them, or run this as root on Debian."
  packages_install "the tests of packages" "${absent[@]}"
}

build_images() {
  local image
  for image in test-image nats-image sample-image; do
    if [[ $image == nats-image ]] && { ! command -v nats-server >/dev/null || nats_is_old; }; then
      say "dqoes/nats:1: skipped, as this machine has no nats-server 2.10 to put in it"
      continue
    fi
    ONLY_CHANGES=1 "$here/$image/build.sh" && continue
    [[ $image != sample-image ]] || exit 1
    note "The image of $image is needed for tests only: going on without it."
  done
}

prepare() {
  ((EUID != 0)) || packages_drop_leftover
  check_programs
  ensure_engine
  npm_install "$root"
  [[ -z $images ]] || build_images
  [[ -z $operate ]] || install_operate
  [[ -z $page ]] || install_page
  [[ -z $package ]] || install_package_tests
  say "ready: docker $(engine_version), node $(node --version | tr -d v)," \
    "$(nats-server --version 2>/dev/null | tr -d : || printf 'no nats-server')"
}

main() {
  read_arguments "$@"
  case $action in
    prepare) prepare ;;
    stop) engine_stop ;;
    state) engine_state && printf '\n' ;;
    help) usage ;;
  esac
}

main "$@"
