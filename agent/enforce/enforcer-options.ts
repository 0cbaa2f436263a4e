import type { Clock } from '../../shared/clock.js';
import type { Ack } from '../../shared/command.js';
import type { Log } from '../../shared/log.js';
import type { Owner } from '../containers/host-config.js';
import type { HostRules } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { ContainerEngine } from '../ports/engine.js';
import type { NodeKey } from '../ports/secrets.js';
import type { ExecutorDeps } from './executor.js';
import type { FailStaticOptions } from './fail-static.js';
import type { Journal } from './journal.js';
import type { KernelLimits } from './kernel-limits.js';
import type { PolicyBounds } from './policy-bounds.js';

/**
 * What an enforcer needs of its host, and its settings. `hostCores` and `allocatableCores` are read
 * in each pass, because they may change.
 */
export interface EnforcerOptions extends HostRules, FailStaticOptions {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: Owner;
  readonly bootId: string;
  readonly bounds: PolicyBounds;
  readonly allocatableCores: number;
  readonly stopGraceMs: number;
  /** See `ExecutorDeps`. */
  readonly onStep?: NonNullable<ExecutorDeps['onStep']>;
  readonly incarnationHoldMs: number;
  readonly trustedIncarnation?: string;
  /** See `VersionContext`. */
  readonly formerIncarnation?: string;
  /** See `ExecutorDeps`. */
  readonly nodeKey?: NodeKey;
  /** See `PlanInput`. */
  readonly limitHooked?: boolean;
  /** What runs now; null = the engine has never answered, so nothing may be concluded. */
  readonly managed: () => readonly Managed[] | null;
  /**
   * How often the engine was away and came back, as of the list that `managed` tells. Absent = it
   * never was.
   */
  readonly engineReturns?: () => number;
  /** Asks discovery to look again; resolves when it has. */
  readonly refresh: () => Promise<void>;
  readonly onAck: (ack: Ack) => void;
  readonly onWarning: (message: string) => void;
}
