/**
 * GPUs as reports, jobs and desired states name them. Identified by the vendor's own unique id
 * (`GPU-…`), never by index: indices change.
 */
export type GpuId = string;
export type GpuVendor = 'nvidia' | 'amd';

/** When a knob can be turned: on running work, only when a container starts, or not at all. */
export type GpuReach = 'live' | 'start' | 'none';

/** One rung of the capability ladder: what this host allows with one GPU, and why not more. */
export interface GpuCapability {
  readonly reach: GpuReach;
  /** In words, with the cure where there is one; '' when there is nothing to say. */
  readonly reason: string;
}

/**
 * What a host allows with one GPU. Clock and power are of the whole GPU; a share is of one
 * container.
 */
export interface GpuLadder {
  readonly clock: GpuCapability;
  readonly power: GpuCapability;
  readonly share: GpuCapability;
}

/** Least and most that the tool says may be set; whole MHz or watts. */
export interface GpuRange {
  readonly min: number;
  readonly max: number;
}

/** Settings of a whole GPU; null = as found, no limit of ours. */
export interface GpuSetting {
  readonly clockMhz: number | null;
  readonly powerWatts: number | null;
}
export const NO_GPU_SETTING: GpuSetting = { clockMhz: null, powerWatts: null };

/** True when both settings are equal, null included. */
export const sameSetting = (a: GpuSetting, b: GpuSetting): boolean =>
  a.clockMhz === b.clockMhz && a.powerWatts === b.powerWatts;

/**
 * One GPU as its node reports it. What was not measured in time is null, never 0; `isKnown` false =
 * nothing measured is to be trusted.
 */
export interface GpuReport {
  readonly id: GpuId;
  readonly index: number;
  readonly name: string;
  readonly vendor: GpuVendor;
  readonly isKnown: boolean;
  /** Why it is not known or not as wished, one clear line; '' when there is nothing to say. */
  readonly reason: string;
  readonly memoryTotalBytes: number | null;
  readonly memoryUsedBytes: number | null;
  /** Share of the last sample in which some kernel ran, 0..1. */
  readonly utilisationRatio: number | null;
  readonly clockMhz: number | null;
  readonly maxClockMhz: number | null;
  readonly powerWatts: number | null;
  readonly powerLimitWatts: number | null;
  readonly temperatureCelsius: number | null;
  /** Partitioned into MIG instances; null = the tool does not say. */
  readonly isMig: boolean | null;
  /** An MPS server runs on it; null = the tool does not say. */
  readonly hasMps: boolean | null;
  readonly clockRange: GpuRange | null;
  readonly powerRange: GpuRange | null;
  readonly ladder: GpuLadder;
  /** What this agent set last; null = nothing of ours is in force. */
  readonly applied: GpuSetting | null;
  /**
   * Energy since the agent began to look, J: power integrated over samples; null = the
   * tool does not say.
   */
  readonly energyJoules: number | null;
  /**
   * Estimate of the energy that clock limits of ours saved for the same work, J; null = not enough
   * is known.
   */
  readonly savedJoules: number | null;
}

/** Which GPU a report is of, and how it is. */
type GpuState = Pick<GpuReport, 'id' | 'index' | 'vendor' | 'isKnown' | 'reason'>;

/** Whether the report says that a GPU is gone, in the words of its tool. */
const isGone = ({ isKnown, reason }: Pick<GpuReport, 'isKnown' | 'reason'>): boolean =>
  !isKnown && /is lost|fallen off|(?:requires|needs a) reset|No devices were found/i.test(reason);

/**
 * Whether the report is of this GPU, and not only of a tool that no longer tells of any: the tool
 * tells of another one, or names this one by id or index, or it is the only one. "No devices" is
 * said by tools whose driver is just being exchanged, too.
 */
function isOfItself(report: GpuState, reports: readonly GpuState[]): boolean {
  const { id, index, vendor, reason } = report;
  const others = reports.filter((each) => each.vendor === vendor && each.id !== id);
  if (others.some(({ isKnown }) => isKnown)) return true;
  if (reason.includes(id) || new RegExp(`\\bGPU ?${index}\\b(?![:.]\\w)`, 'i').test(reason))
    return true;
  return others.length === 0 && !/No devices were found/i.test(reason);
}

/**
 * Whether the report says that the GPU itself is gone, and not only that nobody could ask, or that
 * a neighbour is: a container that has it works no more.
 */
export const isLostGpu = (report: GpuState, reports: readonly GpuState[]): boolean =>
  isGone(report) && isOfItself(report, reports);

/** One of the GPUs that a container was given is not there, as far as its node can tell. */
export interface MissingGpu {
  /** The tool says so of this GPU; else nobody reports it, or nobody could ask. */
  readonly isGone: boolean;
  /** For people, as what is said of the node. */
  readonly reason: string;
}

/** What is missing of the GPUs that a container was given; undefined = nothing. */
export function missingGpuOf(
  { ids }: Pick<GpuAssignment, 'ids'>,
  reports: readonly GpuState[] = [],
): MissingGpu | undefined {
  for (const id of ids) {
    const report = reports.find((each) => each.id === id);
    if (report === undefined) return { isGone: false, reason: `does not report GPU ${id}` };
    if (report.isKnown) continue;
    const why = report.reason === '' ? '' : `: ${report.reason}`;
    return {
      isGone: isLostGpu(report, reports),
      reason: `misses GPU ${report.index} (${id})${why}`,
    };
  }
  return undefined;
}

/** What one container uses of GPUs. */
export interface ContainerGpuReport {
  /** GPUs it was given; empty = none of ours to know. */
  readonly ids: readonly GpuId[];
  /** How it got them: `hook` can be cut off by a limit on its CPU. */
  readonly injection: GpuInjection;
  /** Of its processes, as the tool says; null = it does not (MPS, MIG, another user). */
  readonly memoryBytes: number | null;
  /** It does not reach its GPU any more; null = never looked. */
  readonly isLost: boolean | null;
}
/**
 * `hook`: the legacy runtime hook (`--gpus`, runtime nvidia); `cdi`; `device`: explicit `--device`;
 * `none`: no GPU.
 */
export type GpuInjection = 'none' | 'hook' | 'cdi' | 'device';
export const GPU_INJECTIONS: readonly GpuInjection[] = ['none', 'hook', 'cdi', 'device'];

/** What a job asks for in each of its containers: whole GPUs, or a share of one. */
export interface GpuRequest {
  /** Whole GPUs; absent where a share is asked for. */
  readonly count?: number;
  /** Share of one GPU, 0..1; fixed when the container starts. */
  readonly shareRatio?: number;
  /** Memory on each GPU, bytes; absent = in proportion to the share. */
  readonly memoryBytes?: number;
  /** A container that lost its GPU is created again. Absent = it is left alone, and reported. */
  readonly onLost?: 'restart';
}

/** Which GPUs an allocation was given, for as long as it lives. */
export interface GpuAssignment {
  readonly ids: readonly GpuId[];
  /** Share of each, 0..1; 1 = whole. */
  readonly shareRatio: number;
  /** On each, bytes; absent = not bounded. */
  readonly memoryBytes?: number;
}

/**
 * How a GPU shall be set, as part of a node's desired state. One that is absent gets its own
 * settings back.
 */
export interface DesiredGpu extends GpuSetting {
  readonly id: GpuId;
  /** In numbers, for people. */
  readonly reason: string;
}
