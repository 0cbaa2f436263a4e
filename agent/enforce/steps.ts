import type { DesiredAllocation, DesiredState } from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import { fixedPartsHashOf } from '../containers/host-config.js';
import type { Managed } from '../containers/managed.js';
import { admitGpu, admitSpec } from './admit-spec.js';
import { planLeftovers } from './leftovers.js';
import { planLimit, planStored } from './limit-steps.js';
import type { EnforcePlan, PlanInput, Planning, Verdict } from './plan-types.js';
import { boundLimit } from './policy-bounds.js';
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
    ...input.desired.allocations.flatMap((allocation) => planAllocation(allocation, input)),
    ...planLeftovers(input),
  ];
  const steps = parts.filter((part): part is Step => 'kind' in part);
  const verdicts = parts.filter((part): part is Verdict => !('kind' in part));
  const phaseOf = (step: Step): number => PHASES.findIndex((kinds) => kinds.includes(step.kind));
  return { steps: steps.sort((a, b) => phaseOf(a) - phaseOf(b)), verdicts };
}

type Part = Step | Verdict;

function planAllocation(want: DesiredAllocation, input: Planning): Part | readonly Part[] {
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

function planOwn({ want, spec, managed }: OwnJob, input: Planning): Part | readonly Part[] {
  const refuse = (reason: string): Verdict => ({ allocation: want.id, ok: false, reason });
  if (managed !== undefined && managed.origin !== 'dqoes')
    return refuse('an adopted container has this allocation id');
  const version = planVersion({ want, spec, managed }, input);
  if (managed === undefined) return version ?? [];
  // What is there keeps to its limit, whatever hinders its job from being what is wanted now.
  if (version !== undefined) {
    const beside = planBeside(want, managed, input);
    // Made with more than is wanted now, it would wait for room that it takes itself.
    if ('kind' in version && version.kind === 'start') return beside[0] ?? version;
    if ('kind' in version && version.kind === 'stop' && version.successor === undefined)
      return version;
    return [version, ...beside.map((part) => ({ ...part, isBeside: true as const }))];
  }
  if (managed.state !== 'exited') return planLimit(want, managed, input);
  return planStored(want, managed, input) ?? refuse(endedReason(managed));
}

/** What is to be done about the version of a job that runs; undefined = it is the one wanted. */
function planVersion({ want, spec, managed }: OwnJob, input: Planning): Part | undefined {
  const refuse = (reason: string): Verdict => ({ allocation: want.id, ok: false, reason });
  const admitted = admitSpec(spec, input.bounds);
  if (!admitted.ok) return { ...refuse(admitted.error), refused: true };
  const start = { want, spec, specHash: fixedPartsHashOf(spec) };
  const isNew = managed === undefined || managed.state === 'created';
  const replaced = managed === undefined ? '' : replacedReason(managed, start.specHash, input);
  if (!isNew && replaced === '') return undefined;
  // What runs is not stopped for what could not be started.
  const missing = secretsMissing(spec, want.secrets);
  if (missing !== undefined) return refuse(missing);
  const planned = planStart(start, input);
  // Also one that was never started: its name is taken until it is gone.
  return managed !== undefined && replaced !== '' && 'kind' in planned
    ? replacing(managed, replaced, planned)
    : planned;
}

/** The limit of a container that is not, or not yet, what is wanted; at most one part. */
function planBeside(
  want: DesiredAllocation,
  managed: Managed,
  input: Planning,
): readonly (LimitStep | Verdict)[] {
  if (input.isStopping?.(want.id) === true) return [];
  if (managed.state === 'running') return [planLimit(want, managed, input)];
  const lower = planStored(want, managed, input);
  return lower === null ? [] : [lower];
}

const replacing = (managed: Managed, reason: string, successor: StartStep): StopStep => ({
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

function planStart({ want, spec, specHash }: NewContainer, input: Planning): StartStep | Verdict {
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
  return spec !== undefined && fixedPartsHashOf(spec) === specHash;
}

/** Why a container that ended gets no limit. */
export const endedReason = ({ exitCode }: Managed): string =>
  `the container ended with exit code ${exitCode ?? 'unknown'}`;
