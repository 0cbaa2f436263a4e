import type { Disturbance } from '../disturbance.js';
import type { LongRuns } from '../host/long-runs.js';
import type { ArrivalProcess, JobModel } from '../types.js';
import { arrivalKind, rateSegments } from './arrivals.js';
import { fitShape, type ModelShape } from './model.js';
import type { Segment } from './segments.js';
import type { JobSeries } from './series.js';
import { type Stretch, stretchesOf } from './stretches.js';
import { closedNoise, USUAL_NOISE, workSegments } from './work.js';

/** The model of a job, as far as the recording shows it. */
export interface FittedJob {
  readonly model: JobModel;
  /** Changes of work and rate after the start. */
  readonly disturbances: readonly Disturbance[];
  /** Number of requests behind the fit. */
  readonly requests: number;
  /** One sentence for each part that the model leaves out. */
  readonly notes: readonly string[];
}

/** What a fit of a job needs beside its reports. */
export interface FitContext {
  readonly runs: LongRuns;
  /** CPU of the node of the job, cores. */
  readonly maxCores: number;
}

const MIN_REQUESTS = 2;
const MIN_WORK_SECONDS = 1e-5;
const MIN_RATE = 0.001;
const FACTORS = { least: 0.001, most: 1000 } as const;

/** Fits a model to the reports of one job; null = too few requests. */
export function fitJob(series: JobSeries, { runs, maxCores }: FitContext): FittedJob | null {
  const kind = arrivalKind(stretchesOf(series.points, false));
  const isOpen = kind.kind === 'open';
  const stretches = stretchesOf(series.points, isOpen);
  const requests = stretches.reduce((total, { count }) => total + count, 0);
  if (requests < MIN_REQUESTS) return null;
  const clients = kind.kind === 'open' ? null : kind.clients;
  const seenNoise = isOpen ? null : closedNoise(stretches);
  const shape = fitShape({
    stretches,
    clients,
    noiseRatio: seenNoise ?? USUAL_NOISE,
    maxCores,
    runs,
  });
  const work = workSegments(stretches, { noiseRatio: seenNoise ?? USUAL_NOISE, isOpen });
  const rates = isOpen ? rateSegments(stretches) : [];
  const [firstWork] = work;
  if (firstWork === undefined) return null;
  const model: JobModel = {
    workSeconds: Math.max(MIN_WORK_SECONDS, roundedSeconds(firstWork.value * (clients ?? 1))),
    overheadSeconds: roundedSeconds(shape.overheadSeconds),
    parallelism: roundedTo(shape.parallelism, 3),
    noiseRatio: roundedTo(
      seenNoise === null ? USUAL_NOISE : noiseOfWork(seenNoise, shape, stretches),
      3,
    ),
    arrivals: arrivalsOf(rates),
  };
  return {
    model,
    disturbances: [...changes(series, 'workFactor', work), ...changes(series, 'rateFactor', rates)],
    requests,
    notes:
      clients !== null && clients > 1
        ? [
            `${series.id}: ${clients} clients at once are modelled as one with ${clients} ` +
              'times the work a request',
          ]
        : [],
  };
}

function arrivalsOf([first]: readonly Segment[]): ArrivalProcess {
  return first === undefined
    ? { kind: 'closed' }
    : { kind: 'open', ratePerSecond: Math.max(MIN_RATE, roundedTo(first.value, 4)) };
}

// Overhead has no noise of its own: the noise of the whole belongs to the rest.
function noiseOfWork(
  noiseRatio: number,
  { overheadSeconds }: ModelShape,
  stretches: readonly Stretch[],
): number {
  let [waitedMs, count] = [0, 0];
  for (const stretch of stretches)
    [waitedMs, count] = [waitedMs + stretch.waitedMs, count + stretch.count];
  const share = Math.max(0.1, 1 - (1000 * overheadSeconds * count) / waitedMs);
  return Math.min(2, noiseRatio / share);
}

function changes(
  { id }: JobSeries,
  kind: 'workFactor' | 'rateFactor',
  pieces: readonly Segment[],
): readonly Disturbance[] {
  const [first, ...later] = pieces;
  if (first === undefined) return [];
  return later.map(({ fromMs, value }, i): Disturbance => {
    const next = later[i + 1];
    const atMs = Math.max(0, Math.round(fromMs));
    const factor = Math.min(
      FACTORS.most,
      Math.max(FACTORS.least, roundedTo(value / first.value, 4)),
    );
    return {
      kind,
      atMs,
      forMs: next === undefined ? null : Math.max(1, Math.round(next.fromMs) - atMs),
      job: id,
      factor,
    };
  });
}

/** Rounds to a microsecond, in ms as scenario files are read. */
const roundedSeconds = (seconds: number): number => roundedTo(seconds * 1000, 3) / 1000;
/** Rounds to this number of decimals. */
export const roundedTo = (value: number, decimals: number): number =>
  Number(value.toFixed(decimals));
