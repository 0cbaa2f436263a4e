// Makes the packages of dqoes in dist/packages: a .deb, an archive with install.sh, a bill of
// materials, SHA256SUMS. Usage: npm run package -- [--check] [--out DIR] [--version V]
// [--sign minisign:SECRET-KEY | gpg:KEY-ID]. --check makes them twice and compares.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { controlOf, installedKib, md5sumsOf } from './package/control.mjs';
import { foldersOf, layoutOf, SETTINGS } from './package/layout.mjs';
import { overridesOf } from './package/lintian.mjs';
import { optionsOf } from './package/options.mjs';
import { emptyOut, refuseOthers } from './package/out.mjs';
import { sbomOf } from './package/packages.mjs';
import { buildTimeMs, gather, glibcOf, MAINTAINER } from './package/parts.mjs';
import { signSums } from './package/sign.mjs';
import { changeBetween, hashIn, sourcesOf } from './package/sources.mjs';
import { hashOf, makeDeb, makeTar, put, settle, sizesOf, writeFiles } from './package/stage.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What the private Node.js runs on: names of Debian and of the kernel. */
const ARCHITECTURE = 'amd64';
const MACHINE = 'x86_64';
const SUMS = 'SHA256SUMS';
const MAINTAINER_SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm'];
/** What the command line must not load before it knows what to do. */
const LATE = ['nats', 'dockerode', 'fastify', 'protobufjs'];

const asked = optionsOf(process.argv.slice(2));
if (typeof asked === 'string') end(asked, 2);
const out = resolve(root, asked.out ?? 'dist/packages');
try {
  await makeAll();
} catch (cause) {
  end(cause.message, 1);
}

function end(message, code) {
  console.error(`package: ${message}`);
  process.exit(code);
}

async function makeAll() {
  refuseOthers(out);
  const builtAtMs = buildTimeMs(root);
  if (builtAtMs === undefined)
    throw new Error('the time of the sources is unknown: set SOURCE_DATE_EPOCH (seconds)');
  const version = asked.version ?? JSON.parse(readFileSync(join(root, 'package.json'))).version;
  const sources = sourcesOf(root);
  const startedAt = performance.now();
  await make(out, { version, builtAtMs });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  for (const name of readdirSync(out).sort())
    console.log(`${name}  ${(statSync(join(out, name)).size / 1e6).toFixed(2)} MB`);
  console.log(`packages in ${out}, made in ${seconds} s`);
  if (asked.check) await compare({ version, builtAtMs }, sources);
  if (asked.sign !== undefined) console.log(`signed: ${signSums(join(out, SUMS), asked.sign)}`);
}

