import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sh } from '../../../cli/bench/hosts/shell.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const LOCK = 'node_modules/.package-lock.json';

interface Installed {
  readonly packages: Readonly<
    Record<
      string,
      { readonly dependencies?: Readonly<Record<string, string>>; readonly dev?: boolean }
    >
  >;
}

/** What the machine gets besides the tree. */
export interface PayloadParts {
  /** Of this machine's engine. */
  readonly images: readonly string[];
  /** Files of this machine, for /payload/files. */
  readonly files?: readonly string[];
}

/** Packages built here are put there by name; the site is for readers, the bundle for tests. */
const LEFT = ['packages', 'site', 'bundle'].map((name) => join(ROOT, 'dist', name));

/** More than fits in it by far: what is empty takes no place here. */
const DISK_SIZE = '2G';

/**
 * A disk with the built tree, tests included, the packages they need, images and files; made in
 * `folder`.
 */
export function makePayload(folder: string, { images, files = [] }: PayloadParts): string {
  const tree = join(folder, 'payload', 'tree');
  mkdirSync(tree, { recursive: true });
  const filter = (path: string): boolean => !LEFT.includes(path);
  for (const name of ['package.json', 'dist', 'deploy', 'schemas', 'lab/scenarios', LOCK])
    cpSync(join(ROOT, name), join(tree, name), { recursive: true, filter });
  for (const file of files) cpSync(file, join(folder, 'payload', 'files', basename(file)));
  for (const name of packagesToTest())
    cpSync(join(ROOT, 'node_modules', name), join(tree, 'node_modules', name), { recursive: true });
  sh('docker', 'save', '-o', join(folder, 'payload', 'images.tar'), ...images);
  const disk = join(folder, 'payload.img');
  sh('mke2fs', '-q', '-t', 'ext4', '-L', 'payload', '-d', join(folder, 'payload'), disk, DISK_SIZE);
  rmSync(join(folder, 'payload'), { recursive: true });
  return disk;
}

/** What runs needs, and mocha with all it needs: names of the folders in `node_modules`. */
function packagesToTest(): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, LOCK), 'utf8')) as Installed;
  const found = new Set<string>();
  const add = (name: string): void => {
    const known = packages[`node_modules/${name}`];
    if (known === undefined || found.has(name)) return;
    found.add(name);
    // What lies inside another package's folder comes with it, but its own needs may lie at the
    // top.
    const inside = Object.entries(packages).filter(([path]) =>
      path.startsWith(`node_modules/${name}/`),
    );
    for (const { dependencies } of [known, ...inside.map(([, value]) => value)])
      for (const needed of Object.keys(dependencies ?? {})) add(needed);
  };
  const top = Object.entries(packages).filter(
    ([path, { dev }]) => dev !== true && /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path),
  );
  for (const [path] of top) add(path.slice('node_modules/'.length));
  add('mocha');
  return found;
}
