// Plants one known bug at a time into a copy of dist/ and counts the seeds that the simulation of
// the control plane needs until a promise breaks. dist/ must be built.
// Usage: node tools/planted.mjs [--seeds N] [NAME…]
// Exit: 0 = each bug that can be seen was, 1 = one was not or is stale, 2 = wrong usage.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, makeRoom } from './mutants/workshop.mjs';
import { readBugs } from './planted/list.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const LIMIT_MS = 600_000;

function fail(message) {
  console.error(message);
  process.exit(2);
}

function simulate(room, seeds) {
  const json = join(room, 'figures.json');
  rmSync(json, { force: true });
  const args = ['dist/test/sim/main.js', '--seeds', String(seeds), '--first', '--json', json];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: room,
    timeout: LIMIT_MS,
    maxBuffer: 1e8,
  });
  if (!existsSync(json)) fail(`the simulation did not end: ${stderr || stdout}`);
  return JSON.parse(readFileSync(json, 'utf8'));
}

function tryBug({ name, bug, sources, unseen }, { room, temp, seeds }) {
  const files = sources.map(({ file }) => file.replace(/\.ts$/, '.js'));
  const before = files.map((file) => readFileSync(join(room, 'dist', file)));
  for (const file of files)
    writeFileSync(join(room, 'dist', file), readFileSync(join(temp, 'out', name, file)));
  const { seeds: tried, broken } = simulate(room, seeds);
  for (const [i, file] of files.entries()) writeFileSync(join(room, 'dist', file), before[i]);
  const isSeen = broken.length > 0;
  const verdict = isSeen
    ? `${tried}: ${broken[0].promise}`
    : `not in ${tried}: ${unseen ?? 'IT SHOULD BE'}`;
  console.log(`${name.padEnd(30)} ${bug}\n${' '.repeat(31)}${verdict}`);
  return { name, isAsExpected: isSeen || unseen !== undefined, isSeen };
}

const { values, positionals } = parseArgs({
  options: { seeds: { type: 'string', default: '300' } },
  allowPositionals: true,
});
const { bugs: all, stale } = readBugs(root);
for (const each of stale) console.log(`STALE ${each}`);
const bugs = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
if (bugs.length === 0) fail(`no such bug: ${positionals.join(', ')}`);
const temp = mkdtempSync(join(tmpdir(), 'dqoes-planted-'));
try {
  const complaint = compile(
    root,
    bugs.flatMap(({ sources }) => sources),
    temp,
  );
  if (complaint !== '') fail(`a planted bug does not compile:\n${complaint}`);
  const room = makeRoom(root, join(temp, 'room'), ['dist', 'package.json']);
  console.log('BUG                            seeds until a promise broke: which');
  const results = bugs.map((bug) => tryBug(bug, { room, temp, seeds: Number(values.seeds) }));
  const seen = results.filter(({ isSeen }) => isSeen).length;
  console.log(`${seen} of ${results.length} bugs seen; of the others the table says why`);
  process.exitCode =
    stale.length === 0 && results.every(({ isAsExpected }) => isAsExpected) ? 0 : 1;
} finally {
  rmSync(temp, { recursive: true, force: true });
}
