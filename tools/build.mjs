// Builds dist/: compiles, copies generated code, bundles the page of the console, notes which build
// it is, and prunes outputs whose source is gone (a stale test must not run). Usage: node
// tools/build.mjs [--bundle]. --bundle: also bundles the program for tests (test-program.mjs).
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIdOf } from './build-id.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
/** What tools/page.mjs, tools/site.mjs and tools/test-program.mjs write. */
const OTHERS = new Set(['console/page/site', 'site', 'bundle'].map((path) => join(dist, path)));

/**
 * Generated code without comments and indentation, which are more than half of it: the engine holds
 * the text of what it runs for as long as the program runs.
 */
const bareCode = (code) =>
  code
    .replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '')
    .replace(/^[ \t]+/gm, '')
    .replace(/\n{2,}/g, '\n');

function prune(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (OTHERS.has(path)) continue;
    if (entry.isDirectory()) {
      prune(path);
      continue;
    }
    const source = join(root, relative(dist, path));
    const stem = source.replace(/\.js(\.map)?$/, '');
    if (stem !== source && !existsSync(`${stem}.ts`) && !existsSync(`${stem}.js`)) rmSync(path);
  }
}

const compiled = spawnSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', root],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
mkdirSync(join(dist, 'proto/generated'), { recursive: true });
for (const name of readdirSync(join(root, 'proto/generated')).filter((each) =>
  each.endsWith('.js'),
))
  writeFileSync(
    join(dist, 'proto/generated', name),
    bareCode(readFileSync(join(root, 'proto/generated', name), 'utf8')),
  );
const build = `export const BUILD = ${JSON.stringify(buildIdOf(root))};\n`;
writeFileSync(join(dist, 'shared/build.js'), build);
prune(dist);
const page = spawnSync(process.execPath, [join(root, 'tools/page.mjs')], { stdio: 'inherit' });
if (page.status !== 0) process.exit(page.status ?? 1);
const cli = join(dist, 'cli/main.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
if (process.argv.includes('--bundle')) await import('./test-program.mjs');
