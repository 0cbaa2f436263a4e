import {
  type DesiredAllocation,
  type DesiredState,
  guaranteedCores,
} from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import { specHashOf } from '../containers/host-config.js';
import {
  type CpuWrite,
  coresOf,
  type KernelCpu,
  storedCpu,
  writeOf,
} from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import { admitGpu, admitSpec } from './admit-spec.js';
import { isInForce, sameCores } from './in-force.js';
import { leastQuota, leastWritten } from './least-known.js';
import type { LedgerEntry } from './ledger-entry.js';
import { planLeftovers } from './leftovers.js';
import { originalBurstOf, originalOf } from './originals.js';
import type { EnforcePlan, PlanInput, Planning, Verdict } from './plan-types.js';
import { boundLimit } from './policy-bounds.js';
import { isNoted, isPlain, maxPromised, promisedNow, promiseOf } from './promise.js';
import { secretsMissing } from './secrets.js';
import type { LimitStep, StartStep, Step, StopStep } from './types.js';

/**
 * The phases of a pass. Room is made before it is given: each phase ends with a read-back before
 * the next begins.
 */
export const PHASES: readonly (readonly Step['kind'][])[] = [
  ['stop', 'lower'],
  ['restore', 'lift'],
  ['cap'],
  ['raise', 'start'],
];

/** The limit a container has now, cores; null = none. */
export const currentCores = (managed: Managed, observed: PlanInput['observed']): number | null =>
  currentCpu(managed, observed).cores;

const currentCpu = ({ containerId, cpu }: Managed, observed: PlanInput['observed']): KernelCpu =>
  observed.get(containerId) ?? storedCpu(cpu);

/**
 * Plans one pass: the desired state, what runs and the ledger become ordered steps with reasons.
 * Touches only containers in `managed` whose control is `enforce`, and containers of the ledger,
 * which are put back.
 */
export function planSteps(snapshot: PlanInput): EnforcePlan {
  const byAllocation = new Map(snapshot.managed.map((managed) => [managed.allocation, managed]));
  const entries = new Map(snapshot.ledger.entries.map((entry) => [entry.containerId, entry]));
  const input: Planning = { ...snapshot, byAllocation, entries };
  const parts = [
    ...input.desired.allocations.map((allocation) => planAllocation(allocation, input)),
    ...planLeftovers(input),
  ];
  const steps = parts.filter((part): part is Step => 'kind' in part);
  const verdicts = parts.filter((part): part is Verdict => !('kind' in part));
  const phaseOf = (step: Step): number => PHASES.findIndex((kinds) => kinds.includes(step.kind));
  return { steps: steps.sort((a, b) => phaseOf(a) - phaseOf(b)), verdicts };
}

function planAllocation(want: DesiredAllocation, input: Planning): Step | Verdict {
  const managed = input.byAllocation.get(want.id);
  const refuse = (reason: string): Verdict => ({ allocation: want.id, ok: false, reason });
  if (want.spec !== undefined && want.containerId === undefined)
    return planOwn({ want, spec: want.spec, managed }, input);
  if (want.containerId === undefined || want.spec !== undefined)
    return refuse('the command must name either a job or an adopted container');
  if (
    managed === undefined ||
    managed.containerId !== want.containerId ||
    managed.origin !== 'label'
  )
    return refuse('no container that opted in has this id here');
  if (managed.state !== 'running') return refuse('the container is not running');
  return planLimit(want, managed, input);
}

interface OwnJob {
  readonly want: DesiredAllocation;
  readonly spec: JobSpec;
  readonly managed: Managed | undefined;
}

