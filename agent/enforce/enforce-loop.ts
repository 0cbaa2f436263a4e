import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { ContainerId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';
import type { KernelCpu } from '../containers/limits.js';
import type { Enforcer } from './enforcer.js';

/** What the loop drives, and how often. */
export interface EnforceLoopOptions {
  readonly enforcer: Pick<Enforcer, 'tick'> & Partial<Pick<Enforcer, 'isPassing'>>;
  /** Sets GPUs and checks containers that have one. Must not block. */
  readonly tickGpus: () => void;
  /** Keeps the weights of cgroups that hold containers. Must not block. */
  readonly tickParents?: () => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Rhythm of observing, ms. */
  readonly intervalMs: number;
  /** Called after each pass, unless a pass of the enforcer from before it goes on still. */
  readonly onPass?: () => void;
}

/** Without an observation for this many intervals the kernel is read by a pass of its own. */
const BLIND_INTERVALS = 2;

/**
 * The acting loop of the agent: limits, lifecycle and GPUs follow the desired state. It is woken by
 * commands and by each observation, which shows drift and containers that came or went. It also
 * ticks steadily, so that it goes on while observing hangs. It never waits for what it starts.
 */
export class EnforceLoop {
  readonly #options: EnforceLoopOptions;
  readonly #loop: WakeLoop;
  #observed: ReadonlyMap<ContainerId, KernelCpu> | null = null;
  #observedAtMs: number;

  constructor(options: EnforceLoopOptions) {
    this.#options = options;
    const { clock, log, intervalMs } = options;
    this.#observedAtMs = clock.now();
    this.#loop = new WakeLoop({
      clock,
      pass: async () => this.#pass(),
      onError: (cause) => log.error('enforcing failed', { cause: messageOf(cause) }),
      pauseMs: () => BLIND_INTERVALS * intervalMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Asks for a pass soon, as after a command. */
  wake(): void {
    this.#loop.wake();
  }

  /**
   * Takes what the kernel enforces now, by container, and asks for a pass. Containers that could
   * not be read are absent.
   */
  observed(kernel: ReadonlyMap<ContainerId, KernelCpu>): void {
    this.#observed = kernel;
    this.#observedAtMs = this.#options.clock.now();
    this.#loop.wake();
  }

  /** No further pass. Work in progress goes on until its owner is closed. */
  stop(): Promise<void> {
    return this.#loop.stop();
  }

  #pass(): void {
    const { enforcer, tickGpus, tickParents, clock, intervalMs, onPass } = this.#options;
    // What `tick` begins now has only begun: that is no sign that anything hangs.
    const isHeldUp = enforcer.isPassing === true;
    // Each observation is used once: after a write it is out of date.
    const observed = this.#observed;
    this.#observed = null;
    const isBlind = clock.now() - this.#observedAtMs >= BLIND_INTERVALS * intervalMs;
    if (observed !== null || isBlind) enforcer.tick(observed);
    tickGpus();
    tickParents?.();
    if (!isHeldUp) onPass?.();
  }
}
