import type { DesiredAllocation } from '../../shared/command.js';
import {
  type AllocationId,
  adoptedAllocationId,
  type ContainerId,
  type JobName,
  parseAllocationId,
  parseJobName,
  toSafeId,
} from '../../shared/ids.js';
import type { CpuBounds, JobSpec, LatencySourceSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import { type ContainerState, type ControlMode, NOT_REMOVED, PAUSED } from '../../shared/report.js';
import { fixedPartsHashOf, hasOwnName, OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import type { EngineContainer } from '../ports/engine.js';
import { countedLabels, imageOptInReason } from './image-labels.js';
import { copyReason, standsBefore } from './job-copies.js';
import { DEFAULT_LABEL_PREFIX, isEnabled, labelFaults, readLabels } from './labels.js';
import { separateJobs } from './separate-jobs.js';

/** One allocation as this node knows it: started by us or adopted, with or without a container. */
export interface Workload {
  readonly id: AllocationId;
  readonly job: JobName;
  readonly origin: 'dqoes' | 'label';
  /** Container id + StartedAt; '' while there is no container. */
  readonly lifeId: string;
  readonly control: ControlMode;
  /** Why `control` is not `enforce`; '' otherwise. */
  readonly controlReason: string;
  /** null when not known or invalid. */
  readonly target: Target | null;
  readonly bounds: CpuBounds;
  readonly weight: number;
  /** null when no latency source is known. */
  readonly latency: LatencySourceSpec | null;
  /** null while the container does not exist (or the engine has never answered). */
  readonly container: EngineContainer | null;
  readonly image: string;
  readonly state: ContainerState;
  /** Why pending, exited or failed; while running, that it is paused, else ''. */
  readonly stateReason: string;
}

/** Containers, and what should run. */
export interface WorkloadInput {
  /** As last listed; null = the engine has never answered, so nothing is known to be absent. */
  readonly containers: readonly EngineContainer[] | null;
  readonly desired: readonly DesiredAllocation[];
  /** Allocations that could not be started, and others that could not be removed, with reasons. */
  readonly failures?: ReadonlyMap<AllocationId, string>;
  /** Allocations whose image is pulled, with how far that is. */
  readonly pulls?: ReadonlyMap<AllocationId, string>;
  /** Why nothing is changed on this host now; absent or '' = there is no such reason. */
  readonly standstill?: string;
  /** Whether this agent is known to have started a container; absent = of none it is. */
  readonly isStartedHere?: (id: ContainerId) => boolean;
  /** The workloads as they were joined before this; absent = never. */
  readonly before?: readonly Workload[];
  readonly labelPrefix?: string;
  /** The host's own rules; absent = none. */
  readonly rules?: AdoptionRules;
}
/** What the host's policy says of containers that dqoes did not start. */
export interface AdoptionRules {
  readonly adopt: 'labels' | 'never';
  readonly maxWeight: number;
}
/** The workloads of one node. */
export interface WorkloadList {
  /** In id order, ids unique. */
  readonly workloads: readonly Workload[];
  readonly warnings: readonly string[];
}

const UNKNOWN = { target: null, bounds: { minCores: 0.01 }, weight: 1, latency: null } as const;

/**
 * What runs or should run on this node: labelled containers joined with the desired allocations of
 * this agent's jobs.
 */
export function workloadsOf(input: WorkloadInput): WorkloadList {
  const warnings: string[] = [];
  const byId = new Map<AllocationId, Workload>();
  const desired = new Map(input.desired.map((allocation) => [allocation.id, allocation]));
  for (const container of input.containers ?? []) {
    const workload = readContainer(container, { desired, input, warnings });
    if (workload !== undefined) keepOne(byId, workload, warnings);
  }
  for (const allocation of input.desired) {
    if (allocation.spec === undefined || byId.has(allocation.id)) continue;
    byId.set(allocation.id, absent(allocation, input));
  }
  const workloads = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { workloads: separateJobs(workloads, warnings), warnings };
}

interface ReadContext {
  readonly desired: ReadonlyMap<AllocationId, DesiredAllocation>;
  readonly input: WorkloadInput;
  readonly warnings: string[];
}

function readContainer(container: EngineContainer, reading: ReadContext): Workload | undefined {
  const label = container.labels[OWN_CONTAINER_LABELS.allocation];
  if (label !== undefined) {
    const id = parseAllocationId(label);
    if (id.ok) return ownOrCopy(container, id.value, reading);
    reading.warnings.push(
      `label ${OWN_CONTAINER_LABELS.allocation} of ${container.name}: ${id.error}; the ` +
        'container is left alone',
    );
    return undefined;
  }
  const prefix = reading.input.labelPrefix ?? DEFAULT_LABEL_PREFIX;
  if (isEnabled(countedLabels(container, prefix), prefix))
    return reading.input.rules?.adopt === 'never'
      ? leftAlone(container, ADOPTS_NONE)
      : adoptedWorkload(container, reading);
  if (!isEnabled(container.imageLabels ?? {}, prefix)) return undefined;
  const reason = imageOptInReason(container, prefix);
  reading.warnings.push(`${container.name} is not adopted: ${reason}`);
  return leftAlone(container, reason);
}

const ADOPTS_NONE =
  'this host adopts no containers (adopt: never in its policy.yaml): stop it and submit it as a ' +
  'job, or set adopt: labels';

/** A container that asks to be adopted and is not: it is shown with the reason, and not changed. */
const leftAlone = (container: EngineContainer, controlReason: string): Workload => ({
  id: adoptedAllocationId(container.id),
  origin: 'label',
  ...existing(container),
  ...UNKNOWN,
  job: toSafeId(container.name) as JobName,
  control: 'none',
  controlReason,
});

/** A job's container, also where a person has renamed it; not a copy of it with its labels. */
function ownOrCopy(container: EngineContainer, id: AllocationId, reading: ReadContext): Workload {
  const isOwn = hasOwnName(container) || reading.input.isStartedHere?.(container.id) === true;
  if (isOwn) return ownWorkload(container, id, reading);
  const reason = copyReason(container, id);
  reading.warnings.push(`${container.name} is left alone: ${reason}`);
  return leftAlone(container, reason);
}

function ownWorkload(container: EngineContainer, id: AllocationId, reading: ReadContext): Workload {
  const common = { id, origin: 'dqoes', ...existing(container) } as const;
  const spec = reading.desired.get(id)?.spec;
  if (spec === undefined) {
    const job = parseJobName(container.labels[OWN_CONTAINER_LABELS.job] ?? '');
    const failure = reading.input.failures?.get(id);
    const controlReason =
      failure === undefined
        ? 'the desired state of this node does not know this allocation'
        : `${NOT_REMOVED}${failure}`;
    const name = job.ok ? job.value : (toSafeId(id.replace(/-\d+$/, '')) as JobName);
    return { ...common, ...UNKNOWN, job: name, control: 'none', controlReason };
  }
  return {
    ...common,
    job: spec.name,
    control: 'enforce',
    controlReason: '',
    target: spec.target,
    bounds: spec.resources.cpu,
    weight: spec.weight,
    latency: sourceOf(container, spec, reading.input),
  };
}

/**
 * Where its response times are read goes with the program: while the image of the newest version is
 * fetched, what runs answers where it did.
 */
function sourceOf(
  container: EngineContainer,
  spec: JobSpec,
  { before = [] }: WorkloadInput,
): LatencySourceSpec {
  const known = before.find((each) => each.container?.id === container.id)?.latency ?? null;
  if (known === null || JSON.stringify(known) === JSON.stringify(spec.latency)) return spec.latency;
  const isNewest = container.labels[OWN_CONTAINER_LABELS.specHash] === fixedPartsHashOf(spec);
  return isNewest ? spec.latency : known;
}

function adoptedWorkload(container: EngineContainer, { input, warnings }: ReadContext): Workload {
  const prefix = input.labelPrefix ?? DEFAULT_LABEL_PREFIX;
  const reading = readLabels(container, prefix);
  warnings.push(...reading.warnings.map((warning) => warning.message));
  const common = {
    id: adoptedAllocationId(container.id),
    origin: 'label',
    ...existing(container),
  } as const;
  if (!reading.spec.ok) {
    const named = parseJobName(countedLabels(container, prefix)[`${prefix}job`] ?? '');
    const job = named.ok ? named.value : (toSafeId(container.name) as JobName);
    const controlReason = labelFaults(reading)
      .map((fault) => fault.message)
      .join('; ');
    return { ...common, ...UNKNOWN, job, control: 'none', controlReason };
  }
  const spec = reading.spec.value;
  const controlReason = spec.control === 'observe' ? `label ${prefix}control is observe` : '';
  const maxWeight = input.rules?.maxWeight ?? spec.weight;
  if (spec.weight > maxWeight)
    warnings.push(
      `label ${prefix}weight of ${container.name} is ${spec.weight}, above the ${maxWeight} this ` +
        `host allows, and counts as ${maxWeight}: lower it, or raise weight.max in policy.yaml`,
    );
  return { ...common, ...spec, weight: Math.min(spec.weight, maxWeight), controlReason };
}

type Existing = Pick<Workload, 'lifeId' | 'container' | 'image' | 'state' | 'stateReason'>;

function existing(container: EngineContainer): Existing {
  const lifeId = `${container.id}@${container.startedAt}`;
  return { lifeId, container, image: container.image, ...stateOf(container) };
}

function stateOf(container: EngineContainer): Pick<Workload, 'state' | 'stateReason'> {
  if (container.running) return { state: 'running', stateReason: whyQuiet(container) };
  if (container.startedAt === '' || container.startedAt.startsWith('0001-'))
    return { state: 'pending', stateReason: 'the container exists but was never started' };
  if (container.exitCode === null)
    return { state: 'exited', stateReason: 'the container is not running' };
  const memory = container.oomKilled ? ' (killed: out of memory)' : '';
  const failed = container.exitCode !== 0 || container.oomKilled;
  return {
    state: failed ? 'failed' : 'exited',
    stateReason: `exited with code ${container.exitCode}${memory}`,
  };
}

/** That one which runs is frozen, with the cure; '' = it is not. */
const whyQuiet = ({ isPaused, name }: EngineContainer): string =>
  isPaused === true ? `${PAUSED}it answers nothing until docker unpause ${name}` : '';

function absent(allocation: DesiredAllocation, input: WorkloadInput): Workload {
  const failure = input.failures?.get(allocation.id);
  const spec = allocation.spec;
  const known = spec && {
    target: spec.target,
    bounds: spec.resources.cpu,
    weight: spec.weight,
    latency: spec.latency,
  };
  const waiting =
    input.containers === null
      ? 'the Docker Engine has not answered yet'
      : input.standstill || 'the container does not exist yet';
  return {
    ...UNKNOWN,
    ...known,
    id: allocation.id,
    job: allocation.job,
    origin: 'dqoes',
    lifeId: '',
    control: 'enforce',
    controlReason: '',
    container: null,
    image: spec?.image ?? '',
    state: failure === undefined ? 'pending' : 'failed',
    stateReason: failure ?? input.pulls?.get(allocation.id) ?? waiting,
  };
}

/** Of two containers with one allocation id only one counts. */
function keepOne(byId: Map<AllocationId, Workload>, next: Workload, warnings: string[]): void {
  const held = byId.get(next.id);
  if (held?.container == null || next.container === null) {
    byId.set(next.id, next);
    return;
  }
  const [kept, other] = standsBefore(next.container, held.container) ? [next, held] : [held, next];
  byId.set(next.id, kept);
  const name = (workload: Workload): string => workload.container?.name ?? '';
  warnings.push(
    `allocation ${next.id} has two containers: ${name(kept)} is used, ${name(other)} is left ` +
      'alone: remove it',
  );
}
