import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { agentSummary } from '../../../../agent/monitoring/agent-summary.js';
import type { Target } from '../../../../shared/qoe.js';
import type { LatencyReport } from '../../../../shared/report.js';
import { summarise } from '../../../../shared/samples.js';

const target: Target = { latencyMs: 100, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };
const seen = (ms: number, newestAgeMs = 0): LatencyReport => ({
  window: summarise([ms]) ?? assert.fail(),
  newestAgeMs,
  sinceChangeCount: 1,
  totalCount: 1,
  totalMs: ms,
  rejectedCount: 0,
});

const context = (control: string, isConnected = true) => ({
  control,
  isConnected,
  seeing: () => ({ windowMs: 5000, source: 'probe' as const }),
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
      agentSummary(containers, context('enforce')),
      'control enforce: 3 containers with a target, 1 of 2 measured ones at target',
    );
  });

  it('says that NATS is away, and that nothing was measured', () => {
    assert.match(agentSummary([], context('observe', false)), /NATS is away, limits hold$/);
    assert.equal(agentSummary(undefined, context('observe')), 'control observe: not measured now');
  });

  it('counts as measured no answers that say nothing of now', () => {
    const containers = [
      { state: 'running', target, latency: seen(100, 60_000) },
      { state: 'running', target, latency: seen(100, 60_001) },
      // It is asked again only after a hundred of its response times.
      { state: 'running', target, latency: seen(1000, 60_001) },
    ] as const;
    assert.equal(
      agentSummary(containers, context('enforce')),
      'control enforce: 3 containers with a target, 1 of 2 measured ones at target',
    );
  });
});
