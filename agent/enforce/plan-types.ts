import type { DesiredState } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';
import type { HostRules, KernelCpu } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { Confirmed } from './in-force.js';
import type { Ledger, LedgerEntry } from './ledger-entry.js';
import type { PolicyBounds } from './policy-bounds.js';
import type { Step } from './types.js';

/** What a plan is made from. */
export interface PlanInput extends HostRules {
  readonly desired: DesiredState;
  /** False while the coordinator is silent: limits are kept or lowered, not raised. */
  readonly mayRaise: boolean;
  readonly managed: readonly Managed[];
  /** See `EndedBefore`. Absent = none. */
  readonly endedBefore?: ReadonlySet<ContainerId>;
  /**
   * What the kernel enforces now. A container that is absent here is taken as the engine stores it.
   */
  readonly observed: ReadonlyMap<ContainerId, KernelCpu>;
  /** What the kernel held after the last write, or when it was found in force, by life. */
  readonly confirmed: ReadonlyMap<string, Confirmed>;
  readonly ledger: Ledger;
  readonly bounds: PolicyBounds;
  /**
   * Whether a write that nobody knows of may still come: ours after it settles that, so one is made
   * though the limit is in force. Absent = none may.
   */
  readonly isUnknown?: (id: ContainerId) => boolean;
  /** Whether the container of an allocation is being stopped: no limit is for it. Absent = none. */
  readonly isStopping?: (id: AllocationId) => boolean;
  /**
   * CPU of containers that got their GPU by the legacy hook may be limited, though that can cut
   * them off from it. Absent = no.
   */
  readonly limitHooked?: boolean;
}

/** An allocation that needs no step: it is in order, or refused with the reason. */
export interface Verdict {
  readonly allocation: AllocationId;
  readonly ok: boolean;
  readonly reason: string;
  readonly observedCores?: number | null;
  /** The host's own rules forbid it, whatever else runs here. Absent = no. */
  readonly refused?: boolean;
  /** As `LimitStep.isBeside`: nothing is to be said of it. */
  readonly isBeside?: true;
  /** A limit of ours that the kernel was seen to hold; absent = none was. */
  readonly inForce?: Confirmed & { readonly lifeId: string };
}
/** What to do, and what needs nothing. */
export interface EnforcePlan {
  /** In the order of `PHASES`. */
  readonly steps: readonly Step[];
  readonly verdicts: readonly Verdict[];
}

/** The input with its indexes. */
export interface Planning extends PlanInput {
  readonly byAllocation: ReadonlyMap<AllocationId, Managed>;
  readonly entries: ReadonlyMap<ContainerId, LedgerEntry>;
}
