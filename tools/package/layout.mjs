// PURE: which file of a package lies where, with which rights.
import { gzipSync } from 'node:zlib';

/** Folder of the program on a host. */
export const PROGRAM_FOLDER = '/usr/lib/dqoes';
const DOCUMENTS = '/usr/share/doc/dqoes';
const UNITS = '/usr/lib/systemd/system';

/** Settings that belong to the operator of the host: packages write them once. */
export const SETTINGS = [
  '/etc/default/dqoes-agent',
  '/etc/default/dqoes-console',
  '/etc/default/dqoes-coordinator',
  '/etc/dqoes/agent.yaml',
  '/etc/dqoes/coordinator.yaml',
  '/etc/dqoes/policy.yaml',
];

/** The console has a user of its own, which reads no key but its own. */
const USERS = 'u dqoes - "dqoes services"\nu dqoes-console - "dqoes console"\n';

const FILE = 0o644;
const EXECUTABLE = 0o755;
/** Of settings that systemd reads for a service, and in which an address may hold a password. */
const PRIVATE = 0o640;

const text = (path, content, mode = FILE) => ({ path, bytes: Buffer.from(content), mode });
const copied = (path, from, mode = FILE) => ({ path, from, mode });

/** The same bytes at any time and on any machine: no name and no time inside. */
export function gzipped(content) {
  const bytes = gzipSync(content, { level: 9 });
  // Byte 9 names the system that packed it.
  bytes[9] = 3;
  return bytes;
}

const launcherOf = (template) =>
  template
    .replaceAll('@NODE@', `${PROGRAM_FOLDER}/bin/node`)
    .replaceAll('@PROGRAM@', PROGRAM_FOLDER);

/**
 * All files of a package, sorted by path: `{ path, mode }` with `bytes`, `from` (a file of this
 * machine) or `link` (its target). `parts`: `bundled` (path below the program's folder to text),
 * `manifest` (package.json as shipped), `launcher` (template of the command), `scripts` (of `lib`),
 * `site`, `schemas`, `scenarios`, `helper`, `units`, `settings`, `examples` (each name to file),
 * `man` (name to text), `completions` (shell to text), `node` (file), `documents` (name to text),
 * `overrides` (text).
 */
export function layoutOf(parts) {
  const files = [
    ...programOf(parts),
    text('/usr/bin/dqoes', launcherOf(parts.launcher), EXECUTABLE),
    ...namedIn(UNITS, parts.units),
    text('/usr/lib/sysusers.d/dqoes.conf', USERS),
    ...settingsOf(parts.settings),
    ...Object.entries(parts.man).map(([name, page]) => ({
      path: `/usr/share/man/man1/${name}.gz`,
      bytes: gzipped(page),
      mode: FILE,
    })),
    ...completionsOf(parts.completions),
    text('/usr/share/lintian/overrides/dqoes', parts.overrides),
    ...namedIn(`${DOCUMENTS}/examples`, parts.examples),
    ...Object.entries(parts.documents).map(([name, content]) =>
      name.endsWith('.gz')
        ? { path: `${DOCUMENTS}/${name}`, bytes: gzipped(content), mode: FILE }
        : text(`${DOCUMENTS}/${name}`, content),
    ),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function programOf({ bundled, manifest, scripts, site, schemas, scenarios, helper, node }) {
  const inside = (path) => `${PROGRAM_FOLDER}/${path}`;
  return [
    text(inside('package.json'), manifest),
    copied(inside('bin/node'), node, EXECUTABLE),
    ...Object.entries(bundled).map(([path, content]) => text(inside(path), content)),
    ...namedIn(inside('lib'), scripts),
    ...namedIn(inside('dist/console/page/site'), site),
    ...namedIn(inside('schemas'), schemas),
    ...namedIn(inside('lab/scenarios'), scenarios),
    ...namedIn(inside('gpu-helper'), helper, EXECUTABLE),
  ];
}

const settingsOf = (settings) =>
  Object.entries(settings).map(([name, from]) =>
    copied(`/etc/${name}`, from, name.startsWith('default/') ? PRIVATE : FILE),
  );

const namedIn = (folder, files, mode = FILE) =>
  Object.entries(files).map(([name, from]) => copied(`${folder}/${name}`, from, mode));

const completionsOf = ({ bash, zsh, fish }) => [
  text('/usr/share/bash-completion/completions/dqoes', bash),
  text('/usr/share/zsh/vendor-completions/_dqoes', zsh),
  // Where others than Debian look for it.
  {
    path: '/usr/share/zsh/site-functions/_dqoes',
    link: '../vendor-completions/_dqoes',
    mode: 0o777,
  },
  text('/usr/share/fish/vendor_completions.d/dqoes.fish', fish),
];

/** The folders above `paths`, each once, parents first. */
export function foldersOf(paths) {
  const folders = new Set();
  for (const path of paths) {
    const parts = path.split('/').slice(1, -1);
    for (let count = 1; count <= parts.length; count += 1)
      folders.add(`/${parts.slice(0, count).join('/')}`);
  }
  return [...folders].sort();
}
