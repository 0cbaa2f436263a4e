import type {
  AllocationStatus,
  JobStatus,
  Liveness,
  NodeStatus,
  UnreachableTarget,
} from '../../proto/schemas/status.js';
import { type CpuLimit, saysRunsOn } from '../../shared/command.js';
import { isSatisfied, type QoeClass, type Target } from '../../shared/qoe.js';
import { type ControlMode, RESTARTING, unansweredMs } from '../../shared/report.js';
import { formatBytes, formatDurationMs } from '../../shared/units.js';
import type { Cell, Tone } from './table.js';

/** Printed where a value is not known; never 0. */
export const NO_VALUE = '-';

/** A response time, such as `790ms`. */
export const latencyText = (latencyMs: number | null | undefined): string =>
  latencyMs == null ? NO_VALUE : formatDurationMs(latencyMs);

/** `800ms mean ±10%`, or `≤800ms p95 +10%` for a ceiling. */
export function targetText(target: Target | null): string {
  if (target === null) return NO_VALUE;
  const share = `${Number((target.toleranceRatio * 100).toPrecision(3))}%`;
  const time = formatDurationMs(target.latencyMs);
  return target.mode === 'band'
    ? `${time} ${target.statistic} ±${share}`
    : `≤${time} ${target.statistic} +${share}`;
}

/** `800ms`, or `≤800ms` for a ceiling. */
export const shortTargetText = (target: Target | null): string =>
  target === null
    ? NO_VALUE
    : `${target.mode === 'band' ? '' : '≤'}${formatDurationMs(target.latencyMs)}`;

/** The QoE class, with `!` where the target is out of reach: `slower!`. */
export function classCell(
  target: Target | null,
  qoeClass: QoeClass | null,
  isOutOfReach = false,
): Cell {
  const mark = isOutOfReach ? '!' : '';
  if (qoeClass === null || target === null) return { text: mark === '' ? NO_VALUE : mark };
  return {
    text: `${qoeClass}${mark}`,
    tone: isSatisfied(target, qoeClass) ? 'good' : qoeClass === 'slower' ? 'bad' : 'warn',
  };
}

/**
 * Why a target is out of reach: the reason of the policy, else the best possible value and the CPU
 * needed.
 */
export function outOfReachText({
  targetMs,
  reachableMs,
  neededCores,
  reason,
}: UnreachableTarget): string {
  if (reason !== '') return reason;
  const target = latencyText(targetMs);
  const need =
    neededCores === null
      ? `no amount of CPU meets ${target}`
      : `${target} would take ${coresText(neededCores)} CPU`;
  return reachableMs === null ? need : `${need}; ${latencyText(reachableMs)} is the best here`;
}

/** CPU cores with two decimals: `0.42`. */
export const coresText = (cores: number | null | undefined): string =>
  cores == null || !Number.isFinite(cores) ? NO_VALUE : cores.toFixed(2);

/** A quota in cores; `none` = no quota. */
export const limitText = (limit: CpuLimit | null | undefined): string =>
  limit == null ? NO_VALUE : limit.cpuCores === null ? 'none' : coresText(limit.cpuCores);

/** The guarantee where there is no quota: `≥0.42`; else the quota. */
export const guaranteeText = (limit: CpuLimit | null | undefined): string =>
  limit?.cpuCores === null && limit.guaranteeCores !== undefined
    ? `≥${coresText(limit.guaranteeCores)}`
    : limitText(limit);

