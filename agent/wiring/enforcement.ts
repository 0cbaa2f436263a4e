import { encodeAck } from '../../proto/ack.js';
import { BOOT_HEADER } from '../../proto/telemetry.js';
import { seededRandom, seedOf } from '../../shared/random.js';
import type { AgentConfig } from '../config.js';
import type { Owner } from '../containers/host-config.js';
import type { Discovery } from '../discover/discovery.js';
import type { Inventory } from '../discover/inventory.js';
import { EnforceLoop } from '../enforce/enforce-loop.js';
import { Enforcer } from '../enforce/enforcer.js';
import { GpuControl } from '../enforce/gpu/gpu-control.js';
import { GpuGuard } from '../enforce/gpu/guard.js';
import type { KernelLimits } from '../enforce/kernel-limits.js';
import type { ParentWeightControl } from '../enforce/parent-weight.js';
import { OBSERVES_ONLY, type PolicyBounds } from '../enforce/policy-bounds.js';
import type { Capacity } from '../observe/capacity.js';
import type { ContainerEngine } from '../ports/engine.js';
import type { NodeAgentDeps } from './node-deps.js';
import { wireParentWeights } from './parent-weights.js';

/** What enforcement is joined to. */
export interface EnforcementPorts {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly capacity: Capacity;
  readonly discovery: Discovery;
  /** Called only after wiring, when both know each other. */
  readonly inventory: () => Inventory;
  readonly onWarning: (text: string) => void;
  /** Subject of this node's acks. */
  readonly ackSubject: string;
}

/** The acting side of one agent, not started. */
export interface Enforcement {
  readonly enforcer: Enforcer;
  readonly loop: EnforceLoop;
  readonly guard: GpuGuard;
  /** Absent where the weights of cgroups that hold containers are left alone. */
  readonly parentWeights?: ParentWeightControl;
}

/** Longest wait for a list of containers after a start or stop, ms. */
const LIST_PATIENCE_MS = 5_000;

/** Joins the enforcer, what sets GPUs, and the loop that drives both. */
export function wireEnforcement(
  config: AgentConfig,
  deps: NodeAgentDeps,
  ports: EnforcementPorts,
): Enforcement {
  const { clock, log, gpus, formerIncarnation } = deps;
  const { engine, onWarning, inventory } = ports;
  const onPass = (): void => deps.onPass?.('enforce');
  const stopGraceMs = config['stop-grace'];
  const enforcer = new Enforcer({
    ...settingsOf(config),
    owner: ownerOf(config, deps),
    engine,
    kernel: ports.kernel,
    journal: deps.journal,
    clock,
    log,
    bootId: deps.bootId,
    random: seededRandom(seedOf(deps.bootId)),
    get hostCores() {
      return ports.capacity.current.capacityCpuCores;
    },
    get hostCpus() {
      return deps.onlineCpus?.() ?? Number.POSITIVE_INFINITY;
    },
    get allocatableCores() {
      return ports.capacity.current.allocatableCpuCores;
    },
    managed: () => inventory().managed(),
    engineReturns: () => ports.discovery.current().engineReturns,
    refresh: () => ports.discovery.relist(LIST_PATIENCE_MS),
    onAck: (ack) =>
      deps.bus.publish(ports.ackSubject, encodeAck(ack), { [BOOT_HEADER]: deps.bootId }),
    onWarning,
    ...(deps.nodeKey === undefined ? {} : { nodeKey: deps.nodeKey }),
    ...(formerIncarnation === undefined ? {} : { formerIncarnation }),
    onStep: (kind, ok, seconds) => {
      deps.meter?.step(kind, ok, seconds);
      // A pass over many containers of a slow engine takes long, and still goes on.
      onPass();
    },
  });
  const guard = new GpuGuard({ engine, clock, log, onWarning, stopGraceMs });
  const control = new GpuControl(gpus, guard);
  const tickGpus = (): void => {
    if (!inventory().isListed) return;
    const { workloads } = inventory().current();
    const { inForce: desired, limitChangedAtMs: changedAtMs } = enforcer;
    control.tick({ workloads, desired, changedAtMs });
  };
  const intervalMs = config.interval;
  const parentWeights = wireParentWeights(config, deps, { ...ports, enforcer });
  const tickParents = (): void => parentWeights?.tick();
  const ticks = { tickGpus, tickParents };
  const loop = new EnforceLoop({ enforcer, ...ticks, clock, log, intervalMs, onPass });
  return { enforcer, loop, guard, ...(parentWeights === undefined ? {} : { parentWeights }) };
}

/** Whose job containers are this agent's. */
export const ownerOf = (
  { node, cluster }: AgentConfig,
  { formerNames = [] }: Pick<NodeAgentDeps, 'formerNames'>,
): Owner => ({ node, cluster, formerNames });

/** An agent that only observes runs no jobs, whatever the policy says. */
const boundsOf = ({ control, policy }: AgentConfig): PolicyBounds =>
  control === 'observe' && policy.jobsRefused === ''
    ? { ...policy, jobsRefused: OBSERVES_ONLY }
    : policy;

function settingsOf(config: AgentConfig) {
  const trusted = config['trusted-incarnation'];
  return {
    bounds: boundsOf(config),
    weightRule: config['cpu-weight'],
    stopGraceMs: config['stop-grace'],
    incarnationHoldMs: config['incarnation-hold'],
    holdMs: config['hold-after'],
    driftAfterMs: config['drift-after'],
    driftStepMs: config['drift-step'],
    limitHooked: config['gpu.limit-hooked'],
    ...(trusted === '' ? {} : { trustedIncarnation: trusted }),
  };
}
