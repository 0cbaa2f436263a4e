import type { Clock } from '../shared/clock.js';
import type { Decider } from './decider.js';
import type { Leadership } from './election/leadership.js';
import type { Resync } from './store/resync.js';
import type { StoreGuard } from './store/store-guard.js';

/** What a decision pass asks and does. */
export interface DecisionPassOptions {
  readonly leadership: Leadership;
  readonly guard: StoreGuard;
  readonly decider: Pick<Decider, 'decide' | 'tell'>;
  readonly resync: Resync;
  readonly clock: Clock;
  /** Gets how long each pass took that wrote its plan, s. */
  readonly onPass?: (seconds: number) => void;
}

/**
 * One round of the coordinator's loop: check the buckets, decide and write the result, tell how it
 * is, read the store again where that is due. Leadership is asked before each part, because each
 * part takes time in which another coordinator may have taken over.
 */
export class DecisionPass {
  readonly #options: DecisionPassOptions;

  constructor(options: DecisionPassOptions) {
    this.#options = options;
  }

  /** Does nothing once another coordinator leads. Never to run twice at a time: see `Loop`. */
  async run(): Promise<void> {
    const { leadership, guard, decider, resync, clock, onPass } = this.#options;
    if (!leadership.leads) return;
    await guard.checkIfDue();
    if (!leadership.leads) return;
    const beganAtMs = clock.now();
    if (!(await decider.decide())) return;
    onPass?.((clock.now() - beganAtMs) / 1000);
    // Last, so that no limit waits for it.
    await decider.tell();
    await resync.runIfDue();
  }
}
