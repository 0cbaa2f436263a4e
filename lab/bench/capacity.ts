import type { Scenario } from '../types.js';

/**
 * Whether the scenario has several nodes: each then runs on its own host. A scenario with one node
 * runs on this machine as it is, whatever its file says about the node.
 */
export const isCluster = ({ nodes }: Pick<Scenario, 'nodes'>): boolean => nodes.length > 1;

/** CPU of all nodes together, cores. */
export const totalCores = (nodeCores: readonly number[]): number =>
  nodeCores.reduce((total, cores) => total + cores, 0);

/**
 * CPU that all jobs of a scenario share on real containers, cores. `machineCores` = allocatable CPU
 * of this machine.
 */
export const sharedCores = (scenario: Pick<Scenario, 'nodes'>, machineCores: number): number =>
  isCluster(scenario) ? totalCores(scenario.nodes.map(({ cpuCores }) => cpuCores)) : machineCores;
