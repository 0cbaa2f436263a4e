import { spawn } from 'node:child_process';
import { realClock } from '../../../cli/clock.js';
import { type ContainerLoad, docker, nameOf } from './containers.js';
import { loadsOf } from './loads.js';
import { seedFor } from './plan.js';
import type { PlayedRun } from './play.js';
import { type Calibration, NEIGHBOURS, ratesFor, SERVICES } from './work.js';

/**
 * What happens to one service: its load, or itself; `mixed`: nothing, but all kinds of jobs are
 * there.
 */
export const EVENTS = ['step', 'flash', 'restart', 'model-load', 'mixed'] as const;
/** One of the events. */
export type EventKind = (typeof EVENTS)[number];

/** One run of `bench:ceilings-events`. */
export interface EventKey {
  readonly event: EventKind;
  readonly policy: string;
  readonly repetition: number;
}
/** The run as a person reads it. */
export const eventKeyText = ({ event, policy, repetition }: EventKey): string =>
  `${event}, ${policy}, repetition ${repetition}`;

/** The service that something happens to. */
export const HIT = 'ocr-rec';
const LOAD_PERCENT = 60;
const STEP_FACTOR = 3;
const FLASH_FACTOR = 5;
const FLASH_MS = 20_000;
const MODEL_LOAD_MS = 15_000;
/**
 * After the settling: containers are ready before it, by the time they take to start and answer.
 */
const LEAD_MS = 8000;
/** After the window's begin. */
const LATER_MS = 3000;
/** What is used by the services among all kinds of jobs, per cent of the host. */
const MIXED_PERCENT = 40;
const BAND_FACTORS = [4, 5, 6] as const;
const MIXED_LEFT_OUT = 'ocr-rec';

/** The containers of one run. */
export function eventLoads(
  { event, repetition }: EventKey,
  calibration: Calibration,
  settleMs: number,
): readonly ContainerLoad[] {
  if (event === 'mixed') return mixedLoads(repetition, calibration);
  const changes = changesOf(event, settleMs + LEAD_MS);
  return loadsOf(
    { loadPercent: LOAD_PERCENT, neighbours: 'calm', policy: '', repetition },
    calibration,
  ).map((load) =>
    load.id === HIT && load.arrivals.kind === 'open'
      ? { ...load, arrivals: { ...load.arrivals, changes } }
      : load,
  );
}

function changesOf(
  event: EventKind,
  atMs: number,
): readonly { readonly atMs: number; readonly factor: number }[] {
  if (event === 'step') return [{ atMs, factor: STEP_FACTOR }];
  if (event !== 'flash') return [];
  return [
    { atMs, factor: FLASH_FACTOR },
    { atMs: atMs + FLASH_MS, factor: 1 },
  ];
}

/**
 * Three bands (closed loops), four services with ceilings, and one closed loop that dqoes is told
 * nothing of.
 */
function mixedLoads(repetition: number, calibration: Calibration): readonly ContainerLoad[] {
  const rates = ratesFor(MIXED_PERCENT / 100, calibration, MIXED_LEFT_OUT);
  const services = SERVICES.flatMap(({ id, model, batch }, index): readonly ContainerLoad[] => {
    if (id === MIXED_LEFT_OUT) return [];
    const arrivals = {
      kind: 'open',
      ratePerSecond: rates[id] ?? 0,
      seed: seedFor(repetition, index),
    } as const;
    const latencyMs = calibration.targetMs[id] ?? 0;
    return [
      { id, model, batch, arrivals, target: { latencyMs, statistic: 'p95', mode: 'ceiling' } },
    ];
  });
  const [loop] = NEIGHBOURS;
  if (loop === undefined) return services;
  const bands = BAND_FACTORS.map((factor, index): ContainerLoad => {
    const work = NEIGHBOURS[index % NEIGHBOURS.length] ?? loop;
    const latencyMs = Math.round(factor * (calibration.soloMs[work.id] ?? 0));
    const target = { latencyMs, statistic: 'mean', mode: 'band' } as const;
    return { ...work, id: `band-${index + 1}`, arrivals: { kind: 'closed' }, target };
  });
  return [
    ...services,
    ...bands,
    { ...loop, id: 'background', arrivals: { kind: 'closed' }, target: null },
  ];
}

/** When it happened and when it was over, Unix ms. */
export interface Happened {
  readonly atMs: number;
  readonly overAtMs: number;
}

/**
 * What is done to the containers while they are measured; undefined = nothing, the load does it.
 */
export function doing(event: EventKind, note: (happened: Happened) => void) {
  if (event !== 'restart' && event !== 'model-load') return undefined;
  return async (_fromMs: number, signal: AbortSignal): Promise<void> => {
    await realClock.sleep(LATER_MS, signal);
    signal.throwIfAborted();
    const atMs = realClock.wall();
    await docker('restart', '--time', '0', nameOf(HIT));
    const pid = Number(await docker('inspect', '--format', '{{.State.Pid}}', nameOf(HIT)));
    await ready(atMs, signal);
    if (event === 'model-load') await hold(pid, signal);
    note({ atMs, overAtMs: realClock.wall() });
  };
}

/** Arrivals go on in a process that is stopped: their schedule is fixed, and they wait. */
async function hold(pid: number, signal: AbortSignal): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  try {
    await realClock.sleep(MODEL_LOAD_MS, signal);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  signal.throwIfAborted();
}

/** Resolves when the service says that it is ready, after the time given. */
async function ready(sinceMs: number, signal: AbortSignal): Promise<void> {
  const since = (sinceMs / 1000).toFixed(3);
  const log = spawn('docker', ['logs', '--follow', '--since', since, nameOf(HIT)], { signal });
  await new Promise<void>((resolve, reject) => {
    log.once('error', reject);
    log.once('exit', () => reject(new Error(`${HIT} ended before it was ready`)));
    log.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('"ready":true')) resolve();
    });
  });
  log.removeAllListeners('exit');
  log.kill();
}

/** From the run itself: when the load changed, or what was done to the containers. */
export function happenedIn(event: EventKind, { readyAtMs }: PlayedRun, settleMs: number): Happened {
  const atMs = (readyAtMs.get(HIT)?.[0] ?? Number.NaN) + settleMs + LEAD_MS;
  return { atMs, overAtMs: event === 'flash' ? atMs + FLASH_MS : atMs };
}
