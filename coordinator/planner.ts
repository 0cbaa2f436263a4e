import type { Clock } from '../shared/clock.js';
import type { Core } from './core.js';
import type { Dispatcher } from './dispatch/dispatcher.js';
import { nextDesired } from './dispatch/next.js';
import type { Registrar } from './registrar.js';
import { POLICIES } from './schedule/policies/index.js';
import { NO_MEMORY, schedule } from './schedule/schedule.js';
import type { Plan, Policy, PolicyParams } from './schedule/types.js';
import { viewOf } from './state/view.js';

export interface PlannerOptions {
  readonly core: Core;
  readonly dispatcher: Dispatcher;
  readonly registrar: Registrar;
  readonly clock: Clock;
  readonly params: PolicyParams;
  /** Decides instead of the policy the state names. */
  readonly policy?: Policy;
}

const NOTHING: Plan = { decisions: [], pending: [], unreachable: [] };

/** Looks at everything anew each time: state → snapshot → plan → desired states → nodes. */
export class Planner {
  readonly #options: PlannerOptions;
  /** What is desired stays good for so long without the coordinator being heard, ms; agents keep limits in any case. */
  readonly #validForMs: number;
  #memory = NO_MEMORY;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#validForMs = Math.round(2 * options.params.maxIntervalMs);
  }

  /** Raises the epoch on every node, changing nothing else. */
  async seal(): Promise<void> {
    const { core, dispatcher } = this.#options;
    await dispatcher.write(nextDesired(core.state, NOTHING, this.#validForMs));
  }

  async pass(): Promise<void> {
    const { core, dispatcher, registrar, clock, params } = this.#options;
    const nowMs = clock.now();
    core.apply({ kind: 'tick', atMs: nowMs });
    const snapshot = viewOf(core.state);
    const policy = this.#options.policy ?? POLICIES[core.state.policy];
    const { plan, memory } = schedule({ snapshot, nowMs, params, policy }, this.#memory);
    this.#memory = memory;
    core.apply({ kind: 'planned', atMs: nowMs, pending: plan.pending, unreachable: plan.unreachable });
    await dispatcher.write(nextDesired(core.state, plan, this.#validForMs));
    dispatcher.nudge(core.state);
    await registrar.keep(core.state);
  }
}
