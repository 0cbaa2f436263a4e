import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { lookAtContainer } from '../../agent/wiring/doctor.js';
import { adoptedAllocationId, type ContainerId } from '../../shared/ids.js';
import { seededRandom } from '../../shared/random.js';
import type { ContainerReport } from '../../shared/report.js';
import { summarise } from '../../shared/samples.js';
import { docker } from '../lib/docker-command.js';
import { type ClientAnswer, runLoad } from '../lib/load.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from './agent-world.js';

/** A port that is free now at this address of the host. */
async function freeUdpPort(address: string): Promise<number> {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

describe('response times of a real server', function () {
  this.timeout(60_000);
  let world: AgentWorld;
  beforeEach(async () => {
    world = await AgentWorld.open();
  });
  afterEach(async () => {
    await world.close();
  });

  /** The sample server with labels of this world, once it answers. */
  async function serve(labels: Readonly<Record<string, string>>, ...words: readonly string[]) {
    const own = { enable: 'true', target: '100ms', ...labels };
    const flags = Object.entries(own).flatMap(([key, value]) => [
      '--label',
      `${world.name}.${key}=${value}`,
    ]);
    const image = ['dqoes/sample:1', '--model', 'ocr-cls', '--mode', 'serve', ...words];
    const id = (await docker(
      'run',
      '-d',
      '--label',
      `test.world=${world.name}`,
      ...flags,
      ...image,
    )) as ContainerId;
    const address = await docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', id);
    const healthy = async () =>
      (await fetch(`http://${address}:8080/healthz`).catch(() => undefined))?.ok === true;
    await until(healthy, 'the sample server', 30_000);
    return { id, url: `http://${address}:8080/infer` };
  }
  const reportOf = (id: ContainerId): ContainerReport | undefined =>
    world.reports
      .at(-1)
      ?.containers.find(({ allocation }) => allocation === adoptedAllocationId(id));
  const sourceOf = (source: string, more: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries({ source, ...more }).map(([key, value]) => [`latency.${key}`, value]),
    );
  const good = (answers: readonly ClientAnswer[]) => answers.filter(({ status }) => status === 200);

  it('are read off its page of metrics, and every request is counted once', async () => {
    const { id, url } = await serve({ statistic: 'p95', ...sourceOf('prometheus') });
    await world.start();
    // What was answered before the first look is not known; once it is quiet, everything after it
    // is counted.
    await until(async () => {
      await fetch(url, { method: 'POST' });
      return (reportOf(id)?.latency?.totalCount ?? 0) > 0;
    }, 'the first request that is seen');
    await until(() => (reportOf(id)?.latency?.newestAgeMs ?? 0) > 500, 'quiet');
    const before = reportOf(id)?.latency;
    const arrivals = { kind: 'open', ratePerSecond: 60, random: seededRandom(3) } as const;
    const { answers } = await runLoad({ url, arrivals, requests: 150 });
    const all = (before?.totalCount ?? 0) + answers.length;
    await until(
      () => reportOf(id)?.latency?.totalCount === all,
      () => `${all} requests: ${JSON.stringify(reportOf(id))}`,
    );
    const latency = reportOf(id)?.latency;
    const seen = summarise(good(answers).map(({ latencyMs }) => latencyMs));
    assert.ok(latency !== null && latency !== undefined && seen !== undefined);
    const meanMs = (latency.totalMs - (before?.totalMs ?? 0)) / answers.length;
    // The client's own time lies above the server's, by what the network and the client take.
    assert.ok(
      meanMs <= seen.meanMs && meanMs > 0.3 * seen.meanMs,
      `mean ${meanMs} against ${seen.meanMs} ms`,
    );
    assert.ok(
      (latency.window.p95Ms ?? 0) >= (latency.window.p50Ms ?? Number.NaN),
      JSON.stringify(latency.window),
    );
    assert.equal(latency.window.maxMs, null);
  });

  it('are pushed by it as StatsD, and belong to the container by its address', async () => {
    const { id, url } = await serve(
      sourceOf('push'),
      '--statsd',
      `${await bridge()}:${await startWithPush()}`,
    );
    const { answers } = await runLoad({
      url,
      arrivals: { kind: 'closed', clients: 2 },
      requests: 40,
    });
    await until(
      () => reportOf(id)?.latency?.totalCount === answers.length,
      () => `all requests: ${JSON.stringify(reportOf(id))}`,
    );
    assert.deepEqual(world.reports.at(-1)?.warnings, []);
  });

  it('are those of a probe where nothing else is there', async () => {
    const { id } = await serve(sourceOf('probe', { path: '/infer', method: 'POST' }));
    await world.start();
    await until(
      () => (reportOf(id)?.latency?.window.count ?? 0) >= 1,
      () => `a probe: ${JSON.stringify(reportOf(id))}`,
    );
    assert.deepEqual([reportOf(id)?.latency?.totalCount, reportOf(id)?.reason], [0, '']);
  });

  it('are not made up: a page without them is named, with the reason', async () => {
    const { id } = await serve(sourceOf('prometheus', { preset: 'vllm' }));
    await world.start();
    await until(
      () => /no vllm:e2e_request_latency_seconds on the page yet/.test(reportOf(id)?.reason ?? ''),
      () => `the reason: ${JSON.stringify(reportOf(id))}`,
    );
    assert.equal(reportOf(id)?.latency, null);
  });

  it('are found by the doctor, with the labels that make the agent read them', async () => {
    const { id, url } = await serve({});
    const look = async () => {
      const found = await lookAtContainer(id, {
        clock: systemClock,
        signal: new AbortController().signal,
        seconds: 1,
        socketPath: undefined,
      });
      assert.ok(found.ok, JSON.stringify(found));
      return new Map(found.value.sources.map((source) => [source.source, source]));
    };
    const idle = await look();
    assert.deepEqual(
      [
        idle.get('prometheus')?.state,
        idle.get('prometheus')?.labels.preset,
        idle.get('log')?.state,
      ],
      ['possible', 'otel-http', 'none'],
    );
    const stop = new AbortController();
    const load = runLoad({ url, arrivals: { kind: 'closed', clients: 1 }, signal: stop.signal });
    const busy = await look();
    stop.abort();
    await load;
    const { state, where, requests, p95Ms, labels } =
      busy.get('prometheus') ?? assert.fail('no finding');
    assert.deepEqual(
      [state, where, labels],
      ['found', ':8080/metrics', { source: 'prometheus', preset: 'otel-http' }],
    );
    assert.ok((requests ?? 0) > 0 && (p95Ms ?? 0) > 0);
    assert.deepEqual([busy.get('log')?.state, busy.get('log')?.labels.unit], ['found', 'ms']);
    const missing = await lookAtContainer('nobody-is-called-so', {
      clock: systemClock,
      signal: stop.signal,
      seconds: 1,
      socketPath: undefined,
    });
    assert.deepEqual(missing.ok ? [] : missing.error.map(({ code }) => code), [
      'docker.no-container',
    ]);
  });

  const bridge = () =>
    docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', 'bridge');

  /** The agent with its receiver on the bridge; the port of StatsD. */
  async function startWithPush(): Promise<number> {
    const address = await bridge();
    const port = await freeUdpPort(address);
    await world.start({ 'push.address': address, 'push.udp-port': port });
    return port;
  }
});
