import { type CpuLimit, DEFAULT_PERIOD_US, weightedCores } from '../../shared/command.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { KernelWeight, WeightRule } from '../ports/cgroup.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import { nanoCpusBack } from './fewer-cpus.js';
import { DEFAULT_SHARES, restoredShares, sharesOf, weightHolds } from './weight.js';

/**
 * CFS bandwidth, Linux `Documentation/scheduler/sched-bwc.rst`: quota at least 1 ms, period 1 ms to
 * 1 s.
 */
export const MIN_QUOTA_US = 1_000;
/** Shortest period of the kernel, µs. */
export const MIN_PERIOD_US = 1_000;
/** Longest period of the kernel, µs. */
export const MAX_PERIOD_US = 1_000_000;
/** `CpuQuota` that means "no limit"; 0 would mean "leave as it is". */
export const UNLIMITED_QUOTA = -1;

/** The original settings of a container that the agent started: no limit. */
export const OWN_ORIGINAL: EngineCpuSettings = {
  nanoCpus: 0,
  quotaUs: UNLIMITED_QUOTA,
  periodUs: 0,
  shares: 0,
};

/** Quota and period as the kernel will hold them for a limit. */
export interface Quota {
  readonly quotaUs: number;
  readonly periodUs: number;
}

/**
 * Cores → quota and period. Quota is rounded down to whole µs, so that a sum of limits never grows
 * by rounding, and clamped to [1 ms, host cores]. Where the quota would be under 1 ms the period is
 * lengthened instead, so that few cores in a short period do not become more cores. A number that
 * is not finite or not positive is refused.
 */
export function quotaOf(
  limit: { readonly cpuCores: number; readonly periodUs: number },
  hostCores: number,
): Result<Quota, string> {
  const { cpuCores, periodUs } = limit;
  if (!Number.isFinite(cpuCores) || cpuCores <= 0)
    return err(`CPU limit ${cpuCores} is not a positive number of cores`);
  if (!Number.isFinite(periodUs))
    return err(`CFS period ${periodUs} is not a number of microseconds`);
  const longEnough = Math.ceil(MIN_QUOTA_US / cpuCores - 1e-6);
  const period = clamp(Math.max(Math.round(periodUs), longEnough), MIN_PERIOD_US, MAX_PERIOD_US);
  const most = Math.max(MIN_QUOTA_US, Math.floor(hostCores * period));
  return ok({
    quotaUs: clamp(Math.floor(cpuCores * period + 1e-6), MIN_QUOTA_US, most),
    periodUs: period,
  });
}

/**
 * Burst that a limit asks for beside this quota, whole µs: the kernel takes no more than the quota.
 */
export const burstWithin = ({ burstUs = 0 }: CpuLimit, quotaUs: number): number =>
  Math.floor(Math.min(burstUs, quotaUs));

/** Cores a quota stands for. */
export const coresOfQuota = (quota: Quota): number => quota.quotaUs / quota.periodUs;

/** The limit the engine stores; null = none. A period of 0 is the kernel's default of 100 ms. */
export function coresOf(settings: EngineCpuSettings): number | null {
  if (settings.nanoCpus > 0) return settings.nanoCpus / 1e9;
  if (settings.quotaUs <= 0) return null;
  return settings.quotaUs / (settings.periodUs > 0 ? settings.periodUs : DEFAULT_PERIOD_US);
}

/** What the cgroup must say after a write. */
export interface ExpectedCpu {
  /** null = no limit. */
  readonly expectedCores: number | null;
  /** null = whatever it is: a container in NanoCpus style has the engine's. */
  readonly expectedPeriodUs: number | null;
  /** null = whatever they are. */
  readonly expectedShares: number | null;
  /** null = whatever it is. */
  readonly expectedBurstUs: number | null;
}
/** A write to the engine and what the cgroup must say after it. */
export interface CpuWrite extends ExpectedCpu {
  readonly settings: EngineCpuSettings;
}

/** CPU of a container as the kernel holds it. */
export interface KernelCpu {
  /** null = no limit. */
  readonly cores: number | null;
  /** null = not known. */
  readonly periodUs: number | null;
  /** null = not known. */
  readonly weight: KernelWeight | null;
  /** null = not known, or the kernel has none. */
  readonly burstUs: number | null;
}

