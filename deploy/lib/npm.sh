# shellcheck shell=bash
# npm packages of a folder, only when they differ from its package-lock.json. Needs say.sh.

# npm_is_current FOLDER
# npm keeps what it last installed in node_modules/.package-lock.json and writes that file last, so
# it also tells an interrupted install apart. Contents are compared, since git gives every file a
# new time.
npm_is_current() {
  node --input-type=module - "$1" <<'SCRIPT'
import { existsSync, readFileSync } from 'node:fs';
const folder = process.argv[2];
const installedFile = `${folder}/node_modules/.package-lock.json`;
if (!existsSync(installedFile)) process.exit(1);
const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
const installed = read(installedFile);
const stale = Object.entries(read(`${folder}/package-lock.json`)).some(([path, wanted]) => {
  if (path === '' || !path.includes('node_modules/')) return false;
  const present = installed[path];
  if (present === undefined) return !wanted.optional && !wanted.peer;
  return present.version !== wanted.version || present.integrity !== wanted.integrity;
});
process.exit(stale ? 1 : 0);
SCRIPT
}

# npm_install FOLDER: exactly what its package-lock.json names, unless that is there already.
npm_install() {
  local start log
  [[ -e $1/package-lock.json ]] || return 0
  ! npm_is_current "$1" || return 0
  start=$(now)
  log=$(mktemp)
  if ! (cd "$1" && npm ci --no-audit --no-fund </dev/null >"$log" 2>&1); then
    note "npm: \"npm ci\" failed; its last lines follow. Put that right and run this again."
    tail -n 12 "$log" | sed 's/^/  /' >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  say "npm: installing the packages of $(basename "$1") … $(seconds_since "$start") s"
}
