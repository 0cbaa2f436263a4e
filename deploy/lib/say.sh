# shellcheck shell=bash
# Messages of the deploy scripts: progress on standard output, faults on standard error.
# Sourced, never run. QUIET=1 prints no progress; faults are always printed.

say() {
  [[ -n ${QUIET:-} ]] || printf '%s\n' "$*"
}

# Something that was there already: printed when it was asked for, not within a bootstrap.
say_present() {
  [[ -n ${ONLY_CHANGES:-} ]] || say "$@"
}

note() {
  printf '%s\n' "$*" >&2
}

# One sentence with its cure, then exit 1.
fail() {
  note "$*"
  exit 1
}

# One sentence with its cure, then exit 2: the command line was wrong.
fail_usage() {
  note "$*"
  exit 2
}

# Seconds since the epoch with a fraction, for seconds_since.
now() {
  printf '%s' "${EPOCHREALTIME/,/.}"
}

# seconds_since START: "2.3"
seconds_since() {
  awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f", to - from }'
}

# `set -e` alone ends a script without a message.
set -o errtrace
trap 'note "${0##*/}: line $LINENO: \"$BASH_COMMAND\" failed."' ERR
