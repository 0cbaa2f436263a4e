import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { loadCoordinatorConfig } from '../../../coordinator/config.js';
import { DEFAULT_PARAMS } from '../../../coordinator/schedule/types.js';
import type { FileFault } from '../../../shared/result.js';

describe('coordinator config', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-config-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const load = (text: string, overrides: Record<string, string> = {}) => {
    const file = join(folder, 'coordinator.yaml');
    writeFileSync(file, text);
    return loadCoordinatorConfig({ file, overrides });
  };

  it('has defaults for everything', () => {
    const loaded = loadCoordinatorConfig();
    assert.ok(loaded.ok);
    const { cluster, policy, params, natsUrl, nats } = loaded.value;
    assert.deepEqual(
      [cluster, policy, natsUrl, nats.credentials],
      ['main', 'adaptive', 'nats://127.0.0.1:4222', ''],
    );
    assert.deepEqual(params, DEFAULT_PARAMS);
    assert.ok(Object.isFrozen(loaded.value) && Object.isFrozen(params));
  });

  it('reads the file, the command line wins', () => {
    const loaded = load(
      'cluster: lab\npolicy: equal\ninterval: 2s\nnats:\n  url: nats://h:4222\n',
      {
        policy: 'default',
        'max-interval': '1m',
      },
    );
    assert.ok(loaded.ok);
    const { cluster, policy, params, natsUrl } = loaded.value;
    assert.deepEqual(
      [cluster, policy, params.intervalMs, params.maxIntervalMs, natsUrl],
      ['lab', 'default', 2000, 60_000, 'nats://h:4222'],
    );
  });

  it('has no workers where it does not say so, and at most 16', () => {
    const [bare, some] = [load('cluster: lab\n'), load('workers: 16\n')];
    assert.deepEqual(bare.ok && bare.value.workers, 0);
    assert.deepEqual(some.ok && some.value.workers, 16);
    for (const wrong of ['17', '-1', 'two', '1.5']) {
      const refused = load(`workers: ${wrong}\n`);
      assert.ok(!refused.ok, wrong);
      assert.deepEqual(refused.error[0]?.field, 'workers');
      assert.match(refused.error[0]?.message ?? '', /is not a number of workers: write 0 to 16/);
    }
  });

  it('bounds what submitters may weigh where it says so, and else by what any job may', () => {
    const [bare, bound] = [load('cluster: lab\n'), load('submitter:\n  weight-max: 5\n')];
    assert.deepEqual(bare.ok && bare.value.submitterWeightMax, 1000);
    assert.deepEqual(bound.ok && bound.value.submitterWeightMax, 5);
    assert.ok(!load('submitter:\n  weight-max: 0\n').ok);
  });

  it('bounds what a submitter may have where it says so, else by what a cluster holds', () => {
    const [bare, bound] = [
      load('cluster: lab\n'),
      load('submitter: { jobs-max: 5, replicas-max: 0, jobs-max-of: "lena=500, token:ci=20" }\n'),
    ];
    const none = new Map();
    assert.deepEqual(bare.ok && bare.value.submitterQuota, {
      jobs: { max: 50_000, maxOf: none },
      replicas: { max: 100_000, maxOf: none },
    });
    const jobsOf = new Map([
      ['lena', 500],
      ['token:ci', 20],
    ]);
    assert.deepEqual(bound.ok && bound.value.submitterQuota, {
      jobs: { max: 5, maxOf: jobsOf },
      replicas: { max: 0, maxOf: none },
    });
    for (const wrong of [
      'jobs-max: 50001',
      'jobs-max: -1',
      'jobs-max-of: lena',
      'jobs-max-of: "lena=1,lena=2"',
      'jobs-max-of: "lena=1,,"',
      'replicas-max-of: lena=100001',
    ])
      assert.ok(!load(`submitter: { ${wrong} }\n`).ok, wrong);
  });

  it('has prices where a currency is named; energy has one only where it is not 0', () => {
    const bare = load('prices:\n  cpu-core-hour: 0\n');
    assert.ok(bare.ok);
    assert.equal(bare.value.prices, undefined);
    const priced = load('prices:\n  currency: EUR\n  cpu-core-hour: 0.03\n');
    const EUR = { currency: 'EUR', cpuCoreHour: 0.03, memoryGibHour: 0, gpuHour: 0 };
    assert.deepEqual(priced.ok && priced.value.prices, EUR);
    const energy = load('prices:\n  currency: EUR\n  cpu-core-hour: 0.03\n  energy-kwh: 0.28\n');
    assert.deepEqual(energy.ok && energy.value.prices, { ...EUR, energyKwh: 0.28 });
  });

  it('refuses a price without a currency: no quote and no report would have costs', () => {
    const loaded = load('prices:\n  cpu-core-hour: 0.03\n  energy-kwh: 0.28\n');
    assert.ok(!loaded.ok);
    assert.deepEqual(
      loaded.error.map(({ field, line, column }) => [field, line, column]),
      [
        ['prices.cpu-core-hour', 2, 18],
        ['prices.energy-kwh', 3, 15],
      ],
    );
    assert.match(loaded.error[0]?.message ?? '', /needs prices\.currency beside it/);
  });

  it('makes one copy of each bucket unless three are asked for', () => {
    const one = loadCoordinatorConfig();
    assert.ok(one.ok && one.value.replicas === 1);
    const three = load('nats: { replicas: 3 }\n');
    assert.ok(three.ok && three.value.replicas === 3);
    const two = load('nats: { replicas: 2 }\n');
    assert.match(two.ok ? '' : (two.error[0]?.message ?? ''), /"?2"? is neither 1 nor 3/);
  });

  it('reads the settings of the adaptive policy', () => {
    const loaded = load('fairness: maxmin\nreserve-ratio: 4%\nperiod: fixed\n');
    assert.ok(loaded.ok);
    const { fairness, reserveRatio, period } = loaded.value.params;
    assert.deepEqual([fairness, reserveRatio, period], ['maxmin', 0.04, 'fixed']);
    for (const [text, ratio] of [
      ['0%', 0],
      ['0', 0],
      ['0.0', 0],
      ['50%', 0.5],
      ['0.5', 0.5],
    ] as const) {
      const reserve = load(`reserve-ratio: ${text}\n`);
      assert.ok(reserve.ok && reserve.value.params.reserveRatio === ratio, text);
    }
  });

  it('refuses words and shares that mean nothing', () => {
    const loaded = load('fairness: most\nreserve-ratio: 51%\nperiod: 10ms\n');
    assert.ok(!loaded.ok);
    assert.deepEqual(
      loaded.error.map(({ field, line, message }) => [field, line, message.split(': ')[1]]),
      [
        ['fairness', 1, '"most" is not known'],
        ['reserve-ratio', 2, '"51%" is not a share from 0 to 50 %'],
        ['period', 3, '"10ms" is not known'],
      ],
    );
    for (const text of ['-1%', '100%', '5', 'half', '"%"'])
      assert.ok(!load(`reserve-ratio: ${text}\n`).ok, text);
  });

  it('names every fault at once, with line and column', () => {
    const loaded = load(
      'policy: fair\ninterval: 5\nrelease-ratio: 200%\nnats:\n  host: x\nseed: one\n',
      {
        cluster: 'a b',
      },
    );
    assert.ok(!loaded.ok);
    const shown = loaded.error.map(
      ({ code, field, line, column }) => `${code} ${field} ${line ?? '-'}:${column ?? '-'}`,
    );
    assert.deepEqual(shown.sort(), [
      'config.bad cluster -:-',
      'config.bad interval 2:11',
      'config.bad nats.host 5:3',
      'config.bad policy 1:9',
      'config.bad release-ratio 3:16',
      'config.bad seed 6:7',
    ]);
  });

  it('refuses a longest interval below the shortest', () => {
    const loaded = load('interval: 10s\nmax-interval: 5s\n');
    assert.ok(
      !loaded.ok && loaded.error[0]?.field === 'max-interval' && loaded.error[0].line === 2,
    );
  });

  it('refuses a file that is not UTF-8, in which a value would be another one', () => {
    const file = join(folder, 'latin.yaml');
    writeFileSync(file, 'cluster: lab\nprices: { currency: "£" }\n', 'latin1');
    const loaded = loadCoordinatorConfig({ file });
    assert.deepEqual(loaded.ok || loaded.error, [
      {
        code: 'config.bad',
        field: 'the file',
        message: 'the file: is not UTF-8: save it as that, as with iconv -f ISO-8859-1 -t UTF-8',
        ...{ file, line: 2, column: 1 },
      },
    ]);
  });

  it('says so when a file cannot be read or is no YAML', () => {
    const missing = loadCoordinatorConfig({ file: join(folder, 'none.yaml') });
    assert.ok(!missing.ok);
    const [fault] = missing.error as readonly FileFault[];
    assert.equal(fault?.file, join(folder, 'none.yaml'));
    assert.match(fault?.message ?? '', /^the file: cannot be read \(ENOENT/);
    const broken = load('cluster: "lab\n');
    assert.ok(!broken.ok && broken.error[0]?.line !== undefined);
    assert.match(broken.error[0].message, /^the file: /);
  });
});