function planOwn({ want, spec, managed }: OwnJob, input: Planning): Step | Verdict {
  const refuse = (reason: string): Verdict => ({ allocation: want.id, ok: false, reason });
  if (managed !== undefined && managed.origin !== 'dqoes')
    return refuse('an adopted container has this allocation id');
  const admitted = admitSpec(spec, input.bounds);
  if (!admitted.ok) return { ...refuse(admitted.error), refused: true };
  const specHash = specHashOf(spec);
  const isNew = managed === undefined || managed.state === 'created';
  const replaced = managed === undefined ? '' : replacedReason(managed, specHash, input);
  // What runs is not stopped for what could not be started.
  const missing = isNew || replaced !== '' ? secretsMissing(spec, want.secrets) : undefined;
  if (missing !== undefined) return refuse(missing);
  // Also one that was never started: its name is taken until it is gone.
  if (managed !== undefined && replaced !== '')
    return replacing(managed, replaced, { image: spec.image, specHash });
  if (isNew) {
    // Made with more than is wanted now, it would wait for room that it takes itself.
    const lower = managed === undefined ? null : planStored(want, managed, input);
    return lower ?? planStart({ want, spec, specHash }, input);
  }
  if (managed.state !== 'exited') return planLimit(want, managed, input);
  return planStored(want, managed, input) ?? refuse(endedReason(managed));
}

const replacing = (
  managed: Managed,
  reason: string,
  successor: NonNullable<StopStep['successor']>,
): Step => ({
  kind: 'stop',
  allocation: managed.allocation,
  containerId: managed.containerId,
  ...(managed.specHash === successor.specHash ? { onlyIfEnded: true } : { successor }),
  reason,
});

/** Why a container is to be created again; '' = it is not. */
function replacedReason(managed: Managed, specHash: string, { endedBefore }: Planning): string {
  if (managed.specHash !== specHash) return 'the job was changed and is started again';
  // It may have been stopped with the agent, the host or the engine. Else it ended by itself.
  return managed.state === 'exited' && endedBefore?.has(managed.containerId) === true
    ? 'it ended while no agent or no Docker Engine ran, and is started again'
    : '';
}

interface NewContainer {
  readonly want: DesiredAllocation;
  readonly spec: JobSpec;
  readonly specHash: string;
}

function planStart({ want, spec, specHash }: NewContainer, input: Planning): Step | Verdict {
  const { id: allocation, gpu, secrets, reason } = want;
  const allowed = admitGpu(gpu, input.bounds);
  if (!allowed.ok) return { allocation, ok: false, reason: allowed.error };
  return {
    kind: 'start',
    allocation,
    spec,
    specHash,
    limit: boundLimit(want.limit, input.bounds),
    ...(gpu === undefined ? {} : { gpu }),
    ...(secrets === undefined ? {} : { secrets }),
    reason,
  };
}

/** Whether a job is desired as it was when a step began; its limit may be another by now. */
export function isStillDesired(
  { allocation, specHash }: Pick<StartStep, 'allocation' | 'specHash'>,
  desired: DesiredState | null,
): boolean {
  const spec = desired?.allocations.find(({ id }) => id === allocation)?.spec;
  return spec !== undefined && specHashOf(spec) === specHash;
}

/** Why a container that ended gets no limit. */
export const endedReason = ({ exitCode }: Managed): string =>
  `the container ended with exit code ${exitCode ?? 'unknown'}`;

/** Limits are rounded to whole microseconds. */
const SLACK_CORES = 1e-3;
/**
 * Kernel settings that differ from any limit, so that the limit is written whatever the list says.
 */
const NOT_KNOWN: KernelCpu = { cores: null, periodUs: null, weight: null, burstUs: null };

// The engine keeps the limit of a container that does not run and applies it at the next start, so
// one that is too large must be lowered before others get its room.
function planStored(want: DesiredAllocation, managed: Managed, input: Planning): LimitStep | null {
  const entry = input.entries.get(managed.containerId);
  const limit = boundLimit(want.limit, input.bounds);
  const stored = promisedNow(coresOf(managed.cpu), entry);
  const wanted = promiseOf(limit, limit.cpuCores);
  if (stored === null || wanted === null) return null;
  // The list may be older than our last write, or that write may not have been done.
  const applied = entry?.applied == null ? 0 : guaranteedCores(entry.applied);
  if (Math.max(stored, applied) <= wanted + SLACK_CORES) return null;
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

function planLimit(
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
  if (isSure && isInForce(write.value, now, confirmed))
    return {
      allocation: want.id,
      ok: true,
      reason: want.reason,
      ...(seen === undefined ? {} : { observedCores: seen.cores }),
    };
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
