import { isCluster } from '../../lab/bench/capacity.js';
import { LAB_POLICIES, type LabPolicy } from '../../lab/policies/index.js';
import type { Scenario, ScenarioNode } from '../../lab/types.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Result } from '../../shared/result.js';
import type { ForeignLoader } from './foreign.js';
import { type Burner, stopped } from './play.js';
import type { BenchSystem, SystemOptions } from './system.js';

/** The system under test that a phase of the bench needs. */
export interface SystemRequest extends Omit<SystemOptions, 'stateDir' | 'hosts'> {
  /** Simulated hosts cut from this machine; empty = this machine as it is. */
  readonly nodes: readonly ScenarioNode[];
}
/** The hosts that a scenario is played on; empty = this machine as it is. */
export const nodesOf = (scenario: Scenario): SystemRequest['nodes'] =>
  isCluster(scenario) ? scenario.nodes : [];

/** What a bench needs from outside. */
export interface BenchEnvironment {
  /** Opens a fresh system. The bench closes it. */
  open(options: SystemRequest): Promise<Result<BenchSystem>>;
  readonly burner: Burner & { stop(): Promise<void> };
  readonly foreign: ForeignLoader;
  /** CPU of this machine, cores. */
  readonly machineCores: number;
  readonly clock: Clock;
  /** Aborts when the bench should end. */
  readonly signal: AbortSignal;
}

/**
 * Opens a system, uses it and always closes it. When a part of the system dies, the result is a
 * fault with its last words.
 */
export async function withSystem<T>(
  world: BenchEnvironment,
  options: SystemRequest,
  use: (system: BenchSystem, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (world.signal.aborted) return stopped();
  const opened = await world.open(options);
  if (!opened.ok) return opened;
  const ended = childSignal(world.signal);
  let death: string | undefined;
  void opened.value.died.then((words) => {
    death = words;
    ended.abort();
  });
  try {
    const used = await use(opened.value, ended.signal);
    if (death === undefined) return used;
    return err([{ code: 'service.unavailable', field: 'bench', message: death }]);
  } finally {
    ended.abort();
    await Promise.all([world.burner.stop(), world.foreign.stop()]);
    await opened.value.close();
  }
}

/**
 * A policy of the lab by name.
 *
 * @throws RangeError when there is none: names are checked before the bench.
 */
export const policyNamed = (name: string): { readonly policy: LabPolicy } => {
  const policy = LAB_POLICIES[name];
  if (policy === undefined)
    throw new RangeError(`there is no policy ${name}: names are checked before the bench`);
  return { policy };
};
