import type { Clock } from '../shared/clock.js';
import type { JobSpec } from '../shared/job.js';
import type { Core } from './core.js';
import type { Dispatcher } from './dispatch/dispatcher.js';
import { nextDesired } from './dispatch/next.js';
import { type Forecast, forecast } from './forecast.js';
import type { ProfileKeeper } from './profile-keeper.js';
import type { Registrar } from './registrar.js';
import { POLICIES } from './schedule/policies/index.js';
import type { Knowledge } from './schedule/profiles.js';
import { NO_MEMORY, type SchedulerMemory, schedule } from './schedule/schedule.js';
import type { Plan, Policy, PolicyParams } from './schedule/types.js';
import { type View, viewAfter } from './state/view.js';

export interface PlannerOptions {
  readonly core: Core;
  readonly dispatcher: Dispatcher;
  readonly registrar: Registrar;
  readonly profiles: ProfileKeeper;
  /** What was known of workloads before a restart. */
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  readonly params: PolicyParams;
  /** Decides instead of the policy the state names. */
  readonly policy?: Policy;
}

const NOTHING: Plan = { decisions: [], pending: [], preempted: [], unreachable: [] };

/** Looks at everything anew each time: state → snapshot → plan → desired states → nodes. */
export class Planner {
  readonly #options: PlannerOptions;
  /** What is desired stays good for so long without the coordinator being heard, ms; agents keep limits in any case. */
  readonly #validForMs: number;
  #memory: SchedulerMemory;
  #view: View | null = null;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#memory = { ...NO_MEMORY, knowledge: options.knowledge };
    this.#validForMs = Math.round(2 * options.params.maxIntervalMs);
  }

  /** Raises the epoch on every node, changing nothing else. */
  async seal(): Promise<void> {
    const { core, dispatcher } = this.#options;
    await dispatcher.write(nextDesired(core.state, NOTHING, this.#validForMs));
  }

  /** What would happen if these jobs were submitted now. */
  forecast(jobs: readonly JobSpec[]): Forecast {
    const { core, clock, params } = this.#options;
    return forecast({
      state: core.state,
      jobs,
      nowMs: clock.now(),
      params,
      policy: this.#policy,
      memory: this.#memory,
    });
  }

  /** What was learnt of workloads. */
  get knowledge(): Knowledge {
    return this.#memory.knowledge;
  }

  get #policy(): Policy {
    return this.#options.policy ?? POLICIES[this.#options.core.state.policy];
  }

  /** Desired states that the store has lost are written again. Not to be called during a pass. */
  relist(isWhole: boolean): Promise<void> {
    const { core, dispatcher } = this.#options;
    return dispatcher.relist(core.state, isWhole);
  }

  async pass(): Promise<void> {
    const { core, dispatcher, registrar, profiles, clock, params } = this.#options;
    const nowMs = clock.now();
    core.apply({ kind: 'tick', atMs: nowMs });
    this.#view = viewAfter(this.#view, core.state);
    const { snapshot } = this.#view;
    const { plan, memory } = schedule({ snapshot, nowMs, params, policy: this.#policy }, this.#memory);
    this.#memory = memory;
    const { pending, preempted, unreachable, conditions = [] } = plan;
    core.apply({ kind: 'planned', atMs: nowMs, pending, preempted, unreachable, conditions });
    await dispatcher.write(nextDesired(core.state, plan, this.#validForMs));
    dispatcher.nudge(core.state);
    await registrar.keep(core.state);
    await profiles.keep(memory.knowledge);
  }
}
