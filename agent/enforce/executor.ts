import type { Clock } from '../../shared/clock.js';
import { type CpuLimit, RUNS_ON } from '../../shared/command.js';
import { messageOf } from '../../shared/errors.js';
import type { AllocationId } from '../../shared/ids.js';
import { withoutValues } from '../containers/hidden-values.js';
import { containerNameOf, type Owner, ownLabels } from '../containers/host-config.js';
import { showCores, showPeriod } from '../containers/limits.js';
import type { ContainerEngine, EngineFailure } from '../ports/engine.js';
import type { NodeKey } from '../ports/secrets.js';
import { lowerBurst, readWithBurst, type SeenWithBurst, updateWithBurst } from './burst.js';
import { burstHolds, holds, isInForce, periodHolds } from './in-force.js';
import type { KernelLimits } from './kernel-limits.js';
import { openSecrets } from './secrets.js';
import type {
  LimitStep,
  RestoreStep,
  StartStep,
  Step,
  StepKind,
  StepResult,
  StopStep,
} from './types.js';
import { whileWanted } from './while-wanted.js';

/** What the executors of steps use. */
export interface ExecutorDeps {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly clock: Clock;
  readonly owner: Owner;
  /** Between SIGTERM and SIGKILL, ms. */
  readonly stopGraceMs: number;
  /** Opens the secrets of jobs; absent = they are given none here. */
  readonly nodeKey?: NodeKey;
  /** The agent stops: what has not begun is left, because everything is put back next. */
  readonly isClosed: () => boolean;
  /**
   * Whether a start is still to be done as it was begun, or a container to be replaced by what it
   * was to be: asked after the image was pulled, too. Absent = it is.
   */
  readonly isWanted?: (step: Pick<StartStep, 'allocation' | 'specHash'>) => boolean;
  /** Hears how far the pull of an image is, in words. */
  readonly onPull?: (allocation: AllocationId, text: string) => void;
  /** Hears that the image of a start is pulled, so that no container is asked for yet. */
  readonly onPulling?: (allocation: AllocationId) => void;
  /** The limit with which its container is to be made now. Absent, undefined = that of the step. */
  readonly limitNow?: (allocation: AllocationId) => CpuLimit | undefined;
  /** Hears that the image is there of what takes a container's place, which is stopped now. */
  readonly onFetched?: (allocation: AllocationId) => void;
  /** Gets each step that was done, whether it went well, and how long it took, s. */
  readonly onStep?: (kind: StepKind, ok: boolean, seconds: number) => void;
}

type Executors = {
  readonly [K in StepKind]: (
    step: Extract<Step, { kind: K }>,
    deps: ExecutorDeps,
  ) => Promise<StepResult>;
};

const EXECUTORS: Executors = {
  stop: stopContainer,
  start: startContainer,
  lower: (step, deps) => writeLimit(step, deps),
  lift: (step, deps) => writeLimit(step, deps),
  cap: (step, deps) => writeLimit(step, deps),
  raise: (step, deps) => writeLimit(step, deps),
  restore: restoreContainer,
};

/** Does one step. Never throws: one bad container does not stop the rest. */
export async function execute<S extends Step>(step: S, deps: ExecutorDeps): Promise<StepResult> {
  const executor = EXECUTORS[step.kind] as (step: S, deps: ExecutorDeps) => Promise<StepResult>;
  const beganAtMs = deps.clock.now();
  const result = await executor(step, deps).catch((cause) => ({
    ok: false,
    reason: `step ${step.kind} failed: ${messageOf(cause)}`,
  }));
  deps.onStep?.(step.kind, result.ok, (deps.clock.now() - beganAtMs) / 1000);
  return result;
}

async function stopContainer(step: StopStep, deps: ExecutorDeps): Promise<StepResult> {
  const { containerId, onlyIfEnded } = step;
  const fetched = await fetchSuccessor(step, deps);
  if (fetched !== undefined) return fetched;
  const stopped = await deps.engine.stop(containerId, deps.stopGraceMs, onlyIfEnded);
  return stopped.ok ? { ok: true, reason: step.reason, gone: true } : failed(stopped.error);
}

/**
 * Has the image of what takes the container's place, so that nothing is stopped for what could not
 * be started. undefined = the container may be stopped.
 */
async function fetchSuccessor(
  { allocation, successor }: StopStep,
  deps: ExecutorDeps,
): Promise<StepResult | undefined> {
  if (successor === undefined) return undefined;
  const { engine, clock, onPull, onFetched } = deps;
  const { spec, specHash } = successor;
  const isWanted = wantedFrom({ allocation, specHash }, deps);
  const tell = onPull === undefined ? undefined : (text: string) => onPull(allocation, text);
  const fetch = (left: AbortSignal) => engine.fetchImage(spec.image, tell, left);
  const fetched = await whileWanted(fetch, { clock, isWanted });
  if (!isWanted()) return { ok: true, reason: 'it is wanted otherwise by now', isLeft: true };
  if (fetched.ok) {
    onFetched?.(allocation);
    return undefined;
  }
  const why = failed(fetched.error);
  return { ...why, reason: `${RUNS_ON}${why.reason}` };
}

const wantedFrom =
  (
    step: Pick<StartStep, 'allocation' | 'specHash'>,
    { isClosed, isWanted }: ExecutorDeps,
  ): (() => boolean) =>
  () =>
    !isClosed() && isWanted?.(step) !== false;

