import type { AgentHandle } from '../../agent/agent.js';
import type { Fault } from '../../shared/result.js';

/** Why an agent ended that is the second one of its name. */
export const twinFault = (node: string, cluster: string): Fault => ({
  code: 'node.twin',
  field: 'node',
  message:
    `another agent called ${node} reports to the cluster ${cluster} and was there first, so this ` +
    'one ends: give it a node name of its own, and empty its state-dir if its machine was cloned',
});

/** Resolves with a sentence when one of the agents is to end because another had its name first. */
export const untilTwin = (
  agents: readonly Pick<AgentHandle, 'node' | 'done'>[],
  cluster: string,
): Promise<string> =>
  new Promise((resolve) => {
    for (const { node, done } of agents)
      void done.then((why) => {
        if (why === 'twin') resolve(twinFault(node, cluster).message);
      });
  });
