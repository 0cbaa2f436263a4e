import { counter, gauge } from './metric.js';

/** Facts about the whole cluster: exported by the coordinator that leads, and by no other. */
export const CLUSTER_METRICS = {
  dqoes_cluster_info: gauge('Always 1; names the cluster and the policy in force.', [
    'cluster',
    'policy',
  ]),
  dqoes_cluster_frozen: gauge(
    '1 while more than half of the nodes that hold jobs are silent, so nothing is moved; else 0.',
  ),
  dqoes_jobs: gauge(
    'Jobs by class of their slowest allocation; unknown: of none is there a new answer.',
    ['class'],
  ),
  dqoes_jobs_in_state: gauge('Jobs by state: pending, running, partial or failed.', ['state']),
  dqoes_jobs_at_target: gauge(
    'Jobs all of whose allocations with a new answer are as their target asks.',
  ),
  dqoes_allocations: gauge('Allocations by class; unknown: there is no new answer.', ['class']),
  dqoes_allocations_pending: gauge(
    'Allocations that no node takes, by what is missing; one may lack several things. none: no ' +
      'node has reported.',
    ['reason'],
  ),
  dqoes_job_latency_seconds: gauge(
    'Response time of the slowest allocation of the job, by the statistic its target names.',
    ['job_name'],
  ),
  dqoes_job_target_seconds: gauge('Response time that the job asks for.', [
    'job_name',
    'statistic',
    'mode',
  ]),
  dqoes_job_at_target_ratio: gauge(
    'Share of the allocations with a known response time that are as the target asks.',
    ['job_name'],
  ),
  dqoes_job_not_slower_ratio: gauge(
    'Share of the allocations with a known response time that are not slower than the target.',
    ['job_name'],
  ),
  dqoes_job_replicas: gauge('Allocations that the job asks for.', ['job_name']),
  dqoes_job_running: gauge('Allocations of the job that run.', ['job_name']),
  dqoes_job_unreachable: gauge(
    'Allocations of the job whose target cannot be met where they run.',
    ['job_name'],
  ),
  dqoes_job_unanswered: gauge(
    'Allocations of the job that are asked and answer nothing: their probe fails or is refused, ' +
      'or no answer is new while they use half a core, or half of their limit.',
    ['job_name'],
  ),
  dqoes_job_cpu_limit_cores: gauge('CPU that the allocations of the job are granted together.', [
    'job_name',
  ]),
  dqoes_job_cpu_usage_cores: gauge('CPU that the allocations of the job use together.', [
    'job_name',
  ]),
  dqoes_job_cpu_throttled_ratio: gauge(
    'Share of CFS periods that ran out of quota, of the allocation with the most.',
    ['job_name'],
  ),
  dqoes_allocation_series_dropped: gauge(
    '1 while more allocations exist than metrics.allocations, so only jobs are exported; else 0.',
  ),
  dqoes_allocation_latency_seconds: gauge(
    'Response time of the allocation, by the statistic its target names.',
    ['job_name', 'allocation', 'node'],
  ),
  dqoes_allocation_cpu_limit_cores: gauge('CPU that the allocation is granted.', [
    'job_name',
    'allocation',
    'node',
  ]),
  dqoes_allocation_cpu_usage_cores: gauge('CPU that the allocation uses.', [
    'job_name',
    'allocation',
    'node',
  ]),
  dqoes_allocation_cpu_throttled_ratio: gauge('Share of CFS periods that ran out of quota.', [
    'job_name',
    'allocation',
    'node',
  ]),
} as const;

/** Facts about each node, as the coordinator that leads knows them. */
export const NODE_METRICS = {
  dqoes_nodes: gauge('Nodes by liveness: ready, suspect or down.', ['liveness']),
  dqoes_node_ready: gauge('1 while the node reports in time; else 0.', ['node']),
  dqoes_node_schedulable: gauge('1 unless the node is cordoned, drained or waits; else 0.', [
    'node',
  ]),
  dqoes_node_report_age_seconds: gauge('Time since the newest report of the node.', ['node']),
  dqoes_node_containers: gauge('Containers that the node reports.', ['node']),
  dqoes_node_cpu_capacity_cores: gauge('CPU that the node has.', ['node']),
  dqoes_node_cpu_allocatable_cores: gauge('CPU that containers may be granted.', ['node']),
  dqoes_node_cpu_allocated_cores: gauge('CPU that is granted: the sum of the limits.', ['node']),
  dqoes_node_cpu_utilisation_ratio: gauge('Share of the CPU of the host that is used.', ['node']),
  dqoes_node_cpu_others_cores: gauge('CPU that everything but the reported containers uses.', [
    'node',
  ]),
  dqoes_node_cpu_pressure_ratio: gauge('Share of time in which some task waited for CPU (PSI).', [
    'node',
  ]),
  dqoes_node_memory_allocatable_bytes: gauge('Memory that containers may use.', ['node']),
  dqoes_node_memory_used_bytes: gauge('Memory of the host that is used.', ['node']),
  dqoes_node_condition: gauge(
    '1 while the policy says so of the node, else 0: overloaded (arriving requests take more CPU ' +
      'than it has), fell-back (limits are dropped for a while).',
    ['node', 'condition'],
  ),
} as const;

/** What the coordinator that leads has done; begins at 0 with each leadership. */
export const LEADER_METRICS = {
  dqoes_coordinator_epoch: gauge('Epoch of this leadership.'),
  dqoes_coordinator_messages_total: counter(
    'Messages of agents: accepted, superseded (a newer one came before it was read), or waiting ' +
      '(of a node that is not approved).',
    ['outcome'],
  ),
  dqoes_coordinator_messages_rejected_total: counter(
    'Messages of agents that were refused, by code (docs/errors.md).',
    ['code'],
  ),
  dqoes_coordinator_desired_writes_total: counter(
    'Desired states by what became of the write: written, conflict or failed.',
    ['outcome'],
  ),
  dqoes_coordinator_nudges_total: counter('Desired states sent to agents.'),
  dqoes_coordinator_events_published_total: counter('Events that the stream has taken.'),
  dqoes_coordinator_events_dropped_total: counter(
    'Events that were lost because the stream took none for too long.',
  ),
  dqoes_coordinator_events_waiting: gauge('Events that wait for the stream.'),
  dqoes_coordinator_audit_dropped_total: counter('Lines of the audit that were lost.'),
  dqoes_coordinator_history_dropped_total: counter(
    'Records of a node and minute that were lost: reports call their time unknown.',
  ),
} as const;
