import type { EventType } from './event.js';

/** When each type of event is sent, for the reference and for docs/asyncapi.yaml. */
export const EVENT_ABOUT: Readonly<Record<EventType, string>> = {
  'dqoes.job.submitted': 'A job was created, or changed by a submission.',
  'dqoes.job.placed': 'A node was chosen for an allocation.',
  'dqoes.job.started':
    'Its container runs; `reason`: it had ended by itself and was started again.',
  'dqoes.job.start-failed':
    'Its container cannot be made or started; sent once for each reason, and tried again.',
  'dqoes.job.class-changed':
    'Its response time is faster than, within or slower than the target, and was not before.',
  'dqoes.job.unreachable': 'Its target cannot be met where it runs; sent once, until that changes.',
  'dqoes.job.reachable': 'Its target can be met again.',
  'dqoes.job.infeasible': 'No node takes the allocation.',
  'dqoes.job.refused': 'The rules of one host forbid the job as it is; another host is looked for.',
  'dqoes.job.moved': 'Another allocation took its place on another node.',
  'dqoes.job.preempted': 'It was stopped for a heavier job that fits nowhere else.',
  'dqoes.job.lost': 'Its container ended or is gone, and nobody asked for that.',
  'dqoes.job.stopped': 'The job was stopped by request.',
  'dqoes.allocation.limit-changed': 'The CPU limit of an allocation was set or changed.',
  'dqoes.node.joined': 'A node takes part.',
  'dqoes.node.suspect': 'A node has missed reports.',
  'dqoes.node.down': 'A node has been silent for so long that its jobs may be started elsewhere.',
  'dqoes.node.overloaded': 'More requests arrive than the CPU of the node can serve.',
  'dqoes.node.relieved': 'That is over.',
  'dqoes.node.fell-back':
    'More jobs were slow than under plain Docker, so limits are dropped for a while.',
  'dqoes.node.resumed': 'Limits are set again on that node.',
  'dqoes.node.twin': 'A second agent of that name reports; its reports do not count.',
  'dqoes.node.drained': 'Nothing of ours is left on a node that is drained.',
  'dqoes.gpu.lost': 'A container no longer reaches the GPU it was given.',
  'dqoes.coordinator.store-lost': 'A bucket was removed or created again; nothing is decided.',
  'dqoes.coordinator.store-refilled': 'The bucket was filled again from memory.',
  'dqoes.coordinator.frozen':
    'More than half of the nodes that hold jobs are silent, so nothing is moved.',
  'dqoes.coordinator.resumed': 'That is over.',
  'dqoes.coordinator.audit-failed': 'Lines of the audit cannot be written; they wait in memory.',
  'dqoes.coordinator.elected': 'A coordinator began to lead.',
};