/**
 * A container's settings: what the engine stores now, what it had before our first touch, and the
 * kernel's weight where known.
 */
export interface ContainerCpu {
  readonly current: EngineCpuSettings;
  readonly original: EngineCpuSettings;
  readonly weight: KernelWeight | null;
  /** Before our first write of it, µs; null = it was never touched. */
  readonly originalBurstUs: number | null;
}
/** Size of the host, and whether CPU weights follow limits. */
export interface HostRules {
  readonly hostCores: number;
  /** CPUs on line, whatever bounds their use; absent = not known. */
  readonly hostCpus?: number;
  readonly weightRule: WeightRule;
}

/**
 * The write that brings a container from `current` to `limit`, in the container's own style: the
 * engine refuses quota on a container that has NanoCpus, and the reverse. In quota style the weight
 * follows the limit, or is its own where nothing is guaranteed; in NanoCpus style the period is not
 * ours, and the weight only where the limit is about weights. Without a quota the container's own
 * is in force, without a weight, too, all of `original`.
 */
export function writeOf(
  limit: CpuLimit,
  container: ContainerCpu,
  host: HostRules,
): Result<CpuWrite, string> {
  const { current } = container;
  if (limit.cpuCores === null) return ok(weighted(restoringWrite(container, host), limit, host));
  const isNano = current.nanoCpus > 0;
  const periodUs = isNano ? DEFAULT_PERIOD_US : limit.periodUs;
  const quota = quotaOf({ cpuCores: limit.cpuCores, periodUs }, host.hostCores);
  if (!quota.ok) return quota;
  return ok(
    isNano
      ? nanoWrite(quota.value, limit, container, host)
      : quotaWrite(quota.value, limit, container, host),
  );
}

function quotaWrite(
  quota: Quota,
  limit: CpuLimit,
  container: ContainerCpu,
  host: HostRules,
): CpuWrite {
  const { current, original, weight } = container;
  const cores = coresOfQuota(quota);
  const saysWeight = limit.weightCores !== undefined || limit.guaranteeCores !== undefined;
  const weighs = saysWeight ? weightedCores(limit) : cores;
  const shares =
    host.weightRule === 'proportional' && weighs > 0
      ? sharesOf(weighs)
      : restoredShares(original, current, weight);
  const { quotaUs, periodUs } = quota;
  return {
    settings: { nanoCpus: 0, quotaUs, periodUs: periodToWrite(periodUs, current.periodUs), shares },
    expectedCores: cores,
    expectedPeriodUs: periodUs,
    expectedShares: shares === 0 ? null : shares,
    expectedBurstUs: burstWithin(limit, quotaUs),
  };
}

function nanoWrite(
  quota: Quota,
  limit: CpuLimit,
  container: ContainerCpu,
  host: HostRules,
): CpuWrite {
  const nanoCpus = Math.max(10_000_000, Math.floor(coresOfQuota(quota) * 1e9));
  const shares = nanoShares(container);
  const write = {
    settings: { nanoCpus, quotaUs: 0, periodUs: 0, shares },
    expectedCores: nanoCpus / 1e9,
    expectedPeriodUs: null,
    expectedShares: shares === 0 ? null : shares,
    expectedBurstUs: burstWithin(limit, (nanoCpus / 1e9) * DEFAULT_PERIOD_US),
  };
  const saysWeight = limit.weightCores !== undefined || limit.guaranteeCores !== undefined;
  return saysWeight ? weighted(write, limit, host) : write;
}

/** The same write with the weight that the limit asks for. */
function weighted(write: CpuWrite, limit: CpuLimit, { weightRule }: HostRules): CpuWrite {
  const cores = weightedCores(limit);
  if (weightRule !== 'proportional' || cores === 0) return write;
  const shares = sharesOf(cores);
  return { ...write, settings: { ...write.settings, shares }, expectedShares: shares };
}

/**
 * The weight of a container in NanoCpus style is written only where it is not its own; 0 = nothing
 * to write.
 */
