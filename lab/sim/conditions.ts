import { formatDurationMs } from '../../shared/units.js';
import type { Disturbance } from '../disturbance.js';
import type { LoadFactors } from '../host/container.js';
import type { Scenario, ScenarioJob } from '../types.js';

/** The conditions that a scenario sets at one moment. */
export interface ScenarioConditions {
  /** Jobs that want to run, in id order. */
  readonly jobs: readonly ScenarioJob[];
  readonly targetMs: ReadonlyMap<string, number>;
  readonly load: ReadonlyMap<string, LoadFactors>;
  /** CPU stolen from a node, cores; absent = none. */
  readonly stolenCores: ReadonlyMap<string, number>;
  readonly silentNodes: ReadonlySet<string>;
  readonly silentJobs: ReadonlySet<string>;
}

/**
 * A moment at which the scenario changes something: the changes in words, and the conditions from
 * then on.
 */
export interface ScenarioMoment {
  readonly atMs: number;
  readonly changes: readonly string[];
  readonly conditions: ScenarioConditions;
}

/**
 * Every moment at which the scenario changes something, in order, the first at 0; all within its
 * duration.
 */
export function momentsOf(scenario: Scenario): readonly ScenarioMoment[] {
  const changes = changesOf(scenario).filter(({ atMs }) => atMs < scenario.durationMs);
  const times = [...new Set([0, ...changes.map(({ atMs }) => atMs)])].sort((a, b) => a - b);
  return times.map((atMs) => ({
    atMs,
    changes: changes.filter((change) => change.atMs === atMs).map(({ what }) => what),
    conditions: conditionsAt(scenario, atMs),
  }));
}

interface ScenarioChange {
  readonly atMs: number;
  readonly what: string;
}

function changesOf({ jobs, disturbances }: Scenario): readonly ScenarioChange[] {
  const arrivals = jobs.map(({ id, atMs }) => ({ atMs, what: `${id} arrives` }));
  const departures = jobs.flatMap(({ id, untilMs }) =>
    untilMs === null ? [] : [{ atMs: untilMs, what: `${id} leaves` }],
  );
  const begins = disturbances.map((each) => ({ atMs: each.atMs, what: describe(each) }));
  const ends = disturbances.flatMap((each) =>
    each.kind === 'target' || each.forMs === null
      ? []
      : [{ atMs: each.atMs + each.forMs, what: `${describe(each)}: ends` }],
  );
  return [...arrivals, ...departures, ...begins, ...ends];
}

function describe(disturbance: Disturbance): string {
  switch (disturbance.kind) {
    case 'stolenCpu':
      return `${disturbance.node} loses ${disturbance.cores} CPU`;
    case 'workFactor':
      return `${disturbance.job} work ×${disturbance.factor}`;
    case 'rateFactor':
      return `${disturbance.job} rate ×${disturbance.factor}`;
    case 'target':
      return `${disturbance.job} target ${formatDurationMs(disturbance.targetMs)}`;
    case 'foreign':
      return `${disturbance.node ?? 'all hosts'}: other programs run`;
    case 'silence':
      return `${disturbance.job ?? disturbance.node} silent`;
  }
}

const isOn = (disturbance: Disturbance, atMs: number): boolean =>
  disturbance.atMs <= atMs &&
  (disturbance.kind === 'target' ||
    disturbance.forMs === null ||
    atMs < disturbance.atMs + disturbance.forMs);

/** Overlapping factors multiply, stolen CPU adds up, the latest target holds. */
function conditionsAt({ jobs, disturbances }: Scenario, atMs: number): ScenarioConditions {
  const present = jobs
    .filter((job) => job.atMs <= atMs && (job.untilMs === null || atMs < job.untilMs))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const targetMs = new Map(jobs.map((job) => [job.id, job.targetMs]));
  const load = new Map<string, LoadFactors>();
  const stolenCores = new Map<string, number>();
  const silentNodes = new Set<string>();
  const silentJobs = new Set<string>();
  const inOrder = [...disturbances].sort((a, b) => a.atMs - b.atMs);
  for (const each of inOrder.filter((disturbance) => isOn(disturbance, atMs))) {
    if (each.kind === 'stolenCpu')
      stolenCores.set(each.node, (stolenCores.get(each.node) ?? 0) + each.cores);
    if (each.kind === 'target') targetMs.set(each.job, each.targetMs);
    if (each.kind === 'silence' && each.node !== null) silentNodes.add(each.node);
    if (each.kind === 'silence' && each.job !== null) silentJobs.add(each.job);
    if (each.kind !== 'workFactor' && each.kind !== 'rateFactor') continue;
    const before = load.get(each.job) ?? { workFactor: 1, rateFactor: 1 };
    load.set(each.job, { ...before, [each.kind]: before[each.kind] * each.factor });
  }
  return { jobs: present, targetMs, load, stolenCores, silentNodes, silentJobs };
}

/** Work and rate as the model says. */
export const NO_LOAD: LoadFactors = { workFactor: 1, rateFactor: 1 };
/** A node always keeps this much CPU, cores. */
export const MIN_CAPACITY_CORES = 0.01;
