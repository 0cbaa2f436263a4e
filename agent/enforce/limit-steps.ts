import { type DesiredAllocation, guaranteedCores } from '../../shared/command.js';
import {
  type CpuWrite,
  coresOf,
  type KernelCpu,
  storedCpu,
  writeOf,
} from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import { EPSILON_CORES } from './budget.js';
import { isInForce, sameCores } from './in-force.js';
import { leastQuota, leastWritten } from './least-known.js';
import type { LedgerEntry } from './ledger-entry.js';
import { originalBurstOf, originalOf } from './originals.js';
import type { PlanInput, Planning, Verdict } from './plan-types.js';
import { boundLimit } from './policy-bounds.js';
import { isNoted, isPlain, maxPromised, promisedNow, promiseOf } from './promise.js';
import type { LimitStep } from './types.js';

/** The limit a container has now, cores; null = none. */
export const currentCores = (managed: Managed, observed: PlanInput['observed']): number | null =>
  currentCpu(managed, observed).cores;

const currentCpu = ({ containerId, cpu }: Managed, observed: PlanInput['observed']): KernelCpu =>
  observed.get(containerId) ?? storedCpu(cpu);

/**
 * Kernel settings that differ from any limit, so that the limit is written whatever the list says.
 */
const NOT_KNOWN: KernelCpu = { cores: null, periodUs: null, weight: null, burstUs: null };

/**
 * The engine keeps the limit of a container that does not run and applies it at the next start, so
 * one that is too large must be lowered before others get its room. null = it is not.
 */
export function planStored(
  want: DesiredAllocation,
  managed: Managed,
  input: Planning,
): LimitStep | null {
  const entry = input.entries.get(managed.containerId);
  const limit = boundLimit(want.limit, input.bounds);
  const stored = promisedNow(coresOf(managed.cpu), entry);
  const wanted = promiseOf(limit, limit.cpuCores);
  if (stored === null || wanted === null) return null;
  // The list may be older than our last write, or that write may not have been done.
  const applied = entry?.applied == null ? 0 : guaranteedCores(entry.applied);
  if (Math.max(stored, applied) <= wanted + EPSILON_CORES) return null;
  const observed = new Map([[managed.containerId, NOT_KNOWN]]);
  const confirmed = input.confirmed.get(managed.lifeId);
  const least = leastWritten({ entry, confirmed });
  const leastCores = least === null ? 0 : guaranteedCores(least);
  // It may have less by now than is wanted: more than that is no lower limit.
  const isBelow = least !== null && leastCores > 0 && leastCores < wanted;
  const lower = isBelow ? { ...want, limit: least } : want;
  const planned = planLimit(lower, { ...managed, pid: 0 }, { ...input, observed });
  return 'kind' in planned ? { ...planned, kind: 'lower' } : null;
}

/** The limit that a container is to have, as a step; a verdict where there is nothing to write. */
export function planLimit(
  want: DesiredAllocation,
  managed: Managed,
  input: Planning,
): LimitStep | Verdict {
  const refuse = (reason: string): Verdict => ({ allocation: want.id, ok: false, reason });
  if (managed.control !== 'enforce')
    return refuse(`control is ${managed.control}: this container is not changed`);
  const entry = input.entries.get(managed.containerId);
  const original = originalOf(managed, entry);
  const limit = boundLimit(want.limit, input.bounds, coresOf(original));
  const seen = input.observed.get(managed.containerId);
  const originalBurstUs = originalBurstOf(managed, entry);
  const container = {
    current: managed.cpu,
    original,
    weight: seen?.weight ?? null,
    originalBurstUs,
  };
  const write = writeOf(limit, container, input);
  if (!write.ok) return refuse(write.error);
  const now = seen ?? storedCpu(managed.cpu);
  const isSure = isNoted(limit, entry) && input.isUnknown?.(managed.containerId) !== true;
  const confirmed = input.confirmed.get(managed.lifeId);
  if (isSure && isInForce(write.value, now, confirmed)) {
    const inForce = { lifeId: managed.lifeId, expected: write.value };
    return {
      allocation: want.id,
      ok: true,
      reason: want.reason,
      ...(seen === undefined ? {} : { observedCores: seen.cores }),
      ...(seen === undefined || isPlain(limit) ? {} : { inForce: { ...inForce, seen } }),
    };
  }
  // An update could cut the container off its GPU, also one that lifts a limit; a container that
  // ended has none to lose.
  if (managed.gpuInjection === 'hook' && input.limitHooked !== true && managed.state === 'running')
    return refuse(LEGACY_HOOK_REASON);
  const promiseCores = promiseOf(limit, write.value.expectedCores);
  const leastCores = seen === undefined ? leastQuota(managed, { entry, confirmed }) : now.cores;
  const kind = kindOf(
    { managed, original, entry, quotaCores: now.cores, leastCores },
    promiseCores,
  );
  if (kind === 'raise' && !input.mayRaise)
    return refuse('the coordinator is silent: no limit is raised until it is heard again');
  return {
    ...write.value,
    ...burstOf(write.value, seen, originalBurstUs),
    kind,
    allocation: want.id,
    containerId: managed.containerId,
    lifeId: managed.lifeId,
    pid: managed.pid,
    applied: isPlain(limit) ? null : limit,
    promiseCores,
    reason: want.reason,
  };
}

/** Why no limit is written on a container whose GPU such a write can take away. */
export const LEGACY_HOOK_REASON =
  'a CPU limit could cut this container off its GPU, which came in by --gpus: give it by ' +
  'CDI or --device, or set gpu.limit-hooked: true (docs/gpu.md)';

/** A burst that cannot be read is not written, because its original could not be recorded. */
function burstOf(
  { expectedBurstUs }: CpuWrite,
  seen: KernelCpu | undefined,
  originalBurstUs: number | null,
): Pick<LimitStep, 'expectedBurstUs' | 'originalBurstUs'> {
  const burstUs = seen?.burstUs ?? null;
  if (expectedBurstUs === null || burstUs === null) return { expectedBurstUs: null };
  const isFirst = originalBurstUs === null && burstUs !== expectedBurstUs;
  return { expectedBurstUs, ...(isFirst ? { originalBurstUs: burstUs } : {}) };
}

interface LimitState {
  readonly managed: Managed;
  readonly original: EngineCpuSettings;
  readonly entry: LedgerEntry | undefined;
  /** The quota it has now; where the kernel was not read, what the engine's list says. */
  readonly quotaCores: number | null;
  /** The least that it may be. */
  readonly leastCores: number | null;
}

/** What will be promised, compared with what is promised now, makes a write a raise or not. */
function kindOf(
  { managed, original, entry, quotaCores, leastCores }: LimitState,
  nextCores: number | null,
): LimitStep['kind'] {
  if (nextCores === null) return 'lift';
  const now = promisedNow(quotaCores, entry);
  if (now === null) return 'cap';
  if (nextCores > now) return 'raise';
  // The container's own limit does not count as ours until another is in force.
  const isItsOwn =
    managed.origin === 'label' &&
    maxPromised(entry) === null &&
    sameCores(leastCores, coresOf(original));
  if (isItsOwn) return 'cap';
  // What a list that may be old calls lower needs room where it may be more.
  return nextCores > (promisedNow(leastCores, entry) ?? 0) ? 'raise' : 'lower';
}
