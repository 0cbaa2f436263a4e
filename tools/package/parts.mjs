// What goes into a package, gathered from the built tree of this clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pages } from '../man.mjs';
import { bundle } from './bundle.mjs';
import { copyrightOf, debianChangelog } from './control.mjs';
import { packagesOf } from './packages.mjs';

export const MAINTAINER = 'dqoes maintainers <maintainers@dqoes.example.org>';
/** The packages that the page holds, by the heading of each in its licences. */
const PAGE_PACKAGE = /^## (\S+) - (\S+) \((.*)\)$/gm;

/**
 * Everything of a package: `layout` takes `parts`, the bill of materials `packages`. `version`: of
 * the package; `builtAtMs`: the one time that anything in it has.
 */
export async function gather(root, { version, builtAtMs }) {
  const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const lock = json('package-lock.json');
  const { name, description, license, engines } = json('package.json');
  const node = privateNode(root);
  const bundled = await bundle(root);
  const packages = [
    ...packagesOf(bundled.modules, lock),
    ...packagesOfPage(root, lock),
    { ...node.component, type: 'platform' },
  ];
  const program = { name, version, description, license, type: 'module', private: true, engines };
  const { scriptOf, SHELLS } = await built(root, 'cli/completion/scripts.js');
  const man = await pages(new Date(builtAtMs).toISOString().slice(0, 10));
  const parts = {
    bundled: bundled.files,
    manifest: `${JSON.stringify(program, null, 2)}\n`,
    launcher: readFileSync(join(root, 'deploy/lib/launcher'), 'utf8'),
    scripts: filesIn(root, 'deploy/lib', /^renew\.sh$/),
    node: node.file,
    site: filesIn(root, 'dist/console/page/site'),
    schemas: filesIn(root, 'schemas'),
    scenarios: filesIn(root, 'lab/scenarios', /\.yaml$/),
    helper: filesIn(root, 'deploy/gpu-helper'),
    units: filesIn(root, 'deploy/systemd', /\.service$/),
    settings: filesIn(root, 'deploy/package/settings'),
    examples: { ...filesIn(root, 'deploy/prometheus'), ...filesIn(root, 'deploy/nats', /\.conf$/) },
    man: Object.fromEntries(man.map(({ file, text }) => [basename(file), text])),
    completions: Object.fromEntries(SHELLS.map((shell) => [shell, `${scriptOf(shell)}\n`])),
    documents: documentsOf(root, { version, builtAtMs, packages }),
  };
  return { parts, packages, program, loaded: bundled.loaded };
}

const built = (root, path) => import(pathToFileURL(join(root, 'dist', path)).href);

/** Name below `folder` to file, sorted. */
function filesIn(root, folder, pattern = /./) {
  const top = join(root, folder);
  const names = readdirSync(top, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .sort();
  return Object.fromEntries(names.map((name) => [name, join(top, name)]));
}

/** Node.js as its npm package holds it, of the version and hash in deploy/node. */
function privateNode(root) {
  const home = join(root, 'deploy/node');
  const script = 'source deploy/lib/say.sh; source deploy/lib/npm.sh; npm_install deploy/node';
  const installed = spawnSync('bash', ['-c', script], { cwd: root, stdio: 'inherit' });
  if (installed.status !== 0) throw new Error('Node.js was not fetched: see above');
  const { packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8'));
  const [path, { version, integrity }] = Object.entries(packages).find(([key]) => key !== '');
  const file = join(home, path, 'bin/node');
  const name = basename(path);
  return { file, component: { path, name, version, license: 'MIT', integrity } };
}

/** The oldest glibc that can run `file`, as `2.28`. */
export function glibcOf(file) {
  const found = readFileSync(file, 'latin1').matchAll(/GLIBC_(\d+)\.(\d+)/g);
  const versions = [...found].map(([, major, minor]) => [Number(major), Number(minor)]);
  const [newest] = versions.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  return newest.join('.');
}

function packagesOfPage(root, lock) {
  const text = readFileSync(join(root, 'dist/console/page/site/licences.txt'), 'utf8');
  return [...text.matchAll(PAGE_PACKAGE)].map(([, name, version, license]) => {
    const path = `node_modules/${name}`;
    return { path, name, version, license, integrity: lock.packages[path]?.integrity };
  });
}

function documentsOf(root, { version, builtAtMs, packages }) {
  const read = (path) => readFileSync(join(root, path), 'utf8');
  const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return {
    copyright: copyrightOf(packages),
    'changelog.gz': debianChangelog({ version, maintainer: MAINTAINER, builtAtMs }),
    'CHANGELOG.md.gz': read('CHANGELOG.md'),
    'licences.txt.gz': licencesOf(root, packages),
    ...Object.fromEntries(guides.sort().map((name) => [name, read(`docs/${name}`)])),
  };
}

/** The licence texts of all packages, each text once. */
function licencesOf(root, packages) {
  const byText = new Map();
  for (const { path, name, version, license, type } of packages) {
    const folder = join(root, type === 'platform' ? 'deploy/node' : '', path);
    const file = readdirSync(folder).find((each) => /^(licence|license)/i.test(each));
    const text = file === undefined ? `(${license}; no text)` : readFileSync(join(folder, file));
    const key = createHash('sha256').update(text).digest('hex');
    const known = byText.get(key) ?? { text: String(text).trim(), names: [] };
    known.names.push(`${name} ${version} (${license})`);
    byText.set(key, known);
  }
  const parts = [...byText.values()].map(
    ({ text, names }) => `${names.join('\n')}\n\n${text}\n\n${'-'.repeat(78)}\n`,
  );
  return parts.join('\n');
}

/** The time of everything in a package: SOURCE_DATE_EPOCH, else of the last commit. */
export function buildTimeMs(root) {
  const { SOURCE_DATE_EPOCH: given } = process.env;
  const asked = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const seconds = Number(given ?? (asked.status === 0 ? asked.stdout.trim() : Number.NaN));
  if (!existsSync(join(root, '.git')) && given === undefined) return undefined;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}
