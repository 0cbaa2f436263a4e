import type { Clock } from '../../shared/clock.js';
import type { DesiredState } from '../../shared/command.js';
import type { JobSpec } from '../../shared/job.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { nextDesiredSteps } from '../dispatch/next.js';
import { type Pace, runSteps } from '../pacing/pace.js';
import { POLICIES } from '../schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, scheduleSteps } from '../schedule/schedule.js';
import type { Plan, Policy, PolicyParams } from '../schedule/types.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import type { Core } from '../state/core.js';
import { type View, viewSteps } from '../state/view.js';
import type { ProfileKeeper } from '../store/profile-keeper.js';
import type { Registrar } from '../store/registrar.js';
import { type Forecast, forecastSteps } from './forecast.js';

export interface PlannerOptions {
  readonly core: Core;
  readonly dispatcher: Dispatcher;
  readonly registrar: Registrar;
  readonly profiles: ProfileKeeper;
  /** What was known of workloads before a restart. */
  readonly knowledge: WorkloadProfiles;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly params: PolicyParams;
  /** Decides instead of the policy the state names. */
  readonly policy?: Policy;
}

const NOTHING: Plan = { decisions: [], pending: [], preempted: [], unreachable: [] };

/** Looks at everything anew each time: state → snapshot → plan → desired states → nodes. */
export class Planner {
  readonly #options: PlannerOptions;
  /**
   * What is desired stays good for so long without the coordinator being heard, ms; agents keep
   * limits in any case.
   */
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
    const { core, dispatcher, pace } = this.#options;
    await dispatcher.write(
      await runSteps(nextDesiredSteps(core.state, NOTHING, this.#validForMs), pace.begin()),
    );
  }

  /** What would happen if these jobs were submitted now. */
  forecast(jobs: readonly JobSpec[]): Promise<Forecast> {
    const { core, clock, params, pace } = this.#options;
    const steps = forecastSteps({
      state: core.state,
      jobs,
      nowMs: clock.now(),
      params,
      policy: this.#policy,
      memory: this.#memory,
    });
    return runSteps(steps, pace.begin());
  }

  /** What was learnt of workloads. */
  get knowledge(): WorkloadProfiles {
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

  /**
   * What is to be desired now. It rests meanwhile, and until it has resolved nobody else may change
   * the state; jobs that nobody knew may come, and are left out.
   */
  async decide(): Promise<readonly DesiredState[]> {
    const { core, clock, params, pace } = this.#options;
    const slice = pace.begin();
    const nowMs = clock.now();
    core.apply({ kind: 'tick', atMs: nowMs });
    const { jobs } = core.state;
    this.#view = await runSteps(viewSteps(this.#view, core.state), slice);
    const { snapshot } = this.#view;
    const input = { snapshot, nowMs, params, policy: this.#policy };
    const { plan, memory } = await runSteps(scheduleSteps(input, this.#memory), slice);
    this.#memory = memory;
    const { pending, preempted, unreachable, conditions = [] } = plan;
    core.apply({ kind: 'planned', atMs: nowMs, pending, preempted, unreachable, conditions });
    return runSteps(nextDesiredSteps({ ...core.state, jobs }, plan, this.#validForMs), slice);
  }

  /** Stores what was decided, tells the nodes, and keeps what was learnt. */
  async carryOut(desired: readonly DesiredState[]): Promise<void> {
    const { core, dispatcher, registrar, profiles } = this.#options;
    await dispatcher.write(desired);
    await dispatcher.nudge(core.state);
    await registrar.keep(core.state);
    await profiles.keep(this.#memory.knowledge);
  }
}
