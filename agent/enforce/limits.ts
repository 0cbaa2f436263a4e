import type { CpuLimit } from '../../shared/command.js';
import { DEFAULT_PERIOD_US } from '../../shared/command.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { EngineCpuSettings } from '../ports.js';

/** CFS bandwidth, Linux `Documentation/scheduler/sched-bwc.rst`: quota at least 1 ms, period 1 ms to 1 s. */
export const MIN_QUOTA_US = 1_000;
export const MIN_PERIOD_US = 1_000;
export const MAX_PERIOD_US = 1_000_000;
/** `CpuQuota` that means "no limit"; 0 would mean "leave as it is". */
export const UNLIMITED_QUOTA = -1;

/** What our own containers go back to: no limit. */
export const OWN_ORIGINAL: EngineCpuSettings = { nanoCpus: 0, quotaUs: UNLIMITED_QUOTA, periodUs: 0, shares: 0 };

/** The pair the kernel will hold for a limit. */
export interface Quota {
  readonly quotaUs: number;
  readonly periodUs: number;
}

/**
 * Cores → quota and period. Quota is rounded down to whole µs, so that a sum of limits never grows by rounding, and clamped to
 * [1 ms, host cores]. A number that is not finite or not positive is refused.
 */
export function quotaOf(
  limit: { readonly cpuCores: number; readonly periodUs: number },
  hostCores: number,
): Result<Quota, string> {
  const { cpuCores, periodUs } = limit;
  if (!Number.isFinite(cpuCores) || cpuCores <= 0)
    return err(`CPU limit ${cpuCores} is not a positive number of cores`);
  if (!Number.isFinite(periodUs)) return err(`CFS period ${periodUs} is not a number of microseconds`);
  const period = clamp(Math.round(periodUs), MIN_PERIOD_US, MAX_PERIOD_US);
  const most = Math.max(MIN_QUOTA_US, Math.floor(hostCores * period));
  return ok({ quotaUs: clamp(Math.floor(cpuCores * period + 1e-6), MIN_QUOTA_US, most), periodUs: period });
}

/** Cores a quota stands for. */
export const coresOfQuota = (quota: Quota): number => quota.quotaUs / quota.periodUs;

/** The limit the engine stores; null = none. A period of 0 is the kernel's default of 100 ms. */
export function coresOf(settings: EngineCpuSettings): number | null {
  if (settings.nanoCpus > 0) return settings.nanoCpus / 1e9;
  if (settings.quotaUs <= 0) return null;
  return settings.quotaUs / (settings.periodUs > 0 ? settings.periodUs : DEFAULT_PERIOD_US);
}

/** A write to the engine and what the cgroup must say after it. */
export interface CpuWrite {
  readonly settings: EngineCpuSettings;
  readonly expectedCores: number | null;
}

/**
 * The write that brings a container from `current` to `limit`, in the container's own style: the engine refuses quota on a container
 * that has NanoCpus, and the reverse. A limit of null puts `original` back.
 */
export function writeOf(
  limit: CpuLimit,
  container: { readonly current: EngineCpuSettings; readonly original: EngineCpuSettings },
  hostCores: number,
): Result<CpuWrite, string> {
  if (limit.cpuCores === null) {
    const settings = restoreOf(container.original, container.current);
    return ok({ settings, expectedCores: coresOf(container.original) });
  }
  const quota = quotaOf({ cpuCores: limit.cpuCores, periodUs: limit.periodUs }, hostCores);
  if (!quota.ok) return quota;
  const cores = coresOfQuota(quota.value);
  if (container.current.nanoCpus > 0) {
    const nanoCpus = Math.max(10_000_000, Math.floor(cores * 1e9));
    return ok({ settings: { nanoCpus, quotaUs: 0, periodUs: 0, shares: 0 }, expectedCores: nanoCpus / 1e9 });
  }
  const periodUs = periodToWrite(quota.value.periodUs, container.current.periodUs);
  return ok({
    settings: { nanoCpus: 0, quotaUs: quota.value.quotaUs, periodUs, shares: 0 },
    expectedCores: cores,
  });
}

/**
 * Settings that undo everything of ours. Without a period of its own a container is left without one where possible: a stored
 * period makes the engine refuse NanoCpus for ever.
 */
export function restoreOf(original: EngineCpuSettings, current: EngineCpuSettings): EngineCpuSettings {
  if (original.nanoCpus > 0) return { nanoCpus: original.nanoCpus, quotaUs: 0, periodUs: 0, shares: 0 };
  const quotaUs = original.quotaUs > 0 ? original.quotaUs : UNLIMITED_QUOTA;
  const wanted = original.periodUs > 0 ? original.periodUs : DEFAULT_PERIOD_US;
  return { nanoCpus: 0, quotaUs, periodUs: periodToWrite(wanted, current.periodUs), shares: 0 };
}

/** 0 (= leave) where the default period is in force already. */
const periodToWrite = (wantedUs: number, storedUs: number): number =>
  storedUs === 0 && wantedUs === DEFAULT_PERIOD_US ? 0 : wantedUs;

/** Relative slack for a quota rounded to whole µs. */
const SLACK = 1e-3;

/**
 * Whether the kernel holds what was written. The systemd cgroup driver rounds a quota up to 1 % of a core (10 ms in a second), which
 * counts as held.
 */
export function holds(expectedCores: number | null, observedCores: number | null): boolean {
  if (expectedCores === null || observedCores === null) return expectedCores === observedCores;
  if (same(expectedCores, observedCores)) return true;
  return same(Math.ceil(expectedCores * 100 - 1e-9) / 100, observedCores);
}
const same = (a: number, b: number): boolean => Math.abs(a - b) <= SLACK * Math.min(a, b) + 1e-9;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** For reasons: `0.5 cores`, or `no limit`. */
export const showCores = (cores: number | null): string =>
  cores === null ? 'no limit' : `${Number(cores.toPrecision(4))} cores`;
