import { type NodeId, toSafeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Disturbance } from '../disturbance.js';
import { LongRuns } from '../host/long-runs.js';
import type { Recording, ReportLine } from '../recording/types.js';
import type { Scenario, ScenarioJob } from '../types.js';
import { silences, stolenCpu } from './fit-host.js';
import { type FittedJob, fitJob, roundedTo } from './fit-job.js';
import { type JobSeries, seriesOf, targetChangesOf } from './series.js';

/** A scenario fitted to a recording. */
export interface Fit {
  readonly scenario: Scenario;
  /** The series behind each job of the scenario, in the order of `scenario.jobs`. */
  readonly series: readonly JobSeries[];
  /** One sentence for each part that is left out or simplified. */
  readonly notes: readonly string[];
}

/** What the fitted scenario takes from the caller. */
export interface FitOptions {
  /**
   * Interval of scoring and of the policies, ms; absent = five report intervals, as in production.
   */
  readonly intervalMs?: number;
  readonly seed?: number;
  /** Name of the scenario; absent = after the cluster. */
  readonly name?: string;
}

const INTERVALS = { least: 500, most: 600_000 } as const;
const DAY_MS = 86_400_000;
/**
 * A simulated container runs about a second after its placement. A recorded start that took longer
 * than `most` is moved to `least` before the container ran.
 */
const USUAL_START_MS = { most: 3000, least: 1000 } as const;
const REPORTS_PER_INTERVAL = 5;

/** Fits the cluster and its jobs. Faults: there is nothing to replay. */
export function fitRecording(recording: Recording, options: FitOptions = {}): Result<Fit> {
  const { reports } = recording;
  const last = reports.at(-1);
  if (last === undefined)
    return err([
      fault('it holds no report of any node: was an agent running? Is --cluster right?'),
    ]);
  const intervalMs = options.intervalMs ?? usualInterval(reports);
  const durationMs = Math.min(
    DAY_MS,
    Math.floor((last.atMs + last.intervalMs) / intervalMs) * intervalMs,
  );
  if (durationMs < Math.max(1000, intervalMs))
    return err([
      fault(
        `it holds ${Math.round(last.atMs)} ms, less than one interval of ${intervalMs} ms: ` +
          'record for longer',
      ),
    ]);
  const nodes = nodesOf(reports);
  const runs = new LongRuns();
  const fitted = seriesOf(recording).flatMap((series) => {
    const job = fitJob(series, { runs, maxCores: nodes.get(series.node)?.cpuCores ?? 1 });
    return series.fromMs < durationMs ? [{ series, job }] : [];
  });
  const good = fitted.flatMap(({ series, job }) => (job === null ? [] : [{ series, job }]));
  if (good.length === 0)
    return err([
      fault('no container with a target answered requests: there is nothing to fit a model to'),
    ]);
  const name = options.name ?? `recording-${toSafeId(recording.header.cluster)}`;
  const known = new Set(good.map(({ series }) => `${series.node} ${series.allocation}`));
  const disturbances = [
    ...[...nodes.values()].flatMap(({ id, lines }) => [
      ...stolenCpu(id, lines, ({ allocation }) => known.has(`${id} ${allocation}`)),
      ...silences(id, lines),
    ]),
    ...good.flatMap(({ series, job }) => [...targetChanges(series), ...job.disturbances]),
  ].filter(({ atMs }) => atMs < durationMs);
  const scenario: Scenario = {
    name,
    seed: options.seed ?? 1,
    intervalMs,
    durationMs,
    nodes: [...nodes.values()].map(({ id, cpuCores }) => ({ id, cpuCores })),
    jobs: good.map(({ series, job }) => scenarioJob(series, job)),
    disturbances: [...disturbances].sort((a, b) => a.atMs - b.atMs),
  };
  return ok({ scenario, series: good.map(({ series }) => series), notes: notesOf(fitted) });
}

const fault = (message: string): Fault => ({
  code: 'recording.bad',
  field: '',
  message: `The recording cannot be replayed: ${message}`,
});

function usualInterval(reports: readonly ReportLine[]): number {
  const sorted = reports.map(({ intervalMs }) => intervalMs).sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 1000;
  return Math.min(INTERVALS.most, Math.max(INTERVALS.least, REPORTS_PER_INTERVAL * middle));
}

interface FitNode {
  readonly id: NodeId;
  readonly cpuCores: number;
  readonly lines: readonly ReportLine[];
}

function nodesOf(reports: readonly ReportLine[]): ReadonlyMap<NodeId, FitNode> {
  const lines = new Map<NodeId, ReportLine[]>();
  for (const report of reports) {
    const known = lines.get(report.node) ?? [];
    lines.set(report.node, known);
    known.push(report);
  }
  const nodes = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    nodes.map(([id, own]) => {
      const cpuCores = Math.max(0.01, roundedTo(own.at(-1)?.host.allocatableCpuCores ?? 0, 3));
      return [id, { id, cpuCores, lines: own }];
    }),
  );
}

function scenarioJob(series: JobSeries, { model }: FittedJob): ScenarioJob {
  const first = targetChangesOf(series)[0]?.target;
  const last = series.points.at(-1)?.container;
  const target = last?.target ?? first;
  return {
    id: series.id,
    atMs: arrivalMs(series),
    untilMs:
      series.untilMs === null ? null : Math.max(arrivalMs(series) + 1, Math.round(series.untilMs)),
    targetMs: Math.max(1, roundedTo(first?.latencyMs ?? 1000, 3)),
    demandRatio: null,
    statistic: target?.statistic ?? 'mean',
    toleranceRatio: Math.min(0.999, target?.toleranceRatio ?? 0.1),
    mode: target?.mode ?? 'band',
    weight: Math.min(1000, Math.max(0.001, last?.weight ?? 1)),
    model,
    workload: null,
  };
}

function arrivalMs({ fromMs, points }: JobSeries): number {
  if (fromMs === 0) return 0;
  const running = points.find(({ container }) => container.state === 'running')?.atMs ?? fromMs;
  return Math.round(
    running - fromMs <= USUAL_START_MS.most ? fromMs : running - USUAL_START_MS.least,
  );
}

const targetChanges = (series: JobSeries): readonly Disturbance[] =>
  targetChangesOf(series)
    .slice(1)
    .map(({ atMs, target }) => ({
      kind: 'target',
      atMs: Math.round(atMs),
      job: series.id,
      targetMs: Math.max(1, roundedTo(target.latencyMs, 3)),
    }));

function notesOf(
  fitted: readonly { readonly series: JobSeries; readonly job: FittedJob | null }[],
): readonly string[] {
  return fitted.flatMap(({ series, job }) => {
    if (job === null)
      return [`${series.id} on ${series.node} is left out: too few requests to fit a model`];
    return [...job.notes, ...changeNotes(series)];
  });
}

function changeNotes({ id, points }: JobSeries): readonly string[] {
  const kinds = new Set(
    points.map(
      ({ container: { target, weight } }) =>
        `${target?.statistic} ${target?.mode} ${target?.toleranceRatio} ${weight}`,
    ),
  );
  return kinds.size > 1
    ? [
        `${id}: statistic, mode, tolerance or weight changed on the way; the last ones are ` +
          'taken for all of it',
      ]
    : [];
}
