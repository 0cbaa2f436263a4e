import type {
  AllocationStatus,
  JobStatus,
  Liveness,
  NodeStatus,
  UnreachableTarget,
} from '../../proto/schemas/status.js';
import type { CpuLimit } from '../../shared/command.js';
import { isSatisfied, type QoeClass, type Target } from '../../shared/qoe.js';
import type { ControlMode } from '../../shared/report.js';
import { formatBytes, formatDurationMs } from '../../shared/units.js';
import type { Cell, Tone } from './table.js';

/** Shown where nothing is known; never 0. */
export const NOTHING = '-';

export const latencyText = (latencyMs: number | null | undefined): string =>
  latencyMs == null ? NOTHING : formatDurationMs(latencyMs);

/** `800ms mean ±10%`, or `≤800ms p95 +10%` for a ceiling. */
export function targetText(target: Target | null): string {
  if (target === null) return NOTHING;
  const share = `${Number((target.toleranceRatio * 100).toPrecision(3))}%`;
  const time = formatDurationMs(target.latencyMs);
  return target.mode === 'band'
    ? `${time} ${target.statistic} ±${share}`
    : `≤${time} ${target.statistic} +${share}`;
}

/** `slower!` where the target is out of reach. */
export function classCell(
  target: Target | null,
  qoeClass: QoeClass | null,
  isOutOfReach = false,
): Cell {
  const mark = isOutOfReach ? '!' : '';
  if (qoeClass === null || target === null) return { text: mark === '' ? NOTHING : mark };
  return {
    text: `${qoeClass}${mark}`,
    tone: isSatisfied(target, qoeClass) ? 'good' : qoeClass === 'slower' ? 'bad' : 'warn',
  };
}

/**
 * Why a target is out of reach, in the policy's words; where it gave none, what could be and what
 * it would take.
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

export const coresText = (cores: number | null | undefined): string =>
  cores == null || !Number.isFinite(cores) ? NOTHING : cores.toFixed(2);

export const limitText = (limit: CpuLimit | null | undefined): string =>
  limit == null ? NOTHING : limit.cpuCores === null ? 'none' : coresText(limit.cpuCores);

/** What is promised where there is no quota: `≥0.42`; a quota as it is. */
export const guaranteeText = (limit: CpuLimit | null | undefined): string =>
  limit?.cpuCores === null && limit.guaranteeCores !== undefined
    ? `≥${coresText(limit.guaranteeCores)}`
    : limitText(limit);

export const ratioText = (ratio: number | null | undefined): string =>
  ratio == null || !Number.isFinite(ratio) ? NOTHING : `${Math.round(ratio * 100)}%`;

export const bytesText = (bytes: number | null | undefined): string =>
  bytes == null ? NOTHING : formatBytes(bytes);

/** How long ago, in whole seconds once past ten. */
export function ageText(ageMs: number | null | undefined): string {
  if (ageMs == null || !Number.isFinite(ageMs)) return NOTHING;
  return ageMs >= 10_000
    ? formatDurationMs(Math.round(ageMs / 1000) * 1000)
    : `${(Math.max(0, ageMs) / 1000).toFixed(1)}s`;
}

const CONTROL_WORDS: Readonly<Record<ControlMode, string>> = {
  enforce: '',
  observe: 'observed only',
  none: 'not controlled',
};

/**
 * What a person must know about an allocation: why it is not controlled, not running, or where its
 * limit comes from.
 */
export function allocationReason(status: AllocationStatus): string {
  const { container } = status;
  if (container === null) return status.reason;
  const control = CONTROL_WORDS[container.control];
  const why = container.reason === '' && control === '' ? status.reason : container.reason;
  const state = container.state === 'running' ? '' : container.state;
  return [state, control, why].filter((part) => part !== '').join(': ');
}

export const stateTone = (state: JobStatus['state']): Tone =>
  state === 'running' ? 'good' : state === 'failed' ? 'bad' : 'warn';

export const livenessTone = (liveness: Liveness): Tone =>
  liveness === 'ready' ? 'good' : liveness === 'down' ? 'bad' : 'warn';

export const nodeStateText = (liveness: Liveness, scheduling: NodeStatus['scheduling']): string =>
  scheduling === undefined || scheduling === 'open' ? liveness : `${liveness}, ${scheduling}`;

export const labelsText = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? NOTHING : pairs.join(',');
};

/** Allocations of the job that sit where its mode wants them, of those that run. */
export function atTargetText(job: JobStatus): string {
  const satisfied = job.allocations.filter(
    ({ target, qoeClass }) => target !== null && qoeClass !== null && isSatisfied(target, qoeClass),
  );
  return `${satisfied.length}/${job.allocations.length}`;
}

export const runningText = (job: JobStatus): string =>
  `${job.allocations.filter(({ container }) => container?.state === 'running').length}/${job.origin === 'dqoes' ? job.spec.replicas : job.allocations.length}`;

/** `0.80/1.60`: given out of what may be given out. */
export const nodeCpuText = (node: NodeStatus): string =>
  `${coresText(node.limitedCpuCores)}/${coresText(node.host.allocatableCpuCores)}`;

export const nodeMemoryText = (node: NodeStatus): string =>
  `${bytesText(node.host.memoryUsedBytes)}/${bytesText(node.host.capacityMemoryBytes)}`;

/** What people call an allocation: a container that dqoes did not start has a name of its own. */
export const allocationName = ({
  id,
  container,
}: Pick<AllocationStatus, 'id' | 'container'>): string =>
  container?.origin === 'label' && container.name !== '' ? container.name : id;

/** The same of what an event or a plan is about. */
export const aboutName = (about: {
  readonly allocation: string;
  readonly container?: string;
}): string => about.container ?? about.allocation;