/** Makes all files of one version in `folder`, from the sources on. */
async function make(folder, what) {
  node(['tools/build.mjs'], 'the sources do not build');
  const { parts, packages, program, loaded } = await gather(root, what);
  refuseEarly(loaded);
  const layout = layoutOf({ ...parts, overrides: overridesOf() });
  emptyOut(folder);
  const work = mkdtempSync(join(tmpdir(), 'dqoes-package-'));
  try {
    const stem = join(folder, `dqoes_${what.version}_${ARCHITECTURE}`);
    debOf({ work, layout, file: `${stem}.deb`, ...what });
    archiveOf({ work, layout, folder, ...what });
    writeFileSync(`${stem}.cdx.json`, sbomOf({ program, packages, builtAtMs: what.builtAtMs }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const names = readdirSync(folder).sort();
  const lines = names.map((name) => `${hashOf(join(folder, name))}  ${name}\n`);
  writeFileSync(join(folder, SUMS), lines.join(''));
}

function node(args, fault) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${fault}: see above`);
}

/** A start stays fast only while nobody imports a service at the top of a command. */
function refuseEarly(loaded) {
  const ids = loaded.flatMap(({ moduleIds }) => moduleIds);
  const early = LATE.filter((name) => ids.some((id) => id.includes(`/node_modules/${name}/`)));
  if (early.length > 0)
    throw new Error(`every command would load ${early.join(', ')}: import it when it is used`);
}

function debOf({ work, layout, file, version, builtAtMs }) {
  const tree = join(work, 'deb');
  writeFiles(tree, layout);
  const control = join(tree, 'DEBIAN');
  mkdirSync(control);
  const paths = layout.map(({ path }) => path);
  const sizeKib = installedKib(sizesOf(tree, layout), foldersOf(paths).length);
  const glibc = glibcOf(join(tree, 'usr/lib/dqoes/bin/node'));
  const texts = {
    control: controlOf({
      ...{ version, architecture: ARCHITECTURE, sizeKib, maintainer: MAINTAINER, glibc },
    }),
    conffiles: SETTINGS.map((path) => `${path}\n`).join(''),
    md5sums: md5sumsOf(
      layout
        .filter(({ path, link }) => link === undefined && !path.startsWith('/etc/'))
        .map(({ path }) => [path, hashOf(join(tree, path), 'md5')]),
    ),
  };
  for (const [name, text] of Object.entries(texts)) put(join(control, name), text);
  writeFiles(control, scriptsOf(MAINTAINER_SCRIPTS));
  settle(tree, builtAtMs);
  makeDeb(tree, file, builtAtMs);
}

function scriptsOf(names) {
  const folder = join(root, 'deploy/package');
  return names.map((name) => ({ path: `/${name}`, from: join(folder, name), mode: 0o755 }));
}

function archiveOf({ work, layout, folder, version, builtAtMs }) {
  const name = `dqoes-${version}-linux-${MACHINE}`;
  const tree = join(work, name);
  // What only Debian's own checker reads stays out.
  const files = layout.filter(({ path }) => !path.startsWith('/usr/share/lintian/'));
  writeFiles(join(tree, 'files'), files);
  writeFiles(join(tree, 'scripts'), scriptsOf(MAINTAINER_SCRIPTS));
  put(join(tree, 'scripts/files'), files.map(({ path }) => `${path}\n`).join(''));
  for (const script of ['install.sh', 'uninstall.sh']) {
    const text = readFileSync(join(root, 'deploy/package', script), 'utf8');
    put(join(tree, script), text.replaceAll('@MACHINE@', MACHINE), 0o755);
  }
  put(join(tree, 'LICENSE'), readFileSync(join(root, 'LICENSE')));
  settle(tree, builtAtMs);
  makeTar({ parent: work, name, file: join(folder, `${name}.tar.gz`), atMs: builtAtMs });
}

/**
 * Makes them again, in another folder, at another hour and place, and compares byte for byte.
 * `sources`: what the first ones were made of.
 */
async function compare(what, sources) {
  const again = mkdtempSync(join(tmpdir(), 'dqoes-package-again-'));
  process.env.TZ = 'Pacific/Chatham';
  process.umask(0o077);
  try {
    await makeAgain(again, what, sources);
    const names = [...new Set([...readdirSync(out), ...readdirSync(again)])];
    const differ = names.filter(
      (name) => !/\.(asc|minisig)$/.test(name) && hashIn(out, name) !== hashIn(again, name),
    );
    if (differ.length > 0) {
      refuseChanged(sources);
      throw new Error(`two builds differ in ${differ.join(', ')}`);
    }
    console.log(`two builds are equal, byte for byte: ${names.map((n) => basename(n)).join(', ')}`);
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

async function makeAgain(folder, what, sources) {
  try {
    node(['tools/page.mjs', '--force'], 'the page does not build');
    await make(folder, what);
  } catch (cause) {
    refuseChanged(sources);
    throw cause;
  }
}

/** Two builds say nothing where each is of other sources. */
function refuseChanged(sources) {
  const change = changeBetween(sources, sourcesOf(root));
  if (change !== undefined)
    throw new Error(`the sources changed between the two builds (${change}): run it again`);
}