/** A Unix time as `2026-11-26 14:03:07`, local time. */
export function localTimeText(timeMs: number): string {
  const at = new Date(timeMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `14:03:07`, with the day before it where that is not today; local time. */
export function timeText(atMs: number, nowMs: number): string {
  const [at, now] = [localTimeText(atMs), localTimeText(nowMs)];
  const [day = '', time = ''] = at.split(' ');
  return now.startsWith(day) ? time : at;
}

/** A ratio as a whole percentage: `87%`. */
export const ratioText = (ratio: number | null | undefined): string =>
  ratio == null || !Number.isFinite(ratio) ? NO_VALUE : `${Math.round(ratio * 100)}%`;

/** An amount of memory, such as `512MiB`. */
export const bytesText = (bytes: number | null | undefined): string =>
  bytes == null ? NO_VALUE : formatBytes(bytes);

/** An age: `1.2s`, in whole seconds from ten on, `2m5s`; then `3h12m`, and of days `4d6h`. */
export function ageText(ageMs: number | null | undefined): string {
  if (ageMs == null || !Number.isFinite(ageMs)) return NO_VALUE;
  if (ageMs < 10_000) return `${(Math.max(0, ageMs) / 1000).toFixed(1)}s`;
  const minutes = Math.floor(Math.round(ageMs / 1000) / 60);
  if (minutes < 60) return formatDurationMs(Math.round(ageMs / 1000) * 1000);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? withRest(`${hours}h`, minutes % 60, 'm') : daysText(hours);
}

const daysText = (hours: number): string => withRest(`${Math.floor(hours / 24)}d`, hours % 24, 'h');
const withRest = (text: string, rest: number, unit: string): string =>
  rest === 0 ? text : `${text}${rest}${unit}`;

const CONTROL_WORDS: Readonly<Record<ControlMode, string>> = {
  enforce: '',
  observe: 'observed only',
  none: 'not controlled',
};

/** `no answer for 5m` where the newest one says nothing of now; '' = it does, or there was none. */
export function unansweredText(status: AllocationStatus): string {
  const ageMs = unansweredMs(status);
  return ageMs === null ? '' : `no answer for ${ageText(ageMs)}`;
}

/**
 * What a user must know about an allocation: since when nothing was answered, why it is not
 * controlled or does not run, or runs as it was before a change, or where its limit comes from.
 */
export function allocationReason(status: AllocationStatus): string {
  const { container } = status;
  if (container === null || status.isStopping === true) return status.reason;
  const control = CONTROL_WORDS[container.control];
  const isQuiet = container.reason === '' && control === '';
  const isHeldBack = saysRunsOn(status.reason) && !isRestarting(status);
  const why = isQuiet || isHeldBack ? status.reason : container.reason;
  const isShown = container.state !== 'running' && !isRestarting(status);
  const state = isShown ? container.state : '';
  return [state, unansweredText(status), control, why].filter((part) => part !== '').join(': ');
}

/** Whether Docker starts the container again and again: it then runs most of the time. */
export const isRestarting = ({ container }: Pick<AllocationStatus, 'container'>): boolean =>
  container?.reason.startsWith(RESTARTING) === true;

/** Whether the container runs, and not only until it ends, by itself or by its host. */
export const runsOn = (status: AllocationStatus): boolean =>
  status.container?.state === 'running' && !isRestarting(status) && status.isStopping !== true;

/**
 * State of a job; `restarting` where a container of it is started again and again, `outdated` where
 * all run, and one of them as it was before a change that waits.
 */
export function jobStateCell({ state, allocations, reasons }: JobStatus): Cell {
  if (allocations.some(isRestarting)) return { text: 'restarting', tone: 'bad' };
  if (state === 'running' && reasons.some(saysRunsOn)) return { text: 'outdated', tone: 'warn' };
  return { text: state, tone: stateTone(state) };
}

const stateTone = (state: JobStatus['state']): Tone =>
  state === 'running' ? 'good' : state === 'failed' ? 'bad' : 'warn';

/** Colour of the liveness of a node. */
export const livenessTone = (liveness: Liveness): Tone =>
  liveness === 'ready' ? 'good' : liveness === 'down' ? 'bad' : 'warn';

/** `ready`, or `ready, cordoned` where the node takes no new jobs. */
export const nodeStateText = (liveness: Liveness, scheduling: NodeStatus['scheduling']): string =>
  scheduling === undefined || scheduling === 'open' ? liveness : `${liveness}, ${scheduling}`;

/** Labels as `key=value`, separated by commas. */
export const labelsText = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? NO_VALUE : pairs.join(',');
};

/** `1/2`: allocations that have what their mode asks, of those that were not silent for long. */
export function atTargetText({ allocations }: JobStatus): string {
  const counted = allocations.filter((each) => unansweredMs(each) === null);
  if (counted.length === 0 && allocations.length > 0) return NO_VALUE;
  const satisfied = counted.filter(
    ({ target, qoeClass }) => target !== null && qoeClass !== null && isSatisfied(target, qoeClass),
  );
  return `${satisfied.length}/${counted.length}`;
}

/** `2/3`: containers that run on, of those wanted. */
export function runningText({ allocations, origin, spec }: JobStatus): string {
  const running = allocations.filter(runsOn).length;
  return `${running}/${origin === 'dqoes' ? spec.replicas : allocations.length}`;
}

/** `0.80/1.60`: the sum of the limits, of the allocatable CPU. */
export const nodeCpuText = (node: NodeStatus): string =>
  `${coresText(node.limitedCpuCores)}/${coresText(node.host.allocatableCpuCores)}`;

/** `3.1GiB/7.8GiB`: used of what the node has. */
export const nodeMemoryText = (node: NodeStatus): string =>
  `${bytesText(node.host.memoryUsedBytes)}/${bytesText(node.host.capacityMemoryBytes)}`;

/** Name of an allocation for people: containers that dqoes did not start keep their own name. */
export const allocationName = ({
  id,
  container,
}: Pick<AllocationStatus, 'id' | 'container'>): string =>
  container?.origin === 'label' && container.name !== '' ? container.name : id;

/** Name of the allocation that an event or a plan is about. */
export const aboutName = (about: {
  readonly allocation: string;
  readonly container?: string;
}): string => about.container ?? about.allocation;

/** Why a job is not as it should be; its only container needs no name. */
export function shortReasonsText({ reasons, allocations }: JobStatus): string {
  const [only] = allocations;
  const name = only === undefined || allocations.length > 1 ? '' : `${allocationName(only)}: `;
  return reasons
    .map((reason) => (reason.startsWith(name) ? reason.slice(name.length) : reason))
    .join('; ');
}
