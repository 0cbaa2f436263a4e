import { realClock } from '../../../cli/clock.js';
import { quantile } from '../lib/process-cost.js';
import { closedRequests, livesOf } from './answers.js';
import { type ContainerLoad, kernelOf, logOf, removeAll, startAll } from './containers.js';
import { untilQuiet } from './quiet.js';
import { type Calibration, NEIGHBOURS, SERVICES, targetsFor, type Work } from './work.js';

/** What a calibration needs of the bench. */
export interface CalibrateOptions {
  readonly allocatableCores: number;
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
}

/** A pause between requests keeps the host idle but for one request. */
const THINK_MS = 50;
const SOLO_REQUESTS = 30;
const SOLO_DEADLINE_MS = 20_000;
/** The first ones compile. */
const SKIPPED = 3;
const JOINT_MS = 12_000;
const START_DEADLINE_MS = 60_000;
const POLL_MS = 200;

/**
 * Measures, without dqoes, each workload alone and then the CPU of a request with all services
 * running. Leaves nothing running.
 */
export async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { allocatableCores, say } = options;
  await untilQuiet(options.signal, say);
  const soloMs: Record<string, number> = {};
  for (const work of [...SERVICES, ...NEIGHBOURS]) soloMs[work.id] = await soloOf(work, options);
  say(`alone: ${textOf(soloMs, (ms) => `${ms.toFixed(1)} ms`)}`);
  const workSeconds = await jointWork(options);
  say(`CPU of a request: ${textOf(workSeconds, (seconds) => `${(1000 * seconds).toFixed(1)} ms`)}`);
  return { allocatableCores, workSeconds, soloMs, targetMs: targetsFor(soloMs) };
}

const textOf = (
  values: Readonly<Record<string, number>>,
  unit: (value: number) => string,
): string =>
  Object.entries(values)
    .map(([id, value]) => `${id} ${unit(value)}`)
    .join(', ');

async function soloOf(work: Work, { signal }: CalibrateOptions): Promise<number> {
  try {
    await startAll([{ ...work, arrivals: { kind: 'closed', thinkMs: THINK_MS }, target: null }]);
    const deadline = realClock.now() + SOLO_DEADLINE_MS;
    for (;;) {
      const latencies = closedRequests(livesOf(await logOf(work.id))).flatMap(
        ({ latencyMs }) => latencyMs ?? [],
      );
      const enough = latencies.length >= SOLO_REQUESTS || realClock.now() > deadline;
      if (enough && latencies.length > SKIPPED) return quantile(latencies.slice(SKIPPED), 0.5);
      if (enough)
        throw new Error(`${work.id} answers too slowly to be measured: is the machine busy?`);
      await realClock.sleep(POLL_MS, signal);
      signal.throwIfAborted();
    }
  } finally {
    await removeAll();
  }
}

async function jointWork({ signal }: CalibrateOptions): Promise<Readonly<Record<string, number>>> {
  const ids = SERVICES.map(({ id }) => id);
  const loads = SERVICES.map(({ baseRate, ...work }, index): ContainerLoad => {
    const arrivals = { kind: 'open', ratePerSecond: baseRate, seed: index + 1 } as const;
    return { ...work, arrivals, target: null };
  });
  try {
    await startAll(loads);
    await answered(ids, signal);
    const before = await kernelOf(ids);
    const fromMs = realClock.wall();
    await realClock.sleep(JOINT_MS, signal);
    signal.throwIfAborted();
    const after = await kernelOf(ids);
    const toMs = realClock.wall();
    const entries = ids.map(async (id) => {
      const answers = livesOf(await logOf(id)).flatMap((life) => life.answers);
      const count = answers.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;
      const used = (after.get(id)?.cpuSeconds ?? 0) - (before.get(id)?.cpuSeconds ?? 0);
      if (count === 0 || !(used > 0))
        throw new Error(`${id} answered nothing while its CPU was measured.`);
      return [id, used / count] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    await removeAll();
  }
}

async function answered(ids: readonly string[], signal: AbortSignal): Promise<void> {
  const deadline = realClock.now() + START_DEADLINE_MS;
  for (;;) {
    const lives = await Promise.all(ids.map(async (id) => livesOf(await logOf(id))));
    if (lives.every((each) => (each.at(-1)?.answers.length ?? 0) > 0)) return;
    if (realClock.now() > deadline)
      throw new Error('The services do not answer: is the machine busy?');
    await realClock.sleep(POLL_MS, signal);
    signal.throwIfAborted();
  }
}
