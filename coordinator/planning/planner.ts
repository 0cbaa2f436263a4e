import type { Clock } from '../../shared/clock.js';
import type { DesiredState } from '../../shared/command.js';
import type { Prices } from '../../shared/prices.js';
import type { Dispatcher } from '../dispatch/dispatcher.js';
import { nextDesiredSteps } from '../dispatch/next-desired.js';
import { raiseEpochSteps, validForMsOf } from '../dispatch/raise-epoch.js';
import { UpToDate } from '../dispatch/up-to-date.js';
import { type Pace, runSteps } from '../pacing/pace.js';
import { placesMemoryOf } from '../schedule/places.js';
import type { StoredTimes } from '../schedule/plan-parts.js';
import { POLICIES } from '../schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, scheduleSteps } from '../schedule/schedule.js';
import type { Plan, Policy, PolicyParams } from '../schedule/types.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import type { SecretSealer } from '../state/secret-sealer.js';
import { type CachedSnapshot, snapshotSteps } from '../state/snapshot.js';
import type { StateMachine } from '../state/state-machine.js';
import type { ProfileWriter } from '../store/profile-writer.js';
import type { Registrar } from '../store/registrar.js';
import type { Present } from './forecasts.js';

/** What the planner reads, what carries out its plans, and what it plans with. */
export interface PlannerOptions {
  readonly machine: StateMachine;
  readonly dispatcher: Dispatcher;
  readonly registrar: Registrar;
  readonly profiles: ProfileWriter;
  /** What was known of workloads when the state was loaded. */
  readonly knowledge: WorkloadProfiles;
  /** Since when what is stored was so when the state was loaded. */
  readonly times: StoredTimes;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly params: PolicyParams;
  /** Absent = the cluster has none. */
  readonly prices?: Prices;
  /** Absent = there is no key for secrets. */
  readonly seal?: SecretSealer;
  /** Decides instead of the policy that the state names. */
  readonly policy?: Policy;
  /** Gets each plan, with the name of the policy that made it. */
  readonly onPlan?: (policy: string, plan: Plan) => void;
}

/**
 * Plans from the whole state each time: state → snapshot → plan → desired states. Keeps the
 * scheduler's memory and the last snapshot between passes.
 */
export class Planner {
  /** Without what is of use in the beginning only. */
  readonly #options: Omit<PlannerOptions, 'times'>;
  readonly #validForMs: number;
  #memory: SchedulerMemory;
  #snapshot: CachedSnapshot | null = null;
  readonly #upToDate = new UpToDate();

  constructor({ times, ...options }: PlannerOptions) {
    this.#options = options;
    this.#memory = { ...NO_MEMORY, ...placesMemoryOf({ knowledge: options.knowledge, times }) };
    this.#validForMs = validForMsOf(options.params);
  }

  /** Writes every desired state under our epoch and changes nothing else in it. */
  async raiseEpoch(): Promise<void> {
    const { machine, dispatcher, pace, params } = this.#options;
    const steps = raiseEpochSteps(machine.state, params);
    await dispatcher.write(await runSteps(steps, pace.begin()));
  }

  /** What a forecast starts from: the state as it is now. */
  present(): Present {
    const { machine, clock, params, prices } = this.#options;
    return {
      ...(prices === undefined ? {} : { prices }),
      state: machine.state,
      nowMs: clock.now(),
      params,
      policy: this.#policy,
      memory: this.#memory,
      seen: this.#snapshot,
    };
  }

  /** What is known of workloads. */
  get knowledge(): WorkloadProfiles {
    return this.#memory.knowledge;
  }

  get #policy(): Policy {
    return this.#options.policy ?? POLICIES[this.#options.machine.state.policy];
  }

  /** Writes desired states again that the store has lost. Not to be called during a pass. */
  reconcileStore(full: boolean): Promise<void> {
    const { machine, dispatcher } = this.#options;
    return dispatcher.reconcileStore(machine.state, full);
  }

  /**
   * Decides and returns the desired states to write. Yields the thread meanwhile; until it resolves
   * nobody else may change the state, except for adding new jobs, which this pass ignores.
   */
  async decide(): Promise<readonly DesiredState[]> {
    const { machine, clock, params, pace, seal } = this.#options;
    const slice = pace.begin();
    const nowMs = clock.now();
    machine.apply({ kind: 'tick', atMs: nowMs });
    const { jobs } = machine.state;
    this.#snapshot = await runSteps(snapshotSteps(this.#snapshot, machine.state), slice);
    const { snapshot } = this.#snapshot;
    const input = { snapshot, nowMs, params, policy: this.#policy };
    const { plan, memory } = await runSteps(scheduleSteps(input, this.#memory), slice);
    this.#memory = memory;
    this.#options.onPlan?.(this.#policy.name, plan);
    const { pending, preempted, unreachable, conditions = [], rollouts = [] } = plan;
    const planned = { pending, preempted, unreachable, conditions, rollouts };
    machine.apply({ kind: 'planned', atMs: nowMs, ...planned });
    const state = { ...machine.state, jobs };
    const deps = { seal, upToDate: this.#upToDate };
    return runSteps(nextDesiredSteps(state, plan, this.#validForMs, deps), slice);
  }

  /** Writes the desired states, nudges nodes, and stores what changed of nodes and workloads. */
  async execute(desired: readonly DesiredState[]): Promise<void> {
    const { machine, dispatcher, registrar, profiles } = this.#options;
    await dispatcher.write(desired);
    await dispatcher.nudge(machine.state);
    await registrar.writeChanges(machine.state);
    await profiles.writeChanges(this.#memory.knowledge);
  }
}
