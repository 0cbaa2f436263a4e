import { type EventKey, HIT } from './events.js';
import type { Played, PlayedJob } from './play.js';
import { spread } from './table.js';

/** A run of `bench:ceilings-events`. */
export interface EventRun extends EventKey, Played {
  readonly endedAt: string;
  /**
   * Time until no request of three seconds was late, counted from the end of the event, for a
   * restart from its begin, s; null = longer than measured, or nothing happened.
   */
  readonly goneAfterSeconds: number | null;
  /** What each was promised, ms. */
  readonly targetMs: Readonly<Record<string, number>>;
}

type Row = Readonly<Record<string, string | number>>;
const BAND_TOLERANCE = 0.1;

/** A line for each event and policy. */
export function eventTable(runs: readonly EventRun[]): readonly Row[] {
  return groupsOf(runs.filter(({ event }) => event !== 'mixed')).map((group) => {
    const [{ event, policy }] = group;
    const hit = group.flatMap(({ jobs }) => jobs.filter(({ id }) => id === HIT));
    const beside = group.map(({ jobs }) =>
      meanOf(jobs.filter(({ id }) => id !== HIT).map(withinOf)),
    );
    const gone = group.map(({ goneAfterSeconds }) => goneAfterSeconds ?? Number.POSITIVE_INFINITY);
    const never = gone.filter((seconds) => seconds === Number.POSITIVE_INFINITY).length;
    const unseen = never === 0 ? '' : `, ${never} not while measured`;
    return {
      event,
      policy,
      n: group.length,
      'queue gone after s': `${spread(gone, 1)}${unseen}`,
      [`${HIT} within`]: spread(hit.map(withinOf), 3),
      'longest ms': spread(
        hit.map(({ longestMs }) => longestMs ?? Number.NaN),
        0,
      ),
      'others within': spread(beside, 3),
    };
  });
}

/** A line for each policy among all kinds of jobs. */
export function mixedTable(runs: readonly EventRun[]): readonly Row[] {
  return groupsOf(runs.filter(({ event }) => event === 'mixed')).map((group) => {
    const [{ policy }] = group;
    const ceilings = group.map(({ jobs }) =>
      meanOf(jobs.filter(({ kind }) => kind === 'open').map(withinOf)),
    );
    const bands = group.map(
      ({ jobs, targetMs }) => jobs.filter((job) => isHeld(job, targetMs[job.id])).length,
    );
    const background = group.flatMap(({ jobs }) => jobs.filter(({ id }) => id === 'background'));
    return {
      policy,
      n: group.length,
      'ceilings within': spread(ceilings, 3),
      'bands held of 3': spread(bands, 0),
      'background CPU': spread(
        background.map(({ cpuCores }) => cpuCores),
        2,
      ),
    };
  });
}

const isHeld = ({ id, meanMs }: PlayedJob, targetMs: number | undefined): boolean =>
  id.startsWith('band-') &&
  meanMs !== null &&
  targetMs !== undefined &&
  Math.abs(meanMs / targetMs - 1) <= BAND_TOLERANCE;

const withinOf = ({ within }: PlayedJob): number => within ?? 1;
const meanOf = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

type Group = readonly [EventRun, ...EventRun[]];

function groupsOf(runs: readonly EventRun[]): readonly Group[] {
  const groups = new Map<string, [EventRun, ...EventRun[]]>();
  for (const run of runs) {
    const key = `${run.event} ${run.policy}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [run]);
    else group.push(run);
  }
  return [...groups.values()];
}
