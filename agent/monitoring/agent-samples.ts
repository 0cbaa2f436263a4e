import type { GpuReport } from '../../shared/gpu.js';
import type { Samples } from '../../shared/monitoring/samples.js';
import type { ContainerState } from '../../shared/report.js';
import type { Enforcer } from '../enforce/enforcer.js';
import type { ReportBody } from '../report/report-body.js';
import type { Reporter } from '../report/reporter.js';
import type { AgentMeter } from './meter.js';

/** What an agent knows of itself. */
export interface AgentSampling {
  readonly node: string;
  readonly version: string;
  readonly control: string;
  readonly isConnected: boolean;
  readonly reporter: Pick<Reporter, 'count' | 'ageMs' | 'current'>;
  readonly enforcer: Pick<Enforcer, 'drift' | 'coordinatorSilentMs'>;
  readonly inbox: { readonly rejected: ReadonlyMap<string, number> };
  readonly meter?: AgentMeter;
}

const STATES: readonly ContainerState[] = ['pending', 'running', 'exited', 'failed'];
const HERTZ_PER_MHZ = 1e6;

/** Adds the facts about one agent and its host, by its newest measurements. */
export function agentSamples(samples: Samples, sampling: AgentSampling): void {
  const { node, version, control, isConnected, reporter, enforcer, inbox, meter } = sampling;
  samples.add('dqoes_agent_info', 1, { node, version, control });
  samples.flag('dqoes_agent_connected', isConnected, { node });
  samples.add('dqoes_agent_reports_total', reporter.count, { node });
  const { ageMs } = reporter;
  samples.add('dqoes_agent_report_age_seconds', ageMs === null ? null : ageMs / 1000, { node });
  const silentSeconds = enforcer.coordinatorSilentMs / 1000;
  samples.add('dqoes_agent_coordinator_age_seconds', silentSeconds, { node });
  samples.add('dqoes_agent_limits_changed_by_others_total', enforcer.drift.count, { node });
  for (const [code, count] of inbox.rejected)
    samples.add('dqoes_agent_commands_rejected_total', count, { node, code });
  meter?.collect(samples, node);
  if (reporter.current !== undefined) bodySamples(samples, node, reporter.current);
}

function bodySamples(samples: Samples, node: string, body: ReportBody): void {
  const { containers, warnings, gpus = [] } = body;
  for (const state of STATES)
    samples.add('dqoes_agent_containers', containers.filter((one) => one.state === state).length, {
      node,
      state,
    });
  samples.add('dqoes_agent_warnings', warnings.length, { node });
  if (gpus.length === 0) return;
  for (const gpu of gpus) gpuSamples(samples, node, gpu);
  const lost = containers.filter(({ gpuUse }) => gpuUse?.isLost === true);
  samples.add('dqoes_gpu_lost_containers', lost.length, { node });
}

function gpuSamples(samples: Samples, node: string, report: GpuReport): void {
  const labels = { node, gpu: report.id };
  const { clockMhz } = report;
  samples.flag('dqoes_gpu_known', report.isKnown, labels);
  const clockHertz = clockMhz === null ? null : clockMhz * HERTZ_PER_MHZ;
  samples.add('dqoes_gpu_clock_hertz', clockHertz, labels);
  samples.add('dqoes_gpu_power_watts', report.powerWatts, labels);
  samples.add('dqoes_gpu_power_limit_watts', report.powerLimitWatts, labels);
  samples.add('dqoes_gpu_energy_joules_total', report.energyJoules, labels);
  samples.add('dqoes_gpu_saved_joules_total', report.savedJoules, labels);
  samples.add('dqoes_gpu_utilisation_ratio', report.utilisationRatio, labels);
  samples.add('dqoes_gpu_memory_used_bytes', report.memoryUsedBytes, labels);
  samples.add('dqoes_gpu_temperature_celsius', report.temperatureCelsius, labels);
}
