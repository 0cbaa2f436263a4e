// Builds the page of the console into dist/console/page/site: checks its types, bundles it, and
// compresses what is sent. Does nothing where the sources are those of the last build. Fails where
// the script is larger than MAX_SCRIPT_BYTES, compressed. Usage: node tools/page.mjs [--force].
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'console/page');
const site = join(root, 'dist/console/page/site');
const stamp = join(root, 'dist/console/page/site.sha256');
/** All scripts together, gzip. */
const MAX_SCRIPT_BYTES = 150_000;
/** What the page is made of beside its own folder. */
const FOLDERS = ['console/page', 'shared', 'proto/schemas'];
/** Completion in the editor of job files reads it. */
const SCHEMA = 'schemas/job-file.schema.json';
const FILES = [
  ...['console/answers.ts', 'tools/page.mjs', 'tsconfig.json', 'package-lock.json'],
  SCHEMA,
];

const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
const hash = hashOf([...FOLDERS.flatMap(filesIn), ...FILES]);
if (known !== hash || process.argv.includes('--force')) {
  checkTypes();
  await bundle();
  copyFileSync(join(root, SCHEMA), join(site, 'job-file.schema.json'));
  const bytes = compress();
  if (bytes > MAX_SCRIPT_BYTES) fail(`the script has ${bytes} bytes, at most ${MAX_SCRIPT_BYTES}`);
  console.log(`page: ${bytes} bytes of script, compressed`);
  writeFileSync(stamp, hash);
}

function fail(message) {
  console.error(`page: ${message}`);
  process.exit(1);
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

function hashOf(files) {
  const sum = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    sum.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  return sum.digest('hex');
}

function checkTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const checked = spawnSync(process.execPath, [tsc, '-p', source], { stdio: 'inherit' });
  if (checked.status !== 0) process.exit(checked.status ?? 1);
}

async function bundle() {
  const { build } = await import('vite');
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  await build({
    configFile: false,
    root: source,
    base: '/',
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: site,
      emptyOutDir: true,
      target: 'es2022',
      // Nothing inline: the server's policy allows no such script, style or picture.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: 'licences.txt' },
    },
  });
}

/** Writes .br and .gz beside each text; returns the size of the scripts, gzip. */
function compress() {
  let bytes = 0;
  const files = readdirSync(site, { withFileTypes: true, recursive: true });
  for (const entry of files) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(html|js|css|svg|json|txt)$/.test(path)) continue;
    const text = readFileSync(path);
    const packed = gzipSync(text, { level: 9 });
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    writeFileSync(`${path}.gz`, packed);
    writeFileSync(`${path}.br`, brotliCompressSync(text, quality));
    if (extname(path) === '.js') bytes += packed.length;
  }
  return bytes;
}