async function startContainer(step: StartStep, deps: ExecutorDeps): Promise<StepResult> {
  const name = containerNameOf(step.allocation);
  const labels = ownLabels(deps.owner, step);
  const { spec, limit, gpu } = step;
  const opened = openSecrets(step, deps.nodeKey);
  if (!opened.ok) return { ok: false, reason: opened.error, untouched: true };
  const secretEnv = opened.value;
  const { onPull, onPulling, clock } = deps;
  const { formerNames } = deps.owner;
  const isWanted = wantedFrom(step, deps);
  const request = {
    name,
    spec,
    labels,
    ...(formerNames === undefined ? {} : { formerNodes: formerNames }),
    limit,
    isWanted,
    limitNow: () => deps.limitNow?.(step.allocation) ?? limit,
    ...(onPulling === undefined ? {} : { onPulling: () => onPulling(step.allocation) }),
    ...(gpu === undefined ? {} : { gpu }),
    ...(secretEnv === undefined ? {} : { secretEnv }),
    ...(onPull === undefined ? {} : { onPull: (text: string) => onPull(step.allocation, text) }),
  };
  const run = (left: AbortSignal) => deps.engine.run({ ...request, left });
  const started = await whileWanted(run, { clock, isWanted });
  if (started.ok) return { ok: true, reason: step.reason, started: started.value };
  const message = withoutValues(started.error.message, Object.values(secretEnv ?? {}));
  const failure = failed({ ...started.error, message });
  return isWanted() ? failure : { ...failure, isLeft: true };
}

async function restoreContainer(step: RestoreStep, deps: ExecutorDeps): Promise<StepResult> {
  const updated = await updateWithBurst(deps, { ...step, life: step });
  if (!updated.ok) return failed(updated.error);
  const [warning] = updated.value;
  return warning === undefined ? { ok: true, reason: step.reason } : notEnforced(warning);
}

const notEnforced = (warning: string): StepResult => ({
  ok: false,
  reason: `the engine did not enforce it: ${warning}`,
});

/** Pauses before reading back, ms: the kernel may lag behind the engine's answer. */
const READ_BACK_PAUSES_MS = [0, 2, 5, 10, 20];

async function writeLimit(step: LimitStep, deps: ExecutorDeps): Promise<StepResult> {
  await lowerBurst(deps.kernel, step, step.expectedBurstUs);
  const updated = await deps.engine.updateCpu(step.containerId, step.settings);
  if (!updated.ok) return failed(updated.error);
  const [warning] = updated.value;
  if (warning !== undefined) return notEnforced(warning);
  return step.pid === 0 ? storedOnly(step) : readBack(step, deps);
}

/** Without a process there is no cgroup: the engine keeps the limit for the next start. */
const storedOnly = ({ expectedCores, reason }: LimitStep): StepResult => ({
  ok: true,
  reason,
  observedCores: expectedCores,
});

async function readBack(step: LimitStep, deps: ExecutorDeps): Promise<StepResult> {
  let last: StepResult = NOT_READ;
  for (const pauseMs of READ_BACK_PAUSES_MS) {
    if (pauseMs > 0) await deps.clock.sleep(pauseMs);
    const read = await readWithBurst(deps.kernel, step);
    if (!read.ok) {
      last = {
        ok: false,
        reason: `written, but the kernel's limit could not be read: ${read.error}`,
      };
    } else {
      last = judgeReading(step, read.value);
      if (isInForce(step, read.value.seen)) return last;
    }
  }
  return last;
}
const NOT_READ: StepResult = { ok: false, reason: 'not read back' };

/**
 * Only the cores decide: a limit with another period, weight or burst than asked is in force, and
 * the reason says what differs.
 */
function judgeReading(step: LimitStep, { seen, burstFault }: SeenWithBurst): StepResult {
  const observedCores = seen.cores;
  if (!holds(step.expectedCores, observedCores)) {
    const reason =
      `wrote ${showCores(step.expectedCores)}, but the kernel holds ` +
      `${showCores(observedCores)}`;
    return { ok: false, reason, observedCores, seen };
  }
  const period = periodHolds(step, seen)
    ? ''
    : `; the kernel keeps a period of ${showPeriod(seen.periodUs)}`;
  const why = burstFault === '' ? '' : ` (${burstFault})`;
  const burst = burstHolds(step, seen)
    ? ''
    : `; the kernel keeps a burst of ${seen.burstUs} µs${why}`;
  const fault = burstFault === '' ? {} : { burstFault };
  return { ok: true, reason: `${step.reason}${period}${burst}`, observedCores, seen, ...fault };
}

function failed(failure: EngineFailure): StepResult {
  const { kind, message } = failure;
  const reason = `${REASONS[kind]}: ${message} [docker.${kind}]`;
  return {
    ok: false,
    reason,
    gone: kind === 'gone',
    untouched: kind === 'refused' || kind === 'no-image',
  };
}
const REASONS: Readonly<Record<EngineFailure['kind'], string>> = {
  gone: 'the container no longer exists',
  'no-image': 'the container cannot be made',
  refused: 'the engine refused',
  timeout: 'the engine did not answer in time',
  unavailable: 'the engine cannot be reached',
};
