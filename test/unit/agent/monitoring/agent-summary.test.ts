import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { agentSummary } from '../../../../agent/monitoring/agent-summary.js';
import type { Target } from '../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../shared/report.js';
import { summarise } from '../../../../shared/samples.js';

const target: Target = { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };
const seen = (ms: number): LatencyReport => ({
  window: summarise([ms]) ?? assert.fail(),
  newestAgeMs: 0,
  sinceChangeCount: 1,
  totalCount: 1,
  totalMs: ms,
  rejectedCount: 0,
});

describe('the summary of an agent', () => {
  it('counts what has a target, what was measured, and what is at target', () => {
    const containers = [
      { state: 'running', target, latency: seen(100) },
      { state: 'running', target, latency: seen(300) },
      { state: 'running', target, latency: null },
      { state: 'running', target: null, latency: seen(100) },
      { state: 'exited', target, latency: seen(100) },
    ] as const;
    assert.equal(
      agentSummary(containers, 'enforce', true),
      'control enforce: 3 containers with a target, 1 of 2 measured ones at target',
    );
  });

  it('says that NATS is away, and that nothing was measured', () => {
    assert.match(agentSummary([], 'observe', false), /NATS is away, limits hold$/);
    assert.equal(agentSummary(undefined, 'observe', true), 'control observe: not measured now');
  });
});
