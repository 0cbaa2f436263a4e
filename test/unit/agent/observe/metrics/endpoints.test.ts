import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { metricEndpoints, probeEndpoints } from '../../../../../agent/observe/metrics/endpoints.js';
import type { PrometheusSourceSpec } from '../../../../../shared/job.js';
import { container } from '../build.js';

const at = (over: Parameters<typeof container>[0], spec: Partial<PrometheusSourceSpec> = {}) => {
  const found = metricEndpoints(container(over), { source: 'prometheus', ...spec });
  return found.ok
    ? found.value.map(({ host, port, path }) => `${host}:${port}${path}`)
    : found.error;
};

describe('where the page of metrics is', () => {
  it('is the port of the label, else of the preset, else the only one exposed', () => {
    const exposedPorts = [8000, 8001, 8002];
    assert.deepEqual(at({ exposedPorts }, { preset: 'triton' }), ['172.17.0.2:8002/metrics']);
    assert.deepEqual(at({ exposedPorts }, { preset: 'triton', port: 9000 }), [
      '172.17.0.2:9000/metrics',
    ]);
    assert.deepEqual(at({ exposedPorts: [9000] }, { preset: 'triton' }), [
      '172.17.0.2:9000/metrics',
    ]);
    assert.deepEqual(at({ exposedPorts: [] }, { preset: 'tgi' }), [
      '172.17.0.2:80/metrics',
      '172.17.0.2:3000/metrics',
    ]);
    assert.deepEqual(at({ exposedPorts: [8501] }, { preset: 'tf-serving' }), [
      '172.17.0.2:8501/monitoring/prometheus/metrics',
    ]);
  });

  it('is not guessed where several ports are exposed', () => {
    assert.equal(
      at({ exposedPorts: [1, 2] }),
      'the image exposes the ports 1, 2: set latency.port, or latency.preset for a known server',
    );
    assert.equal(
      at({ exposedPorts: [] }),
      'the image exposes no port: set latency.port, or latency.preset for a known server',
    );
  });

  it('is looked for under every known path where the server is not named', () => {
    assert.deepEqual(at({ exposedPorts: [9000] }), [
      '172.17.0.2:9000/metrics',
      '172.17.0.2:9000/monitoring/prometheus/metrics',
    ]);
    assert.deepEqual(at({ exposedPorts: [9000] }, { metric: 'x_ms' }), ['172.17.0.2:9000/metrics']);
    assert.deepEqual(at({ exposedPorts: [9000] }, { path: '/m' }), ['172.17.0.2:9000/m']);
  });

  it('is on loopback with host networking or a published port, after own addresses', () => {
    assert.deepEqual(at({ hostNetwork: true, addresses: [], exposedPorts: [80] }, { path: '/m' }), [
      '127.0.0.1:80/m',
    ]);
    assert.deepEqual(at({ exposedPorts: [80], ports: { 80: 18080 } }, { path: '/m' }), [
      '172.17.0.2:80/m',
      '127.0.0.1:18080/m',
    ]);
    assert.match(
      String(at({ addresses: [], exposedPorts: [80] })),
      /has no address of its own and does not publish port 80: publish it/,
    );
  });

  it('and of a probe as of anything else', () => {
    const probe = probeEndpoints(container({ exposedPorts: [80] }), {
      source: 'probe',
      path: '/infer',
    });
    assert.deepEqual(probe.ok && probe.value, [{ host: '172.17.0.2', port: 80, path: '/infer' }]);
    const unknown = probeEndpoints(container({ exposedPorts: [] }), { source: 'probe' });
    assert.equal(unknown.ok || unknown.error, 'the image exposes no port: set latency.port');
  });
});
