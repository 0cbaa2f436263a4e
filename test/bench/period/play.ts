import { cpus } from 'node:os';
import { sharesOf } from '../../../agent/containers/weight.js';
import { createCgroupReader } from '../../../agent/drivers/cgroup-reader.js';
import type { CgroupCounters, CgroupHandle } from '../../../agent/ports/cgroup.js';
import { realClock } from '../../../cli/clock.js';
import { type LoggedAnswer, livesOf } from '../ceilings/answers.js';
import {
  type ContainerLoad,
  docker,
  hostCpuSeconds,
  logOf,
  nameOf,
  startAll,
} from '../ceilings/containers.js';
import { cellOf, type PeriodCell, type WindowUse } from './figures.js';
import type { PeriodOptions } from './options.js';
import type { PeriodBlock } from './plan.js';

const START_DEADLINE_MS = 60_000;
const POLL_MS = 200;

/** Models of the loops that take all the CPU they get, in turn. */
const NEIGHBOUR_MODELS = ['ocr-rec', 'ocr-det'] as const;

const loopOf = (id: string, model: string, batch: number): ContainerLoad => ({
  id,
  model,
  batch,
  arrivals: { kind: 'closed' },
  target: null,
});

/**
 * The containers of a bench: all are started once, and stand still but for those that are let go.
 */
export interface PeriodContainers {
  play(block: PeriodBlock): Promise<readonly PeriodCell[]>;
}

/**
 * Starts a container for each model, and neighbours where some are wanted; resolves when all have
 * answered and stand still. Who calls this removes the containers.
 * @throws with a sentence where one does not answer, or `signal` aborts
 */
export async function startContainers(
  options: PeriodOptions,
  signal: AbortSignal,
): Promise<PeriodContainers> {
  const { models, surroundings, cores } = options;
  const neighbours = surroundings.includes('busy')
    ? cpus().map((_, index) =>
        loopOf(
          `near-${index + 1}`,
          NEIGHBOUR_MODELS[index % NEIGHBOUR_MODELS.length] ?? 'ocr-rec',
          4,
        ),
      )
    : [];
  const loads = [...models.map((model) => loopOf(model, model, 1)), ...neighbours];
  await startAll(loads);
  const ids = loads.map(({ id }) => id);
  await untilAnswered(ids, signal);
  await docker('pause', ...ids.map(nameOf));
  // As the agent weighs a container with this limit.
  await docker('update', '--cpu-shares', String(sharesOf(cores)), ...models.map(nameOf));
  const near = neighbours.map(({ id }) => id);
  const handles = await openAll(ids);
  return { play: (block) => playBlock(block, { options, handles, near, signal }) };
}

async function untilAnswered(ids: readonly string[], signal: AbortSignal): Promise<void> {
  const deadline = realClock.now() + START_DEADLINE_MS;
  for (;;) {
    const answers = await Promise.all(ids.map(answersOf));
    const silent = ids.filter((_, i) => answers[i]?.length === 0);
    if (silent.length === 0) return;
    if (realClock.now() > deadline)
      throw new Error(`${silent.join(', ')}: no answer within a minute: is the machine busy?`);
    await sleep(POLL_MS, signal);
  }
}

const answersOf = async (id: string): Promise<readonly LoggedAnswer[]> =>
  livesOf(await logOf(id)).flatMap(({ answers }) => answers);

type Handles = ReadonlyMap<string, CgroupHandle>;

async function openAll(ids: readonly string[]): Promise<Handles> {
  const reader = createCgroupReader();
  const pids = await docker('inspect', '--format', '{{.State.Pid}}', ...ids.map(nameOf));
  const opened = pids
    .trim()
    .split('\n')
    .map(async (pid, index) => {
      const handle = await reader.open(Number(pid));
      if (!handle.ok) throw new Error(`${ids[index]}: ${handle.error}`);
      return [ids[index] ?? '', handle.value] as const;
    });
  return new Map(await Promise.all(opened));
}

interface BlockInput {
  readonly options: PeriodOptions;
  readonly handles: Handles;
  readonly near: readonly string[];
  readonly signal: AbortSignal;
}

async function playBlock(block: PeriodBlock, input: BlockInput): Promise<readonly PeriodCell[]> {
  const { model, surroundings, periodsMs } = block;
  const { options, near } = input;
  const names = (surroundings === 'busy' ? [model, ...near] : [model]).map(nameOf);
  await docker('unpause', ...names);
  const uses: [number, WindowUse][] = [];
  for (const periodMs of periodsMs) uses.push([periodMs, await under(periodMs, model, input)]);
  await docker('pause', ...names);
  const answers = await answersOf(model);
  return uses.map(([periodMs, use]) => cellOf({ ...block, periodMs }, options.cores, answers, use));
}

/** Sets the limit with this period, and measures one window. */
async function under(
  periodMs: number,
  model: string,
  { options: { cores, settleMs, measureMs }, handles, signal }: BlockInput,
): Promise<WindowUse> {
  const periodUs = 1000 * periodMs;
  const quotaUs = Math.round(cores * periodUs);
  const limit = ['--cpu-period', String(periodUs), '--cpu-quota', String(quotaUs)];
  await docker('update', ...limit, nameOf(model));
  await sleep(settleMs, signal);
  const before = await readingOf(handles);
  await sleep(measureMs, signal);
  const after = await readingOf(handles);
  const held = after.counters.get(model)?.limit;
  if (held?.periodUs !== periodUs || Math.abs((held.cpuCores ?? 0) * periodUs - quotaUs) > 1)
    throw new Error(
      `${model}: the kernel holds ${held?.cpuCores ?? 'no limit of'} CPU in ${held?.periodUs} ` +
        `µs, not ${cores} in ${periodUs}: does an agent manage this container?`,
    );
  return useBetween(model, before, after);
}

interface Reading {
  readonly atMs: number;
  readonly hostSeconds: number;
  readonly counters: ReadonlyMap<string, CgroupCounters>;
}

async function readingOf(handles: Handles): Promise<Reading> {
  const hostSeconds = hostCpuSeconds();
  const atMs = realClock.wall();
  const counters = new Map<string, CgroupCounters>();
  for (const [id, handle] of handles) {
    const read = await handle.read();
    if (!read.ok) throw new Error(`${id}: ${read.error}`);
    counters.set(id, read.value);
  }
  return { atMs, hostSeconds, counters };
}

function useBetween(model: string, before: Reading, after: Reading): WindowUse {
  const grown = (id: string, pick: (counters: CgroupCounters) => number): number => {
    const [from, to] = [before.counters.get(id), after.counters.get(id)];
    return from === undefined || to === undefined ? 0 : pick(to) - pick(from);
  };
  const used = (id: string): number => grown(id, ({ cpuUsageSeconds }) => cpuUsageSeconds);
  const all = [...after.counters.keys()].reduce((sum, id) => sum + used(id), 0);
  return {
    window: { fromMs: before.atMs, toMs: after.atMs },
    usedSeconds: used(model),
    periods: grown(model, ({ periods }) => periods),
    throttledPeriods: grown(model, ({ throttledPeriods }) => throttledPeriods),
    othersSeconds: after.hostSeconds - before.hostSeconds - all,
  };
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await realClock.sleep(ms, signal);
  signal.throwIfAborted();
}
