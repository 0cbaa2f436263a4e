// Builds the documentation site into dist/site, from the Markdown of the repository, with
// docs/README.md as its table of contents. Usage: npm run site [-- --serve] [--base /PATH/]
// [--port N]. Installs what docs-site/package-lock.json pins, which nothing else needs. --serve:
// then shows it on this machine. --base: where it will stand below the root of a host.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assetOf, isPage, notesOf, pageOf, pageText, sidebarOf } from './site/pages.mjs';
import { serve } from './site/serve.mjs';
import { filesOf } from './style/files.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const builder = join(root, 'docs-site');
const staged = join(builder, '.cache/pages');
const site = join(root, 'dist/site');

/** Something that a browser would fetch from another host. */
const OUTSIDE =
  /<(?:script|img|iframe|source|link)\b[^>]*\s(?:src|srcset|href)="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\//;

const { values } = parseArgs({
  options: {
    serve: { type: 'boolean', default: false },
    base: { type: 'string', default: '/' },
    port: { type: 'string', default: '4173' },
  },
});
if (!/^\/(?:[\w.-]+\/)*$/.test(values.base))
  fail(`--base is ${JSON.stringify(values.base)}: give a path between slashes, as in /dqoes/`);
if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
  fail(`--port is ${JSON.stringify(values.port)}: give a number of 0 to 65535`);
if (values.serve && values.base !== '/') fail('--serve shows it at the root: leave --base out');

build();
if (values.serve) {
  const server = await serve(site, Number(values.port));
  console.log(`site: http://127.0.0.1:${server.address().port}/ (Ctrl-C ends it)`);
}

function fail(message) {
  console.error(`site: ${message}`);
  process.exit(1);
}

function build() {
  install();
  const count = stage();
  rmSync(site, { recursive: true, force: true });
  const vitepress = join(builder, 'node_modules/vitepress/bin/vitepress.js');
  const args = [vitepress, 'build', builder, '--base', values.base];
  const run = spawnSync(process.execPath, args, { cwd: builder, stdio: 'inherit' });
  if (run.status !== 0) fail('it was not built: see above');
  check(count);
}

/** `npm ci` in docs-site, where its lockfile is not the one that was installed last. */
function install() {
  const lock = readFileSync(join(builder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = join(builder, 'node_modules/.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const run = spawnSync('npm', ['ci', '--no-audit'], { cwd: builder, stdio: 'inherit' });
  if (run.status !== 0) fail('npm ci failed in docs-site: see above');
  writeFileSync(stamp, hash);
}

/** Writes the pages, what they link to and the sidebar; returns the number of pages. */
function stage() {
  rmSync(staged, { recursive: true, force: true });
  const read = (file) => readFileSync(join(root, file), 'utf8');
  const isFolder = (path) =>
    existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();
  const pages = filesOf(root).filter(isPage);
  const assets = new Set();
  for (const file of pages) {
    const page = pageText(file, read(file), isFolder);
    for (const asset of page.assets) assets.add(asset);
    write(pageOf(file), page.text);
  }
  for (const asset of assets) copy(asset, `public/${assetOf(asset)}`);
  copy('console/page/icon.svg', 'public/icon.svg');
  writeFileSync(join(builder, '.cache/sidebar.json'), JSON.stringify(sidebars(read, pages)));
  return pages.length;
}

/** The index of the documents everywhere; in a folder with many of a kind, a list of these, too. */
function sidebars(read, pages) {
  const index = read('docs/README.md');
  const usual = sidebarOf(index);
  const notes = notesOf(pages, usual);
  const withAll = (group, folder) => {
    const file = `docs/${folder}/README.md`;
    return [...sidebarOf(index, [{ group, file, text: read(file) }]), notes];
  };
  return {
    '/': [...usual, notes],
    '/decisions/': withAll('All decisions', 'decisions'),
    '/post-mortems/': withAll('All post-mortems', 'post-mortems'),
  };
}

function write(path, text) {
  mkdirSync(dirname(join(staged, path)), { recursive: true });
  writeFileSync(join(staged, path), text);
}

function copy(from, to) {
  mkdirSync(dirname(join(staged, to)), { recursive: true });
  cpSync(join(root, from), join(staged, to));
}

function namesOf(files) {
  return files.map((file) => relative(site, file)).join(', ');
}

/** Every page is there, and nothing of the site comes from elsewhere. */
function check(count) {
  const files = readdirSync(site, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const pages = files.filter((file) => extname(file) === '.html' && !file.endsWith('/404.html'));
  if (pages.length !== count) fail(`${pages.length} pages were built of ${count}`);
  // VitePress leaves a page empty that it could not render, and calls that built.
  const empty = pages.filter((page) => !/<h1\b/.test(readFileSync(page, 'utf8')));
  if (empty.length > 0) fail(`without a heading: ${namesOf(empty)}; see above`);
  const outside = files.filter(
    (file) => ['.html', '.css'].includes(extname(file)) && OUTSIDE.test(readFileSync(file, 'utf8')),
  );
  if (outside.length > 0) fail(`loads from elsewhere: ${namesOf(outside)}`);
  console.log(`site: ${count} pages in ${relative(root, site)}`);
}
