import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import { histogramPage } from '../../../lib/metric-pages.js';
import { container, containerId, desired, jobSpec, ownLabels } from './build.js';
import { PlannedServer } from './planned-server.js';
import { world } from './world.js';

describe('Watch', () => {
  // Readers of a report take its CPU counters as of its sending.
  it('reads CPU counters when the response times of others are no longer waited for', async () => {
    const http = new PlannedServer();
    const { clock, usage, observer, collect } = world({ http });
    http.answer = async () => {
      await clock.sleep(150);
      return histogramPage([10, 20], [0.05]);
    };
    const asked = container({
      id: containerId('b2'),
      labels: ownLabels('face-1'),
      pid: 15,
      exposedPorts: [8000],
    });
    const slow = jobSpec({ latency: { source: 'prometheus', preset: 'vllm' } });
    const { workloads } = workloadsOf({
      containers: [container({ labels: ownLabels('face-0') }), asked],
      desired: [desired('face-0'), desired('face-1', slow)],
    });
    await observer.sync(workloads);
    await clock.advance(800);
    usage.set(4242, 0.4);
    const collecting = collect();
    await clock.advance(100);
    usage.set(4242, 0.5);
    await clock.advance(100);
    const [report] = await collecting;
    assert.equal(report?.cpu?.usageTotalSeconds, 0.5);
    await observer.close();
  });
});
