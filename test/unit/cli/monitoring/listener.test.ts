import assert from 'node:assert/strict';
import { request } from 'node:http';
import { afterEach, describe, it } from 'mocha';
import { listenForScrapes, type MetricsListener } from '../../../../cli/monitoring/listener.js';
import { type MetricsTrouble, serveMetrics } from '../../../../cli/monitoring/serve-metrics.js';
import { metricsText } from '../../../../cli/services/up.js';
import { silentLog } from '../../../../shared/log.js';

const HERE = { host: '127.0.0.1', port: 0 };
const scrape = async () => ({ contentType: 'text/plain; version=0.0.4', text: 'dqoes_up 1\n' });

/** Status and body of one request; `host`: what it says in its header. */
const ask = (url: string, { method = 'GET', host = '' } = {}): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    const headers = host === '' ? {} : { host };
    const asked = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    asked.on('error', reject);
    asked.end();
  });

describe('the listener of metrics', () => {
  const open: MetricsListener[] = [];
  const start = async (address = HERE, source = scrape): Promise<MetricsListener> => {
    const listening = await listenForScrapes(address, source);
    assert.ok(listening.ok);
    open.push(listening.value);
    return listening.value;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('answers GET /metrics and nothing else', async () => {
    const { url } = await start();
    assert.deepEqual(await ask(url), [200, 'dqoes_up 1\n']);
    assert.deepEqual(await ask(url, { method: 'HEAD' }), [200, '']);
    assert.equal((await ask(url, { method: 'POST' }))[0], 405);
    assert.equal((await ask(url.replace('/metrics', '/')))[0], 404);
  });

  it('takes the next port where one is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const second = await start({ ...HERE, port });
    assert.ok(Number(new URL(second.url).port) > port);
    assert.equal((await ask(second.url))[0], 200);
  });

  it('refuses a web page that calls itself by another name', async () => {
    const { url } = await start();
    assert.equal((await ask(url, { host: 'evil.example' }))[0], 403);
    for (const host of ['localhost:1', '127.0.0.1', '[::1]:80'])
      assert.equal((await ask(url, { host }))[0], 200, host);
  });

  it('says so when the metrics cannot be collected, and answers again later', async () => {
    let broken = true;
    const { url } = await start(HERE, async () => {
      if (broken) throw new Error('a bug');
      return scrape();
    });
    assert.equal((await ask(url))[0], 500);
    broken = false;
    assert.equal((await ask(url))[0], 200);
  });

  it('says of a taken port of dqoes up which it is, where they are and what to do', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const [texts, warnings]: [string[], string[]] = [[], []];
    const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
    const rest = { sources: [], version: '1', log, clock: { now: () => 0 } as never };
    const onTrouble = (trouble: MetricsTrouble) => void texts.push(metricsText(trouble));
    const served = await serveMetrics({ listen: { ...HERE, port }, ...rest, onTrouble });
    await served.close();
    const absent = { host: '192.0.2.1', port: 1 };
    assert.equal((await serveMetrics({ listen: absent, ...rest, onTrouble })).url, null);
    const cure = 'metrics.listen in the file of --coordinator-config sets another one, or off.';
    assert.deepEqual(texts, [
      `Port ${port} of the metrics is taken, so they are at ${served.url}: end what has it ` +
        `(ss -ltnp shows that), or leave it so; ${cure}`,
      'The metrics are not served: 192.0.2.1:1 to 20 cannot be listened on (EADDRNOTAVAIL): ' +
        cure,
    ]);
    assert.deepEqual(warnings, []);
  });

  it('is no reason not to run: an address that is not here is a warning', async () => {
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
    const rest = { sources: [], version: '1', log, clock: { now: () => 0 } as never };
    const served = await serveMetrics({ listen: { host: '192.0.2.1', port: 1 }, ...rest });
    assert.equal(served.url, null);
    assert.deepEqual(warnings, ['metrics: not served; change metrics.listen']);
    assert.equal((await serveMetrics({ listen: null, ...rest })).url, null);
    assert.equal(warnings.length, 1);
  });
});