function nanoShares({ original, current, weight }: Omit<ContainerCpu, 'originalBurstUs'>): number {
  const isOurs = original.shares > 0 && weight !== null && !weightHolds(original.shares, weight);
  return isOurs ? original.shares : restoredShares(original, current, weight);
}

function restoringWrite(
  { current, original, weight, originalBurstUs }: ContainerCpu,
  { hostCpus }: HostRules,
): CpuWrite {
  const settings = restoreOf(original, current, { weight, hostCpus });
  const hasOwnPeriod = original.nanoCpus === 0 && original.quotaUs > 0;
  return {
    settings,
    expectedCores: coresOf(settings.nanoCpus > 0 ? settings : original),
    expectedPeriodUs: hasOwnPeriod ? original.periodUs || DEFAULT_PERIOD_US : null,
    expectedShares: settings.shares === 0 ? null : settings.shares,
    expectedBurstUs: originalBurstUs,
  };
}

/** The kernel's weight now, null = not known; CPUs as in `HostRules`. */
export interface RestoreFacts {
  readonly weight: KernelWeight | null;
  readonly hostCpus?: number | undefined;
}

/**
 * Settings that undo everything of ours, as far as there are CPUs. Without a period of its own a
 * container is left without one where possible: a stored period makes the engine refuse NanoCpus
 * for ever.
 */
export function restoreOf(
  original: EngineCpuSettings,
  current: EngineCpuSettings,
  { weight, hostCpus }: RestoreFacts,
): EngineCpuSettings {
  if (original.nanoCpus > 0)
    return {
      nanoCpus: nanoCpusBack(original, current, hostCpus),
      quotaUs: 0,
      periodUs: 0,
      shares: nanoShares({ original, current, weight }),
    };
  const quotaUs = original.quotaUs > 0 ? original.quotaUs : UNLIMITED_QUOTA;
  const wanted = original.periodUs > 0 ? original.periodUs : DEFAULT_PERIOD_US;
  // They are written even where they seem to be in force, because `current` may be older than our
  // last write.
  const shares = original.shares > 0 ? original.shares : restoredShares(original, current, weight);
  return { nanoCpus: 0, quotaUs, periodUs: periodToWrite(wanted, current.periodUs), shares };
}

/** The same write with fewer cores: what a first limit becomes where there is less room. */
export function narrowed(
  write: CpuWrite,
  cores: number,
  host: HostRules,
): Result<CpuWrite, string> {
  const { nanoCpus, periodUs, shares } = write.settings;
  const current = { nanoCpus, quotaUs: 0, periodUs, shares };
  const burst = write.expectedBurstUs === null ? {} : { burstUs: write.expectedBurstUs };
  const limit = {
    cpuCores: cores,
    periodUs: write.expectedPeriodUs ?? DEFAULT_PERIOD_US,
    ...burst,
  };
  const narrow = writeOf(
    limit,
    { current, original: current, weight: null, originalBurstUs: null },
    host,
  );
  return narrow.ok && write.expectedBurstUs === null
    ? ok({ ...narrow.value, expectedBurstUs: null })
    : narrow;
}

/** 0, which leaves it, where the default period is in force already. */
const periodToWrite = (wantedUs: number, storedUs: number): number =>
  storedUs === 0 && wantedUs === DEFAULT_PERIOD_US ? 0 : wantedUs;

/** The CPU of a container by what the engine stores, as `KernelCpu`. */
export const storedCpu = (settings: EngineCpuSettings): KernelCpu => ({
  cores: coresOf(settings),
  periodUs: settings.nanoCpus > 0 ? null : settings.periodUs || DEFAULT_PERIOD_US,
  weight: { version: 1, value: settings.shares || DEFAULT_SHARES },
  burstUs: null,
});

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** For reasons: `0.5 cores`, or `no limit`. */
export const showCores = (cores: number | null): string =>
  cores === null ? 'no limit' : `${Number(cores.toPrecision(4))} cores`;
/** A period for people: `100 ms`, or that it is not known. */
export const showPeriod = (periodUs: number | null): string =>
  periodUs === null ? 'unknown' : `${Number((periodUs / 1000).toPrecision(4))} ms`;
