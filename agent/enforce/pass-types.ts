import type { AllocationAck, DesiredState } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { HostRules, KernelCpu } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { Drift } from './drift.js';
import type { ExecutorDeps } from './executor.js';
import type { Journal } from './journal.js';
import type { Lifecycle } from './lifecycle.js';
import type { OnceWarnings } from './once-warnings.js';
import type { PolicyBounds } from './policy-bounds.js';
import type { Unsettled } from './unsettled.js';

/** What one pass begins with, and the memory that outlives passes. */
export interface PassInput {
  readonly desired: DesiredState;
  /** False while the coordinator is silent. */
  readonly mayRaise: boolean;
  readonly managed: readonly Managed[];
  /** See `EndedBefore`. */
  readonly endedBefore: ReadonlySet<ContainerId>;
  readonly lifecycle: Lifecycle;
  readonly drift: Drift;
  readonly unsettled: Unsettled;
  readonly once: OnceWarnings;
  /** Filled in: when a limit was written, monotonic ms. */
  readonly changedAtMs: Map<AllocationId, number>;
}
/** The input with what the kernel enforces. */
export interface ObservedPass extends PassInput {
  readonly observed: ReadonlyMap<ContainerId, KernelCpu>;
}
/** What a pass uses to act. */
export interface PassDeps extends ExecutorDeps, HostRules {
  readonly journal: Journal;
  readonly bounds: PolicyBounds;
  readonly allocatableCores: number;
  /** Asks for a new list of containers. */
  readonly refresh: () => Promise<void>;
  /** See `PlanInput`. */
  readonly limitHooked?: boolean;
}
/** What one pass did. */
export interface PassResult {
  readonly allocations: readonly AllocationAck[];
  /** Why nothing was done at all; '' otherwise. */
  readonly refused: string;
  readonly warnings: readonly string[];
}
