import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { measuredRun } from '../../../../lab/replay/measured.js';
import type { JobSeries } from '../../../../lab/replay/series.js';
import type { ContainerReport } from '../../../../shared/report.js';
import { allocationId, container, nodeId } from '../../coordinator/build.js';
import { scenario, simJob } from '../sim/build.js';

/** A report each second: `before` CPU-s at the start, then half a core; no CPU where it says so. */
const points = (before: number, change: (second: number) => Partial<ContainerReport>) =>
  Array.from({ length: 11 }, (_, second) => {
    const cpu = {
      ...{ usageCores: 0.5, throttledRatio: 0, pressureRatio: null },
      usageTotalSeconds: before + second / 2,
    };
    return { atMs: second * 1000, container: container('a-1', { cpu, ...change(second) }) };
  });

const usageOf = (all: JobSeries['points']): readonly (number | undefined)[] => {
  const [node, allocation] = [nodeId('h1'), allocationId('a-1')];
  const series = { id: 'a', node, allocation, points: all, fromMs: 0, untilMs: null, limits: [] };
  const world = scenario([simJob('a')], { durationMs: 10_000 });
  const { intervals } = measuredRun({ scenario: world, series: [series], notes: [] });
  return intervals.map(({ jobs: [job] }) => job?.usageCores);
};

describe('replay: what was measured', () => {
  it('begins at the first reading of a container that ran before', () => {
    const all = points(3600, (second) => (second === 0 ? { cpu: null } : {}));
    assert.deepEqual(usageOf(all), [0.4, 0.5]);
    assert.deepEqual(usageOf(points(3600, () => ({}))), [0.5, 0.5]);
  });

  it('counts all that a container used that was started meanwhile', () => {
    const all = points(0, (second) => (second < 2 ? { cpu: null, state: 'pending' } : {}));
    assert.deepEqual(usageOf(all), [0.5, 0.5]);
  });
});
