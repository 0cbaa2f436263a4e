import { isSafeId } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import { momentsOf } from '../sim/conditions.js';
import type { Scenario } from '../types.js';
import { stolenCores } from './actions.js';
import { isCluster, totalCores } from './capacity.js';

/** Agents report five times per interval, at most every 100 ms. */
const MIN_INTERVAL_MS = 500;

/**
 * Everything in a scenario that real containers on this machine cannot do, one fault each, with the
 * cure. `machineCores`: CPU of this machine.
 */
export function benchFaults(scenario: Scenario, machineCores: number): readonly Fault[] {
  const { jobs, disturbances, intervalMs, durationMs, name } = scenario;
  const faults: string[] = [];
  if (isCluster(scenario)) faults.push(...clusterFaults(scenario, machineCores));
  else faults.push(...stolenFaults(scenario, machineCores));
  if (disturbances.some(({ kind }) => kind === 'silence'))
    faults.push(
      `${name}: loses reports (silence), which only the simulation can do: run it with ` +
        'dqoes lab sim',
    );
  if (disturbances.some((each) => each.kind === 'foreign' && each.load.stealRatio > 0))
    faults.push(
      `${name}: has steal, which only a hypervisor can make: leave it out, or run it with ` +
        'dqoes lab sim',
    );
  const without = jobs.filter(({ workload }) => workload === null).map(({ id }) => id);
  if (without.length > 0)
    faults.push(
      `${name}: ${listed(without)} without a workload, which real containers need: add ` +
        'workload: { kind: … }',
    );
  const unsafe = jobs.map(({ id }) => id).filter((id) => !isSafeId(id));
  if (unsafe.length > 0)
    faults.push(
      `${name}: ${listed(unsafe)} cannot name a container: use 1 to 63 of A-Z a-z 0-9 _ -`,
    );
  if (intervalMs < MIN_INTERVAL_MS)
    faults.push(
      `${name}: the interval of ${intervalMs} ms is too short for real reports: use 500ms or more`,
    );
  if (durationMs < intervalMs)
    faults.push(
      `${name}: ends before its first interval does: make the duration at least one interval`,
    );
  return faults.map((message) => ({ code: 'scenario.bad-value', field: 'scenario', message }));
}

/** What a file takes of its node is taken of this machine, which may have less. */
function stolenFaults(scenario: Scenario, machineCores: number): readonly string[] {
  const taken = momentsOf(scenario).map(({ conditions }) => stolenCores(conditions));
  const most = Math.max(0, ...taken);
  if (most < machineCores) return [];
  return [
    `${scenario.name}: takes ${shown(most)} CPU (stolenCpu), and this machine has ` +
      `${shown(machineCores)}: take less, or run it with dqoes lab sim`,
  ];
}

/** Hosts are cut from this machine, so together they have no more CPU than it has. */
function clusterFaults(
  { name, nodes, disturbances }: Scenario,
  machineCores: number,
): readonly string[] {
  const cores = totalCores(nodes.map(({ cpuCores }) => cpuCores));
  const faults: string[] = [];
  if (cores > machineCores)
    faults.push(
      `${name}: its ${nodes.length} nodes have ${shown(cores)} CPU together, and this ` +
        `machine has ${shown(machineCores)} to cut hosts from: give the nodes less, leaving ` +
        'some for engines and control, or run it with dqoes lab sim',
    );
  if (disturbances.some(({ kind }) => kind === 'stolenCpu'))
    faults.push(
      `${name}: takes CPU of a node (stolenCpu), which real containers can do on one node ` +
        'only: leave it out, or run it with dqoes lab sim',
    );
  if (disturbances.some((each) => each.kind === 'foreign' && each.node !== null))
    faults.push(
      `${name}: has foreign load on one node of several, and the hosts share this machine: ` +
        'remove node from it, or run it with dqoes lab sim',
    );
  return faults;
}

const shown = (cores: number): string => String(Number(cores.toFixed(3)));

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return `${ids.length === 1 ? 'job' : 'jobs'} ${shown}${more}`;
}
