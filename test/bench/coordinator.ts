/**
 * `npm run bench:coordinator -- [--agents 300] [--seconds 20] [--runs 3] [--against DIST]
 * [--per-node 20] [--profile FILE] [--json FILE]`: CPU that one coordinator takes for reports,
 * without a wire: memory bus and stores, a clock that the benchmark moves, each run in a process of
 * its own. Agents report once a second, in ten slices; some lose CPU and get it back. CPU time of
 * the whole process (garbage collector included) while the coordinator works, so that a busy
 * machine changes little. `--against`: the same with the coordinator of another build, second by
 * second in turn; what both decided must be equal, event by event. Its heap holds its code
 * beside that of the benchmark, some 4 MiB.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { pathToFileURL } from 'node:url';
import { CpuMeter, DIST, type Metered } from './lib/cpu-meter.js';
import { jsonFileFrom, optionFrom, quantile } from './lib/process-cost.js';

/** What one run took. */
interface Outcome extends Metered {
  readonly usPerReport: number;
}

const { argv } = process;
const number = (name: string, otherwise: number): number =>
  Number(optionFrom(argv, name) ?? otherwise);
const agents = number('--agents', 300);
const seconds = number('--seconds', 20);
const perNode = number('--per-node', 20);
const child = optionFrom(argv, '--child');

/** A coordinator in a process of its own that goes on by one second when it is asked to. */
class Measured {
  readonly #child: ChildProcess;
  readonly usPerReport: number[] = [];

  constructor(build: string) {
    this.#child = fork(argv[1] ?? '', ['--child', build, ...argv.slice(2)], {
      execArgv: ['--expose-gc'],
    });
    this.#child.once('exit', (code) => {
      if (code !== 0) throw new Error(`a run ended with ${code}`);
    });
  }

  /** Its next answer; `undefined` is sent first where nothing is asked. */
  async ask<T>(what?: 'second' | 'end'): Promise<T> {
    const answer = once(this.#child, 'message');
    if (what !== undefined) this.#child.send(what);
    const [value] = await answer;
    return value as T;
  }

  async second(): Promise<void> {
    this.usPerReport.push(await this.ask<number>('second'));
  }

  async end(): Promise<Outcome> {
    const metered = await this.ask<Metered>('end');
    return { ...metered, usPerReport: quantile(this.usPerReport, 0.5) };
  }
}

async function serve(build: string): Promise<void> {
  const meter = await CpuMeter.start({ build, agents, perNode });
  await meter.settle();
  const profile = optionFrom(argv, '--profile');
  const session = new Session();
  session.connect();
  if (profile !== undefined) {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
  }
  process.send?.('ready');
  process.on('message', async (what) => {
    if (what === 'second') return void process.send?.(await meter.second());
    if (profile !== undefined)
      writeFileSync(profile, JSON.stringify((await session.post('Profiler.stop')).profile));
    process.send?.(meter.total, () => process.exit(0));
  });
}

async function runOnce(builds: readonly string[]): Promise<readonly Outcome[]> {
  const all: Measured[] = [];
  for (const build of builds) {
    const one = new Measured(build);
    await one.ask();
    all.push(one);
  }
  for (let second = 0; second < seconds; second += 1) for (const one of all) await one.second();
  const outcomes: Outcome[] = [];
  for (const one of all) outcomes.push(await one.end());
  return outcomes;
}

function tell(name: string, outcomes: readonly Outcome[]): void {
  const of = (pick: (outcome: Outcome) => number): string => {
    const values = outcomes.map(pick);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return `${quantile(values, 0.5).toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
  };
  const first = outcomes[0];
  console.log(
    `${name}: ${of(({ usPerReport }) => usPerReport)} µs of CPU a report (median second); heap ` +
      `${of(({ heapUsedBytes }) => heapUsedBytes / 2 ** 20)} MiB; n = ${outcomes.length}, ` +
      `${first?.reports} reports, ${first?.desired} desired states, ${first?.events} events each`,
  );
}

async function compare(): Promise<void> {
  const against = optionFrom(argv, '--against');
  const builds = against === undefined ? [DIST] : [DIST, pathToFileURL(`${against}/`).href];
  console.log(`${agents} agents × ${perNode}, ${seconds} s of reports`);
  const runs: (readonly Outcome[])[] = [];
  for (let run = 0; run < number('--runs', 3); run += 1) runs.push(await runOnce(builds));
  const [ours = [], others = []] = builds.map((_, i) => runs.flatMap((run) => run[i] ?? []));
  tell('this build', ours);
  if (others.length > 0) {
    tell('the other build', others);
    const ratios = ours.map(({ usPerReport }, i) => usPerReport / (others[i]?.usPerReport ?? 0));
    console.log(`this ÷ the other: ${ratios.map((ratio) => ratio.toFixed(3)).join(', ')}`);
  }
  const digests = new Set(runs.flat().map(({ digest }) => digest));
  console.log(digests.size === 1 ? 'all decided the same' : `${digests.size} different digests`);
  const jsonFile = jsonFileFrom(argv);
  if (jsonFile !== undefined) writeFileSync(jsonFile, JSON.stringify({ ours, others }));
  if (digests.size > 1) process.exitCode = 1;
}

await (child === undefined ? compare() : serve(child));
