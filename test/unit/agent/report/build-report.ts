import type { ReportBody } from '../../../../agent/report/report-body.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { summarise } from '../../../../shared/samples.js';
import { containerId } from '../observe/build.js';

const summary = summarise([250, 310]);
if (summary === undefined) throw new Error('two samples have a summary');

export function containerReport(over: Partial<ContainerReport> = {}): ContainerReport {
  return {
    containerId: containerId('a1'),
    lifeId: `${containerId('a1')}@2026-01-02T03:04:05Z`,
    allocation: 'face-0' as AllocationId,
    job: 'face' as JobName,
    origin: 'dqoes',
    name: 'dqoes-face-0',
    image: 'face:1',
    state: 'running',
    reason: '',
    control: 'enforce',
    target: { latencyMs: 300, statistic: 'p95', toleranceRatio: 0.1, mode: 'band' },
    weight: 1,
    cpuBounds: { minCores: 0.05 },
    applied: { cpuCores: 0.5, periodUs: 100_000 },
    observed: { cpuCores: 0.5, periodUs: 100_000 },
    cpu: { usageCores: 0.4, usageTotalSeconds: 12, throttledRatio: 0.2, pressureRatio: 0.1 },
    memory: { currentBytes: 2_000_000, workingSetBytes: 1_500_000, oomKills: 0 },
    latency: {
      window: summary as NonNullable<typeof summary>,
      newestAgeMs: 40,
      sinceChangeCount: 2,
      totalCount: 2,
      totalMs: 560,
      rejectedCount: 0,
    },
    ports: { '80': 32_768 },
    ...over,
  };
}

export function reportBody(over: Partial<ReportBody> = {}): ReportBody {
  return {
    incarnation: 'inc',
    agentVersion: '0.1.0',
    intervalMs: 1000,
    labels: {},
    holds: { incarnation: 'inc', epoch: 1, revision: 1 },
    host: {
      capacityCpuCores: 2,
      capacityMemoryBytes: 2 ** 33,
      allocatableCpuCores: 1.9,
      allocatableMemoryBytes: 2 ** 32,
      cpuUtilisationRatio: 0.5,
      memoryUsedBytes: 2 ** 30,
      cpuPressureRatio: 0.1,
    },
    containers: [],
    warnings: [],
    ...over,
  };
}
