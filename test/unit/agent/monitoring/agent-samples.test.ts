import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { agentSamples } from '../../../../agent/monitoring/agent-samples.js';
import { AgentMeter } from '../../../../agent/monitoring/meter.js';
import type { ReportBody } from '../../../../agent/report/report-body.js';
import type { GpuReport } from '../../../../shared/gpu.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { seriesOf } from '../../../lib/samples.js';
import { containerReport, reportBody } from '../report/build-report.js';

const UNABLE = { reach: 'none', reason: '' } as const;
const GPU: GpuReport = {
  ...{ id: 'GPU-1', index: 0, name: 'H100', vendor: 'nvidia', isKnown: true, reason: '' },
  ...{ memoryTotalBytes: 8e10, memoryUsedBytes: null, utilisationRatio: 0.4, clockMhz: 1410 },
  ...{ maxClockMhz: 1980, powerWatts: 300, powerLimitWatts: 700, temperatureCelsius: null },
  ...{ isMig: false, hasMps: null, clockRange: null, powerRange: null },
  ...{ ladder: { clock: UNABLE, power: UNABLE, share: UNABLE }, applied: null },
  ...{ energyJoules: 1234, savedJoules: null },
};

function scraped(current: ReportBody | undefined, ageMs: number | null, meter?: AgentMeter) {
  const samples = new Samples();
  agentSamples(samples, {
    ...{ node: 'h1', version: '0.1.0', control: 'enforce', isConnected: true },
    reporter: { count: 9, ageMs, current },
    enforcer: { drift: { count: 2, drifts: new Map() }, coordinatorSilentMs: 1500 },
    inbox: { rejected: new Map([['wire.unsigned', 3]]) },
    ...(meter === undefined ? {} : { meter }),
  });
  return seriesOf(samples);
}

describe('metrics of an agent', () => {
  it('say how it is connected, what it ignored and what others changed', () => {
    const series = scraped(reportBody(), 250);
    assert.equal(series['dqoes_agent_report_age_seconds{node=h1}'], 0.25);
    assert.equal(series['dqoes_agent_coordinator_age_seconds{node=h1}'], 1.5);
    assert.equal(series['dqoes_agent_limits_changed_by_others_total{node=h1}'], 2);
    assert.equal(series['dqoes_agent_commands_rejected_total{node=h1,code=wire.unsigned}'], 3);
  });

  it('say nothing of the host before the first measurement', () => {
    const series = scraped(undefined, null);
    assert.equal(series['dqoes_agent_report_age_seconds{node=h1}'], undefined);
    assert.deepEqual(
      Object.keys(series).filter((name) => /containers|warnings|gpu/.test(name)),
      [],
    );
  });

  it('have the GPUs in base units, without what the tool does not say', () => {
    const gpuUse = { ids: ['GPU-1'], injection: 'cdi', memoryBytes: null, isLost: true } as const;
    const containers = [containerReport(), containerReport({ gpuUse })];
    const series = scraped(reportBody({ gpus: [GPU], containers }), 0);
    const of = (name: string) => series[`dqoes_gpu_${name}{node=h1,gpu=GPU-1}`];
    assert.equal(of('clock_hertz'), 1.41e9);
    assert.equal(of('energy_joules_total'), 1234);
    assert.equal(of('known'), 1);
    assert.deepEqual([of('memory_used_bytes'), of('temperature_celsius')], [undefined, undefined]);
    assert.equal(series['dqoes_gpu_lost_containers{node=h1}'], 1);
    assert.equal(series['dqoes_agent_containers{node=h1,state=running}'], 2);
  });

  it('count steps by kind and outcome, and time those that write limits', () => {
    const meter = new AgentMeter();
    meter.step('lower', true, 0.02);
    meter.step('raise', false, 0.03);
    meter.step('start', true, 4);
    const series = scraped(reportBody(), 0, meter);
    const of = (kind: string, outcome: string) =>
      series[`dqoes_agent_limit_writes_total{node=h1,kind=${kind},outcome=${outcome}}`];
    assert.deepEqual([of('lower', 'ok'), of('raise', 'failed'), of('start', 'ok')], [1, 1, 1]);
    assert.equal(of('lower', 'failed'), 0);
    assert.equal(series['dqoes_agent_limit_write_seconds_count{node=h1}'], 2);
    assert.equal(series['dqoes_agent_limit_write_seconds_sum{node=h1}'], 0.05);
  });
});
