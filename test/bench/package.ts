/**
 * `npm run bench:package -- --json FILE`: the program as a package brings it against the built tree
 * on this machine's Node.js, in one run: size, number of files, time of `dqoes --version` and of
 * `dqoes --help`, time to build; and in turns the agent's first report, its memory and CPU with 50
 * containers: `launched` as its command starts it, `package` without the options and environment
 * that the command gives. `--rounds`, `--containers`, `--settle`, `--seconds` as of `bench:agent`;
 * `--agent`: only the agent. `--against ARCHIVE`: an older package (`dqoes-…-linux-….tar.gz`) takes
 * its turns too; `--flags '--max-semi-space-size=2'`: so does the package with these options of
 * Node.js.
 */
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
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AgentVariant, inTurns, turnsFrom, turnsTable } from './lib/agent-turns.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNS = 20;
const MAIN = 'dist/cli/main.js';
/** Where a package is installed, and its command. */
const INSTALLED = '/usr/lib/dqoes';
const COMMAND = 'bin/dqoes';

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

/** What `deploy/install-agent.sh` of a clone installs. */
function installedTree(folder: string): string {
  const tree = join(folder, 'tree');
  ran(process.execPath, ['deploy/lib/program.mjs', ROOT, tree]);
  return tree;
}

/** The program of an archive, unpacked below `folder`. */
function unpacked(archive: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  ran('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  return join(folder, 'files', INSTALLED);
}

/** The command of a package, for where it was unpacked. */
function launcherOf(packed: string): readonly string[] {
  const text = readFileSync(join(packed, '../..', COMMAND), 'utf8');
  const file = join(packed, '../..', `${COMMAND}-here`);
  writeFileSync(file, text.replaceAll(INSTALLED, packed));
  return ['sh', file];
}

function newestArchive(): string {
  const packages = join(ROOT, 'dist/packages');
  const name = readdirSync(packages).find((each) => each.endsWith('.tar.gz'));
  if (name === undefined) throw new Error(`no archive is in ${packages}: npm run package`);
  return join(packages, name);
}

interface Programs {
  readonly tree: string;
  readonly packed: string;
}

const shippedIn = (packed: string): Program => [join(packed, 'bin/node'), join(packed, MAIN)];
const treeOf = ({ tree }: Programs): Program => [process.execPath, join(tree, MAIN)];
const bundleOf = ({ packed }: Programs): Program => [process.execPath, join(packed, MAIN)];

function sizesAndTimes(folder: string, programs: Programs) {
  const { tree, packed } = programs;
  const timed = [treeOf(programs), bundleOf(programs), shippedIn(packed)];
  const nodeBytes = statSync(join(packed, 'bin/node')).size;
  const { files, bytes } = sizeOf(packed);
  const started = performance.now();
  ran(process.execPath, ['tools/package.mjs', '--out', join(folder, 'again')]);
  const buildSeconds = (performance.now() - started) / 1000;
  const of = (word: string) => {
    const [ofTree, ofBundle, ofPackage] = timesOf(timed, word).map(median);
    return { tree: ofTree, bundle: ofBundle, package: ofPackage };
  };
  return {
    ...{ runs: RUNS, node: process.version, buildSeconds },
    size: {
      tree: sizeOf(tree),
      package: { files: files - 1, bytes: bytes - nodeBytes },
      nodeBytes,
    },
    versionMs: of('--version'),
    helpMs: of('--help'),
  };
}

function variantsOf(folder: string, programs: Programs): readonly AgentVariant[] {
  const [node, main] = shippedIn(programs.packed);
  const against = optionFrom(process.argv, '--against');
  const flags = optionFrom(process.argv, '--flags');
  const before =
    against === undefined
      ? []
      : [{ name: 'before', command: launcherOf(unpacked(against, join(folder, 'before'))) }];
  const withFlags =
    flags === undefined
      ? []
      : [{ name: `package ${flags}`, command: [node, ...flags.split(/\s+/), main] }];
  return [
    ...before,
    { name: 'tree', command: treeOf(programs) },
    { name: 'bundle', command: bundleOf(programs) },
    { name: 'package', command: [node, main] },
    { name: 'launched', command: launcherOf(programs.packed) },
    ...withFlags,
  ];
}

async function measure(folder: string) {
  const packed = unpacked(newestArchive(), join(folder, 'now'));
  const programs = { tree: installedTree(folder), packed };
  const rest = process.argv.includes('--agent') ? {} : sizesAndTimes(folder, programs);
  const options = turnsFrom(process.argv);
  const agent = await inTurns(variantsOf(folder, programs), options);
  console.log(turnsTable(agent));
  return { ...rest, ...options, agent };
}

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-package-'));
  try {
    const results = await measure(folder);
    const text = JSON.stringify(results, null, 2);
    console.log(text);
    if (jsonFile !== undefined) writeFileSync(jsonFile, `${text}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
