import type { Clock } from '../shared/clock.js';
import type { DesiredState } from '../shared/command.js';
import type { MinuteWriter } from './dispatch/minute-writer.js';
import type { ViewPublisher } from './dispatch/view-publisher.js';
import type { Leadership } from './election/leadership.js';
import type { Planner } from './planning/planner.js';
import type { StateMachine } from './state/state-machine.js';
import { supersedingEpoch } from './state/superseding-epoch.js';
import type { Resync } from './store/resync.js';
import type { SharedState } from './store/shared-state.js';
import type { StoreGuard } from './store/store-guard.js';

/** What a decision pass reads and writes. */
export interface DecisionPassOptions {
  readonly leadership: Leadership;
  readonly guard: StoreGuard;
  readonly machine: StateMachine;
  readonly shared: SharedState;
  readonly planner: Planner;
  readonly resync: Resync;
  readonly views: ViewPublisher;
  readonly minutes: MinuteWriter;
  readonly clock: Clock;
  /** Gets how long each pass took that wrote its plan, s. */
  readonly onPass?: (seconds: number) => void;
}

/**
 * One round of the coordinator's loop: check the buckets, decide with the state to itself, write
 * the result, tell how it is, read the store again where that is due. Leadership is asked before
 * each part, because each part takes time in which another coordinator may have taken over.
 */
export class DecisionPass {
  readonly #options: DecisionPassOptions;
  #obeyedEpoch = 0;

  constructor(options: DecisionPassOptions) {
    this.#options = options;
  }

  /** The latest epoch that nodes obey or are to obey, where it is later than ours; else 0. */
  get obeyedEpoch(): number {
    return this.#obeyedEpoch;
  }

  /** A desired state of a later epoch is stored: the next term goes beyond it. */
  noteStoredEpoch(epoch: number): void {
    this.#obeyedEpoch = Math.max(this.#obeyedEpoch, epoch);
  }

  /** Does nothing once another coordinator leads. Never to run twice at a time: see `Loop`. */
  async run(): Promise<void> {
    const { leadership, guard, shared, planner, resync, clock, onPass } = this.#options;
    if (!leadership.leads) return;
    await guard.checkIfDue();
    if (!leadership.leads) return;
    const beganAtMs = clock.now();
    const desired = await shared.runExclusive(() => this.#decide());
    if (desired === undefined || !leadership.leads) return;
    await planner.execute(desired);
    onPass?.((clock.now() - beganAtMs) / 1000);
    await this.#tell();
    await resync.runIfDue();
  }

  /** Last, so that no limit waits for it. */
  async #tell(): Promise<void> {
    const { machine, leadership, views, minutes } = this.#options;
    if (!leadership.leads) return;
    minutes.observe(machine.state);
    await views.publish(machine.state);
  }

  /** undefined = another coordinator leads. */
  async #decide(): Promise<readonly DesiredState[] | undefined> {
    const { machine, leadership, planner } = this.#options;
    const later = supersedingEpoch(machine.state);
    if (later === undefined) return planner.decide();
    this.noteStoredEpoch(later);
    leadership.supersededBy(later);
    return undefined;
  }
}
