// Writes the files of a package into a folder, and makes archives of it that are always the same.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes `layout` (see layout.mjs) below `folder`. */
export function writeFiles(folder, layout) {
  for (const { path, bytes, from, link, mode } of layout) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (link !== undefined) {
      symlinkSync(link, file);
      continue;
    }
    if (from === undefined) put(file, bytes, mode);
    else {
      copyFileSync(from, file);
      chmodSync(file, mode);
    }
  }
}

/** Writes a file with exactly these rights, whatever the umask says. */
export function put(file, content, mode = 0o644) {
  writeFileSync(file, content);
  chmodSync(file, mode);
}

/** Gives everything below `folder` one time, and folders the usual rights. */
export function settle(folder, atMs) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) settle(path, atMs);
    lutimesSync(path, atMs / 1000, atMs / 1000);
  }
  chmodSync(folder, 0o755);
  lutimesSync(folder, atMs / 1000, atMs / 1000);
}

/** Size of each file of `layout` below `folder`, in its order; a link counts nothing. */
export const sizesOf = (folder, layout) =>
  layout.map(({ path, link }) => (link === undefined ? lstatSync(join(folder, path)).size : 0));

export const hashOf = (file, algorithm = 'sha256') =>
  createHash(algorithm).update(readFileSync(file)).digest('hex');

/** A `.deb` of `folder`, which holds `DEBIAN/` beside the files. */
export function makeDeb(folder, file, atMs) {
  run(
    'dpkg-deb',
    [
      ...['--root-owner-group', '-Zxz', '--uniform-compression', '--threads-max=1'],
      ...['--build', folder, file],
    ],
    atMs,
  );
}

/** A `.tar.gz` of the folder `name` in `parent`. */
export function makeTar({ parent, name, file, atMs }) {
  const time = String(Math.floor(atMs / 1000));
  const tar = [
    ...['tar', '--create', '--format=gnu', '--sort=name', '--owner=0', '--group=0'],
    ...['--numeric-owner', `--mtime=@${time}`, `--directory=${parent}`, name],
  ];
  // gzip of the system: -n leaves out name and time.
  const command = `${tar.map(quoted).join(' ')} | gzip -n -9 > ${quoted(file)}`;
  run('bash', ['-o', 'pipefail', '-c', command], atMs);
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

function run(program, args, atMs) {
  const env = { ...process.env, LC_ALL: 'C', SOURCE_DATE_EPOCH: String(Math.floor(atMs / 1000)) };
  const { status, error } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  if (error !== undefined) throw new Error(`${program} is missing (${error.code}): install it`);
  if (status !== 0) throw new Error(`${program} failed: see above`);
}
