import type { Scenario } from '../types.js';

/**
 * A scenario with several nodes runs on as many hosts of its own; any other on this machine as it
 * is, whatever its file says of the node.
 */
export const isCluster = ({ nodes }: Pick<Scenario, 'nodes'>): boolean => nodes.length > 1;

export const totalCores = (nodeCores: readonly number[]): number =>
  nodeCores.reduce((total, cores) => total + cores, 0);

/**
 * CPU that all jobs of a scenario share on real containers, cores; `machineCores` = what this
 * machine gives out.
 */
export const sharedCores = (scenario: Pick<Scenario, 'nodes'>, machineCores: number): number =>
  isCluster(scenario) ? totalCores(scenario.nodes.map(({ cpuCores }) => cpuCores)) : machineCores;
