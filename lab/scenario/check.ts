import { complain, type Place } from '../../shared/yaml/place.js';
import type { Scenario, ScenarioJob } from '../types.js';
import { idsOf, jobsMeant } from './expand.js';
import type { Located } from './fields.js';
import type { ScenarioParts, ScenarioRead } from './schema.js';
import { meant } from './values.js';

const MAX_JOBS = 2000;
const MAX_NODES = 500;
const MAX_INTERVALS = 20_000;
/** Maximum number of requests of one job in a run, so that a simulation ends. */
const MAX_REQUESTS = 3_000_000;
/** The id of an allocation is that of the job and an ordinal, in 63 characters. */
const MAX_JOB_ID_LENGTH = 58;

const bad = (place: Place, message: string): void =>
  complain(place, { kind: 'bad-value', message });

/**
 * Checks for repeated ids, and for unknown names in disturbances. All ids count as known, even of
 * entries with other faults.
 */
export function checkNames(seen: ScenarioParts): void {
  checkIds(
    seen.nodeIds.map(({ place, value }) => ({ place, ids: [value] })),
    'node',
  );
  const groups = new Map(seen.jobs.map((job) => [job.value.id.place, idsOf(job)]));
  const jobs = seen.jobIds.map(({ place, value }) => ({
    place,
    value,
    ids: groups.get(place) ?? [value],
  }));
  checkIds(jobs, 'job');
  for (const name of seen.nodeNames) {
    const nodes = seen.nodeIds.length === 0 ? ['h1'] : seen.nodeIds.map(({ value }) => value);
    checkKnown(name, 'node', nodes);
  }
  const brokenGroups = jobs
    .filter(({ place }) => !groups.has(place))
    .map(({ value }) => `${value}-`);
  const known = jobs.flatMap(({ value, ids }) => [value, ...ids]);
  for (const name of seen.jobNames)
    if (!brokenGroups.some((prefix) => name.value.startsWith(prefix)))
      checkKnown(name, 'job', known);
}

interface Named {
  readonly place: Place;
  readonly ids: readonly string[];
}

function checkIds(named: readonly Named[], what: 'node' | 'job'): void {
  const seen = new Set<string>();
  for (const { place, ids } of named) {
    const twice = ids.find((id) => seen.has(id));
    for (const id of ids) seen.add(id);
    const message = `there is another ${what} ${JSON.stringify(twice)}; give each its own id`;
    if (twice !== undefined) complain(place, { kind: 'duplicate', message });
    const long = what === 'job' ? ids.find((id) => id.length > MAX_JOB_ID_LENGTH) : undefined;
    if (long !== undefined)
      bad(place, `${JSON.stringify(long)} is longer than ${MAX_JOB_ID_LENGTH} characters`);
  }
}

function checkKnown(
  { value, place }: Located<string>,
  what: 'node' | 'job',
  known: readonly string[],
): void {
  if (known.includes(value)) return;
  const some = [...new Set(known)].slice(0, 5).join(', ');
  bad(
    place,
    `there is no ${what} ${JSON.stringify(value)}${meant(value, known)}; there are ${some}`,
  );
}

/** Checks for times outside the run, or ends before starts. */
export function checkTimes({ jobs, begins, durationMs }: ScenarioParts): void {
  const late =
    `is not before the end of the run (${durationMs / 1000}s): use an earlier time or a ` +
    'longer duration';
  for (const { value } of jobs) {
    const { at, until } = value;
    const startMs = at?.value ?? 0;
    if (until !== undefined && until.value <= startMs)
      bad(until.place, `is not after the job's start (${startMs / 1000}s): use a later time`);
  }
  for (const { value, place } of begins) if (value >= durationMs) bad(place, late);
}

