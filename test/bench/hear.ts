/**
 * `npm run bench:hear -- [--agents 100] [--per-node 20] [--seconds 10] [--runs 3] [--build DIST]
 * [--functions N] [--json FILE]`: what a coordinator takes to hear a report: CPU, bytes allocated
 * and, for each allocation, heap that it holds, by part (decoding, folding, deciding, encoding, …).
 * As `bench:coordinator`, without a wire, on a clock that the benchmark moves. CPU time and bytes,
 * so that a machine with little CPU to give changes little. The CPU of the memory bus is in it, and
 * no NATS. Some nodes lose CPU and get it back when the coordinator has answered, as in
 * `bench:cluster`. `--build`: the coordinator of another build; `--functions`: the N functions with
 * most CPU and bytes, too.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { functionOf, type PartSums, partOf } from './lib/cost-parts.js';
import { CpuMeter, DIST } from './lib/cpu-meter.js';
import { allocatedBytes, cpuSamples } from './lib/part-profile.js';
import { jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';

interface Cost {
  readonly usPerReport: number;
  readonly allocatedBytesPerReport: number;
  readonly heldBytesPerAllocation: number;
  /** Share of the CPU, and bytes allocated for a report. */
  readonly parts: Readonly<Record<string, { readonly cpu: number; readonly bytes: number }>>;
  /** Those with most of it, and their shares. */
  readonly functions: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  readonly desired: number;
  readonly events: number;
  readonly digest: string;
}

const { argv } = process;
const number = (name: string, otherwise: number): number =>
  Number(optionFrom(argv, name) ?? otherwise);
const agents = number('--agents', 100);
const perNode = number('--per-node', 20);
const seconds = number('--seconds', 10);
const functions = number('--functions', 0);

async function measure(): Promise<Cost> {
  const build = optionFrom(argv, '--build');
  const root = build === undefined ? DIST : pathToFileURL(`${build}/`).href;
  const options = { build: root, agents, perNode, shrinks: 'until-answered' } as const;
  const meter = await CpuMeter.start(options);
  let held: PartSums | undefined;
  if (functions === 0) await meter.settle();
  else [held] = await allocatedBytes(() => meter.settle(), [functionOf], 'held');
  const each: number[] = [];
  const run = async (): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) each.push(await meter.second());
  };
  await run();
  const usPerReport = quantile(each, 0.5);
  const [cpu, cpuByFunction] = await cpuSamples(run, [partOf, functionOf]);
  const [bytes, bytesByFunction] = await allocatedBytes(run, [partOf, functionOf]);
  if (cpu === undefined || bytes === undefined) throw new Error('nothing was sampled');
  const { heapUsedBytes, desired, events, digest } = meter.total;
  const heldBytes = heapUsedBytes - (await meter.release());
  return {
    usPerReport,
    allocatedBytesPerReport: bytes.total / (agents * seconds),
    heldBytesPerAllocation: heldBytes / (agents * perNode),
    parts: partsOf(cpu, bytes),
    functions: {
      CPU: most(cpuByFunction),
      'bytes allocated': most(bytesByFunction),
      'bytes held': most(held),
    },
    desired,
    events,
    digest,
  };
}

const most = (sums: PartSums | undefined): readonly (readonly [string, number])[] =>
  (sums?.parts ?? [])
    .slice(0, functions)
    .map((name) => [name, (sums?.of(name) ?? 0) / (sums?.total ?? 1)] as const);

function partsOf(cpu: PartSums, bytes: PartSums): Cost['parts'] {
  const names = [...new Set([...cpu.parts, ...bytes.parts])];
  return Object.fromEntries(
    names.map((part) => [
      part,
      { cpu: cpu.of(part) / cpu.total, bytes: bytes.of(part) / (agents * seconds) },
    ]),
  );
}

/** A process of its own for each run: what one has compiled is no help to the next. */
async function runOnce(): Promise<Cost> {
  const child: ChildProcess = fork(argv[1] ?? '', ['--child', '', ...argv.slice(2)], {
    execArgv: ['--expose-gc'],
  });
  const [cost] = (await once(child, 'message')) as [Cost];
  return cost;
}

function tell(costs: readonly Cost[]): void {
  const of = (pick: (cost: Cost) => number, digits = 0): string => {
    const values = costs.map(pick);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const shown = [quantile(values, 0.5), low, high].map((value) => value.toFixed(digits));
    return `${shown[0]} (${shown[1]} to ${shown[2]})`;
  };
  const [first] = costs;
  console.log(
    `${agents} agents × ${perNode}, n = ${costs.length}: ` +
      `${of(({ usPerReport }) => usPerReport)} µs of CPU and ` +
      `${of(({ allocatedBytesPerReport: bytes }) => bytes / 1024, 1)} KiB allocated a report; ` +
      `${of(({ heldBytesPerAllocation: bytes }) => bytes)} bytes held an allocation; ` +
      `${first?.desired} desired states, ${first?.events} events each`,
  );
  for (const part of Object.keys(first?.parts ?? {}))
    console.log(
      `  ${part.padEnd(12)} ${of((cost) => 100 * (cost.parts[part]?.cpu ?? 0), 1)} % of the CPU, ` +
        `${of((cost) => (cost.parts[part]?.bytes ?? 0) / 1024, 1)} KiB`,
    );
  for (const [what, most] of Object.entries(first?.functions ?? {}))
    for (const [name, share] of most)
      console.log(`  ${(100 * share).toFixed(1)} % of the ${what}: ${name}`);
  const digests = new Set(costs.map(({ digest }) => digest));
  console.log(`${digests.size === 1 ? 'all decided the same' : 'not the same'}: ${first?.digest}`);
}

async function main(): Promise<void> {
  const costs: Cost[] = [];
  for (let run = 0; run < number('--runs', 3); run += 1) costs.push(await runOnce());
  tell(costs);
  const jsonFile = jsonFileFrom(argv);
  if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ costs }));
}

if (argv.includes('--child')) {
  const cost = await measure();
  process.send?.(cost, () => process.exit(0));
} else await main();
