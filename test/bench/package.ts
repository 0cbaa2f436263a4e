/**
 * `npm run bench:package -- --json FILE`: the program as a package brings it against the built tree
 * on this machine's Node.js, in one run: size, number of files, time of `dqoes --version` and of
 * `dqoes --help`, time to the agent's first report, its memory with 50 containers, time to build.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from '../lib/until.js';
import { startBenchAgent } from './lib/agent.js';
import { removeBenchContainers, startIdleContainers } from './lib/containers.js';
import { countersOf, jsonFileFrom } from './lib/process-cost.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNS = 20;
const CONTAINERS = 50;
const SETTLE_MS = 60_000;

type Program = readonly [node: string, main: string];

/** All files below `folder`: how many, and bytes. */
function sizeOf(folder: string): { readonly files: number; readonly bytes: number } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  return { files: files.length, bytes: files.reduce((sum, size) => sum + size, 0) };
}

const ran = (command: string, args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Wall time of each program, in turns, ms. */
function timesOf(programs: readonly Program[], word: string): readonly (readonly number[])[] {
  const times: number[][] = programs.map(() => []);
  for (let run = 0; run < RUNS; run += 1)
    for (const [index, [node, main]] of programs.entries()) {
      const startMs = performance.now();
      ran(node, [main, word]);
      times[index]?.push(performance.now() - startMs);
    }
  return times;
}

/** Of the resident memory: its own, and what is only mapped from files, as the program itself. */
function partsOf(pid: number): { readonly ownBytes: number; readonly mappedBytes: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { ownBytes: of('RssAnon'), mappedBytes: of('RssFile') };
}

async function agentOf(program: Program) {
  const startMs = performance.now();
  const agent = await startBenchAgent({ program });
  try {
    await until(() => agent.lastReport() !== undefined, 'the first report', 60_000);
    const firstReportMs = performance.now() - startMs;
    startIdleContainers(CONTAINERS, agent.labelPrefix);
    const sees = (): boolean => agent.lastReport()?.containers.length === CONTAINERS;
    await until(sees, 'the agent to report every container', 120_000);
    await sleep(SETTLE_MS);
    return { firstReportMs, rssBytes: countersOf(agent.pid).rssBytes, ...partsOf(agent.pid) };
  } finally {
    await agent.stop();
    removeBenchContainers();
  }
}

/** What `deploy/install-agent.sh` of a clone installs. */
function installedTree(folder: string): string {
  const tree = join(folder, 'tree');
  ran(process.execPath, ['deploy/lib/program.mjs', ROOT, tree]);
  return tree;
}

function unpacked(folder: string): string {
  const packages = join(ROOT, 'dist/packages');
  const archive = readdirSync(packages).find((name) => name.endsWith('.tar.gz')) ?? '';
  ran('tar', ['-xzf', join(packages, archive), '-C', folder, '--strip-components=1']);
  return join(folder, 'files/usr/lib/dqoes');
}

async function measure(folder: string) {
  const tree = installedTree(folder);
  const packed = unpacked(folder);
  const main = 'dist/cli/main.js';
  const node = join(packed, 'bin/node');
  const old: Program = [process.execPath, join(tree, main)];
  const bundled: Program = [process.execPath, join(packed, main)];
  const shipped: Program = [node, join(packed, main)];
  const programs = [old, bundled, shipped];
  const nodeBytes = statSync(node).size;
  const { files, bytes } = sizeOf(packed);
  const started = performance.now();
  ran(process.execPath, ['tools/package.mjs', '--out', join(folder, 'again')]);
  const buildSeconds = (performance.now() - started) / 1000;
  const of = (word: string) => {
    const [ofTree, ofBundle, ofPackage] = timesOf(programs, word).map(median);
    return { tree: ofTree, bundle: ofBundle, package: ofPackage };
  };
  return {
    ...{ runs: RUNS, containers: CONTAINERS, node: process.version, buildSeconds },
    size: {
      tree: sizeOf(tree),
      package: { files: files - 1, bytes: bytes - nodeBytes },
      nodeBytes,
    },
    versionMs: of('--version'),
    helpMs: of('--help'),
    agent: {
      tree: await agentOf(old),
      bundle: await agentOf(bundled),
      package: await agentOf(shipped),
    },
  };
}

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-package-'));
  removeBenchContainers();
  try {
    const results = await measure(folder);
    const text = JSON.stringify(results, null, 2);
    console.log(text);
    if (jsonFile !== undefined) writeFileSync(jsonFile, `${text}\n`);
  } finally {
    removeBenchContainers();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
