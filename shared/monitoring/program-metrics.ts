import { CALL_SECONDS, counter, gauge, histogram } from './metric.js';

/** Buckets for a decision pass: from a quiet cluster to one of a thousand nodes, s. */
const PASS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Facts that every coordinator exports, leading or not; they count from its start. */
export const COORDINATOR_METRICS = {
  dqoes_coordinator_leader: gauge('1 while this coordinator leads; else 0.'),
  dqoes_coordinator_elections_total: counter('How often this coordinator began to lead.'),
  dqoes_coordinator_events_total: counter('Events of this coordinator by type (docs/events.md).', [
    'type',
  ]),
  dqoes_decisions_total: counter(
    'Decisions of plans by kind: place, move, remove, first (limit), raise, lower, or shape ' +
      '(another period, weight or burst).',
    ['policy', 'reason'],
  ),
  dqoes_moves_total: counter('Allocations whose place another one took on another node.'),
  dqoes_coordinator_pass_seconds: histogram(
    'Time of a decision pass, its writes included.',
    PASS_SECONDS,
  ),
  dqoes_store_operation_seconds: histogram(
    'Time until the store answered, by operation: get, put, delete, list, revision or append.',
    CALL_SECONDS,
    ['operation'],
  ),
  dqoes_store_failures_total: counter(
    'Operations of the store that failed, by operation and kind; a conflict is no fault.',
    ['operation', 'failure'],
  ),
} as const;

/** Facts that an agent exports of itself and its host. */
export const AGENT_METRICS = {
  dqoes_agent_info: gauge('Always 1; names the version, and enforce or observe.', [
    'node',
    'version',
    'control',
  ]),
  dqoes_agent_connected: gauge('1 while the agent is connected to NATS; else 0.', ['node']),
  dqoes_agent_reports_total: counter('Reports made since the agent started.', ['node']),
  dqoes_agent_report_age_seconds: gauge(
    'Time since the newest report that NATS took; absent before the first.',
    ['node'],
  ),
  dqoes_agent_coordinator_age_seconds: gauge('Time since a coordinator was heard.', ['node']),
  dqoes_agent_containers: gauge('Containers in the newest report, by state.', ['node', 'state']),
  dqoes_agent_warnings: gauge('Warnings in the newest report.', ['node']),
  dqoes_agent_limit_writes_total: counter(
    'Steps by kind (lower, lift, cap, raise, restore, start, stop) and outcome (ok, failed).',
    ['node', 'kind', 'outcome'],
  ),
  dqoes_agent_limit_write_seconds: histogram(
    'Time to write a limit and read it back from the kernel.',
    CALL_SECONDS,
    ['node'],
  ),
  dqoes_agent_limits_changed_by_others_total: counter(
    'Limits that something else changed and the agent wrote again.',
    ['node'],
  ),
  dqoes_agent_commands_rejected_total: counter(
    'Desired states that were ignored, by code (docs/errors.md).',
    ['node', 'code'],
  ),
} as const;

/** Facts about the GPUs of a host, exported by its agent. */
export const GPU_METRICS = {
  dqoes_gpu_known: gauge('1 while what the tool says of the GPU can be trusted; else 0.', [
    'node',
    'gpu',
  ]),
  dqoes_gpu_clock_hertz: gauge('Clock of the GPU.', ['node', 'gpu']),
  dqoes_gpu_power_watts: gauge('Power that the GPU draws.', ['node', 'gpu']),
  dqoes_gpu_power_limit_watts: gauge('Power limit of the GPU.', ['node', 'gpu']),
  dqoes_gpu_energy_joules_total: counter('Energy since the agent began to look.', ['node', 'gpu']),
  dqoes_gpu_saved_joules_total: counter(
    'Estimate of the energy that clock limits of dqoes saved for the same work.',
    ['node', 'gpu'],
  ),
  dqoes_gpu_utilisation_ratio: gauge('Share of the last sample in which a kernel ran.', [
    'node',
    'gpu',
  ]),
  dqoes_gpu_memory_used_bytes: gauge('Memory of the GPU that is used.', ['node', 'gpu']),
  dqoes_gpu_temperature_celsius: gauge('Temperature of the GPU.', ['node', 'gpu']),
  dqoes_gpu_lost_containers: gauge('Containers that no longer reach the GPU they were given.', [
    'node',
  ]),
} as const;

/** Facts about the process, exported by every program. */
export const PROCESS_METRICS = {
  dqoes_build_info: gauge('Always 1; names the version of dqoes, its build and Node.js.', [
    'version',
    'build',
    'node_version',
  ]),
  dqoes_process_start_time_seconds: gauge('Unix time at which the process started.'),
  dqoes_process_cpu_seconds_total: counter('CPU time of the process.'),
  dqoes_process_resident_memory_bytes: gauge('Resident memory of the process.'),
  dqoes_process_heap_used_bytes: gauge('Used by objects of the program, garbage included.'),
  dqoes_process_external_memory_bytes: gauge('Held by objects of the program beside its heap.'),
  dqoes_event_loop_delay_seconds: gauge(
    '99th percentile of the delay of the event loop since the last scrape.',
  ),
  dqoes_event_loop_delay_max_seconds: gauge('Longest delay of the event loop since then.'),
  dqoes_exporter_collect_seconds: gauge('Time to collect the facts of one source.', ['source']),
  dqoes_exporter_source_up: gauge('1 if the facts of the source could be collected; else 0.', [
    'source',
  ]),
} as const;