/** Checks sizes, and everything that needs a scenario without other faults. */
export function checkWhole(root: Place, read: ScenarioRead, scenario: Scenario): void {
  checkSizes(root, scenario);
  const jobs = new Map(scenario.jobs.map((job) => [job.id, job]));
  for (const { value, place } of read.jobs) {
    const meantHere = idsOf({ value, place }).flatMap((id) => jobs.get(id) ?? []);
    const requests = Math.max(0, ...meantHere.map((job) => requestsOf(job, scenario)));
    const message =
      `asks ${Math.round(requests / 1e5) / 10} million requests of the simulation, more than ` +
      `${MAX_REQUESTS / 1e6} million: use more work for each, a lower rate or a shorter ` +
      'duration';
    if (requests > MAX_REQUESTS) bad(place, message);
  }
  for (const { value } of read.disturbances) {
    const { node, job, rate, rateFactor, stolenCpu = 0 } = value;
    const capacity =
      scenario.nodes.find(({ id }) => id === node?.value)?.cpuCores ?? Number.POSITIVE_INFINITY;
    if (node !== undefined && stolenCpu >= capacity)
      bad(
        node.place,
        `stolenCpu ${stolenCpu} leaves nothing of the node's ${capacity} CPU: steal less`,
      );
    if (job === undefined || (rate === undefined && rateFactor === undefined)) continue;
    const closed = jobsMeant(job.value, read).some((id) =>
      isClosed(scenario.jobs.find((each) => each.id === id)),
    );
    const message =
      `${JSON.stringify(job.value)} has closed arrivals and so no rate: give it arrivals: { ` +
      'rate: 4 }';
    if (closed) bad(job.place, message);
  }
}

function checkSizes(root: Place, { jobs, nodes, durationMs, intervalMs }: Scenario): void {
  const about = (field: string): Place => ({ ...root, field });
  if (jobs.length === 0) bad(about('jobs'), 'the list is empty: write at least one job');
  if (nodes.length === 0)
    bad(about('nodes'), 'the list is empty: write at least one node, or leave the key out');
  if (jobs.length > MAX_JOBS) bad(about('jobs'), `${jobs.length} jobs are more than ${MAX_JOBS}`);
  if (nodes.length > MAX_NODES)
    bad(about('nodes'), `${nodes.length} nodes are more than ${MAX_NODES}`);
  const intervals = durationMs / intervalMs;
  if (intervals > MAX_INTERVALS)
    bad(
      about('duration'),
      `${Math.round(intervals)} intervals are more than ${MAX_INTERVALS}: use a longer interval`,
    );
  if (intervals < 1)
    bad(
      about('duration'),
      `${durationMs / 1000}s hold no interval of ${intervalMs / 1000}s: use a longer duration`,
    );
}

/** The most requests that a job can make, with what disturbances make of its work or rate. */
function requestsOf({ id, model }: ScenarioJob, scenario: Scenario): number {
  if (model === null) return 0;
  const { workSeconds, overheadSeconds, gpuSeconds = 0, parallelism, arrivals } = model;
  const kind = arrivals.kind === 'open' ? 'rateFactor' : 'workFactor';
  const rateAt = (factor: number): number =>
    arrivals.kind === 'open'
      ? arrivals.ratePerSecond * factor
      : 1 / (overheadSeconds + gpuSeconds + (workSeconds * factor) / parallelism);
  let [requests, fromMs, factor] = [0, 0, 1];
  for (const { atMs, by } of factorSteps(scenario, id, kind)) {
    requests += (rateAt(factor) * (atMs - fromMs)) / 1000;
    [fromMs, factor] = [atMs, factor * by];
  }
  return requests;
}

/** When the factor of a job changes, and by how much; the last step is the end of the run. */
function factorSteps(
  { disturbances, durationMs }: Scenario,
  job: string,
  kind: 'rateFactor' | 'workFactor',
): readonly { readonly atMs: number; readonly by: number }[] {
  const steps = disturbances.flatMap((each) => {
    if (each.kind !== 'rateFactor' && each.kind !== 'workFactor') return [];
    if (each.kind !== kind || each.job !== job || each.atMs >= durationMs) return [];
    const untilMs = Math.min(durationMs, each.atMs + (each.forMs ?? durationMs));
    return [
      { atMs: each.atMs, by: each.factor },
      { atMs: untilMs, by: 1 / each.factor },
    ];
  });
  return [...steps.sort((a, b) => a.atMs - b.atMs), { atMs: durationMs, by: 1 }];
}

const isClosed = (job: ScenarioJob | undefined): boolean =>
  job !== undefined && (job.model?.arrivals ?? job.workload?.arrivals)?.kind === 'closed';
