import {
  type ContainerReport,
  type NodeReport,
  type Seeing,
  saysOfNow,
} from '../../shared/report.js';
import type { ClusterState } from '../state/model.js';
import { classOf, KeptSpecs, type SpecsByPlace } from '../state/specs-by-place.js';
import { latencyNow, targetOf } from '../state/targets.js';
import { energyBetween, energyCountersOf, processorJoules, withProcessors } from './energy.js';
import type { OpenMinute } from './open-minute.js';
import { Tallies } from './tallies.js';
import {
  countClass,
  countEnergy,
  countInterval,
  countReserved,
  goingOn,
  grown,
  hasCounted,
  type Interval,
  type Tally,
  tallyFrom,
} from './tally.js';
import { type Counted, nothingCounted } from './tally-fields.js';

/** A report says how it is for that many of its intervals. */
const KNOWN_INTERVALS = 2.5;
/** Of the containers that are counted in a minute. */
const specs = new KeptSpecs<OpenMinute>();
/** The numbers of the tally that is counted now; made once, since there are many. */
const counted = nothingCounted();

/** The time since the last report, and the jobs of the cluster. */
export interface Counting {
  readonly elapsedMs: number;
  readonly jobs: ClusterState['jobs'];
}

/** Counts a report of the same start of the agent, so long after the last one. */
export function countReport(
  open: OpenMinute,
  report: NodeReport,
  { elapsedMs, jobs }: Counting,
): void {
  const { containers, windowMs, intervalMs } = report;
  const knownMs = Math.min(elapsedMs, KNOWN_INTERVALS * intervalMs);
  const interval = { seconds: elapsedMs / 1000, knownSeconds: knownMs / 1000 };
  open.sequence = report.sequence;
  open.sentAtMs = report.sentAtMs;
  open.seconds += interval.seconds;
  if (knownMs < elapsedMs) open.partial = true;
  const energy = energyOf(open, report, interval.seconds);
  open.energy = energyCountersOf(report);
  open.allocatableCores = report.host.allocatableCpuCores;
  const found = specs.of(open, jobs, containers.length);
  const { allocations } = open;
  let isInOrder = allocations.size === containers.length;
  for (let place = 0; place < containers.length; place += 1) {
    const container = containers[place] as ContainerReport;
    const { allocation, lifeId } = container;
    const at = allocations.find(allocation, place);
    if (at !== place) isInOrder = false;
    if (allocations.lifeAt(at) === lifeId) {
      allocations.load(at, counted);
      const joules = energy.size === 0 ? undefined : energy.get(allocation);
      if (joules != null) countEnergy(counted, joules);
      countInterval(counted, container, interval);
      countForJob(counted, container, { found, jobs, place, interval, windowMs });
      allocations.store(at, counted);
    } else {
      const known = allocations.tallyAt(at);
      const next = tallyFrom(container);
      allocations.put(at, allocation, known === undefined ? next : goingOn(known, next));
    }
  }
  if (!isInOrder) open.allocations = inOrder(allocations, report);
}

interface CountingAt {
  readonly found: SpecsByPlace;
  readonly jobs: ClusterState['jobs'];
  readonly place: number;
  readonly interval: Interval;
  readonly windowMs: number | undefined;
}

/** Counts what its job says: what is reserved beside CPU, and how it was to those who asked. */
function countForJob(
  numbers: Counted,
  container: ContainerReport,
  { found, jobs, place, interval, windowMs }: CountingAt,
): void {
  const { origin, target, latency } = container;
  const isOurs = origin === 'dqoes';
  // Of an adopted container nothing says what it reserves beside CPU, and it asks for no credit.
  const reserved = isOurs ? found.reservedAt(place, container) : undefined;
  const seconds = container.state === 'running' ? interval.seconds : 0;
  if (reserved !== undefined) countReserved(numbers, reserved, seconds);
  const qoeClass = isOurs ? found.classAt(place, container) : classOf(target, container);
  if (qoeClass == null || latency === null) return;
  if (!saysOfNow(latency) && isPast(container, jobs, windowMs)) return;
  const isCeiling = isOurs ? found.isCeilingAt(place, container) : target?.mode === 'ceiling';
  countClass(numbers, qoeClass, { isCeiling, seconds: interval.knownSeconds });
}

/** Whether what it shows says nothing of now. */
function isPast(
  container: ContainerReport,
  jobs: ClusterState['jobs'],
  windowMs: number | undefined,
): boolean {
  const source =
    container.origin === 'dqoes' ? jobs.get(container.job)?.spec.latency.source : undefined;
  const seeing = (): Seeing => ({ windowMs, source });
  return latencyNow(targetOf(jobs, container), container, seeing) === null;
}

/** What each allocation used since the last report, J. */
function energyOf(open: OpenMinute, report: NodeReport, seconds: number) {
  const onGpus = energyBetween(open.energy, report);
  const joules = processorJoules(open.energy, report);
  const { cpuUtilisationRatio: busyRatio, capacityCpuCores } = report.host;
  if (joules === null || busyRatio === null) return onGpus;
  const { allocations } = open;
  const used = report.containers.flatMap(({ allocation, lifeId, cpu }, place) => {
    const at = allocations.find(allocation, place);
    if (cpu === null || allocations.lifeAt(at) !== lifeId) return [];
    const before = allocations.valueAt(at, 'usedSeconds');
    return [[allocation, grown(before, cpu.usageTotalSeconds)] as const];
  });
  const hostSeconds = busyRatio * capacityCpuCores * seconds;
  return withProcessors(onGpus, joules, { hostSeconds, seconds: new Map(used) });
}

/**
 * The tallies as the report names them, so that the next one finds each in its place. What left in
 * this minute is still in its record.
 */
function inOrder(tallies: Tallies, { containers }: NodeReport): Tallies {
  const before = new Map(tallies.entries());
  const now = new Map<string, Tally>();
  for (const { allocation } of containers) {
    const tally = before.get(allocation);
    if (tally !== undefined) now.set(allocation, tally);
  }
  for (const [id, tally] of before) if (hasCounted(tally) && !now.has(id)) now.set(id, tally);
  return new Tallies(now);
}
