import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  answeredIn,
  arrivedIn,
  closedRequests,
  livesOf,
  openRequests,
  seenOf,
} from '../../bench/ceilings/answers.js';
import { scheduleOf } from '../../bench/ceilings/arrivals.js';
import { eventLoads } from '../../bench/ceilings/events.js';
import { loadsOf } from '../../bench/ceilings/loads.js';
import { readCeilingOptions } from '../../bench/ceilings/options.js';
import { runsOf } from '../../bench/ceilings/plan.js';
import { queueGoneAtMs } from '../../bench/ceilings/queue-gone.js';
import { spread } from '../../bench/ceilings/table.js';
import {
  type Calibration,
  ratesFor,
  roundTarget,
  SERVICES,
  targetsFor,
} from '../../bench/ceilings/work.js';

const AT = '2026-01-01T00:00:';
const START_MS = Date.parse(`${AT}00Z`);
const line = (second: string, value: object): string => `${AT}${second}Z ${JSON.stringify(value)}`;

const LOG = [
  `${AT}00.5Z sample: a warning`,
  line('01.000000000', { ready: true }),
  line('01.250500000', { ms: 100.5, n: 1 }),
  line('02.000000000', { ms: 400, n: 2 }),
  'cut off',
].join('\n');

describe('bench of ceilings: requests of a log', () => {
  it('reads lives and answers to the nanosecond, and leaves the rest aside', () => {
    const [life, ...others] = livesOf(LOG);
    assert.deepEqual(others, []);
    assert.equal(life?.readyAtMs, START_MS + 1000);
    assert.deepEqual(life.answers, [
      { atMs: START_MS + 1250.5, latencyMs: 100.5, number: 1 },
      { atMs: START_MS + 2000, latencyMs: 400, number: 2 },
    ]);
  });

  it('knows of requests that were not answered, until the log was read', () => {
    const requests = openRequests(livesOf(LOG), () => [150, 600, 900, 5000], START_MS + 3000);
    assert.deepEqual(
      requests.map(({ arrivedAtMs, latencyMs }) => [arrivedAtMs - START_MS, latencyMs]),
      [
        [1150, 100.5],
        [1600, 400],
        [1900, null],
      ],
    );
  });

  it('restarts the schedule with each life; clients that waited at its end are gone', () => {
    const log = [LOG, line('03', { ready: true }), line('03.2', { ms: 50, n: 1 })].join('\n');
    const requests = openRequests(livesOf(log), () => [150, 600, 2500], START_MS + 4000);
    const arrived = requests.map(({ arrivedAtMs }) => arrivedAtMs - START_MS);
    assert.deepEqual(arrived, [1150, 1600, 3150, 3600]);
  });

  it('counts an open loop by arrival and a closed loop by answer', () => {
    const window = { fromMs: START_MS + 1500, toMs: START_MS + 2500 };
    const open = openRequests(livesOf(LOG), () => [150, 600, 900], START_MS + 3000);
    assert.equal(arrivedIn(open, window).length, 2);
    const closed = closedRequests(livesOf(LOG));
    assert.deepEqual(
      answeredIn(closed, window).map(({ latencyMs }) => latencyMs),
      [400],
    );
  });

  it('takes the unanswered as late, with the time they have waited', () => {
    const requests = openRequests(livesOf(LOG), () => [150, 600, 900], START_MS + 3000);
    const seen = seenOf(requests, 150, START_MS + 3000);
    assert.deepEqual(seen, {
      ...{ requests: 3, unanswered: 1, within: 1 / 3, meanMs: 533.5 },
      ...{ p50Ms: 400, p95Ms: 1100, p99Ms: 1100, longestMs: 1100 },
    });
    assert.equal(seenOf([], 150, 0).within, null);
  });
});

const CALIBRATION: Calibration = {
  allocatableCores: 1.9,
  workSeconds: {
    'ocr-det': 0.03,
    'ocr-rec': 0.03,
    vad: 0.03,
    'mobilenet-v2': 0.01,
    'resnet-50': 0.08,
  },
  soloMs: {},
  targetMs: targetsFor({ 'ocr-det': 31, 'mobilenet-v2': 11.6, 'near-det': 140 }),
};

describe('bench of ceilings: what is run', () => {
  it('scales the rates so that the services use the share asked for', () => {
    const rates = ratesFor(0.6, CALIBRATION);
    const cores = SERVICES.reduce(
      (sum, { id }) => sum + (rates[id] ?? 0) * (CALIBRATION.workSeconds[id] ?? 0),
      0,
    );
    assert.ok(Math.abs(cores - 0.6 * 1.9) < 0.001, String(cores));
  });

  it('promises figures a person would write', () => {
    assert.deepEqual([11, 46, 124, 343, 4440].map(roundTarget), [10, 45, 120, 340, 4400]);
    const { 'ocr-det': det, 'near-det': near } = CALIBRATION.targetMs;
    assert.deepEqual([det, near], [120, 420]);
  });

  it('interleaves the policies of a load, another one first each time, and repeats nothing', () => {
    const runs = runsOf({
      loads: [60],
      neighbours: ['calm', 'noisy'],
      policies: ['a', 'b'],
      repetitions: 1,
    });
    assert.deepEqual(
      runs.map(({ neighbours, policy }) => `${neighbours} ${policy}`),
      ['calm a', 'calm b', 'noisy b', 'noisy a'],
    );
  });

  it('takes seeds from the repetition only, and neighbours only where asked', () => {
    const key = { loadPercent: 60, neighbours: 'calm', policy: 'default', repetition: 2 } as const;
    const seeds = (loadPercent: number) =>
      loadsOf({ ...key, loadPercent }, CALIBRATION).map(
        ({ arrivals }) => arrivals.kind === 'open' && arrivals.seed,
      );
    assert.deepEqual(seeds(60), [201, 202, 203, 204, 205]);
    assert.deepEqual(seeds(90), seeds(60));
    assert.equal(loadsOf({ ...key, neighbours: 'noisy' }, CALIBRATION).length, 7);
  });

  it('knows the arrivals of a container beforehand, steps included', () => {
    const changes = [{ atMs: 100_000, factor: 3 }];
    const moments: number[] = [];
    for (const at of scheduleOf({ kind: 'open', ratePerSecond: 5, seed: 1, changes })) {
      if (at > 200_000) break;
      moments.push(at);
    }
    const early = moments.filter((at) => at < 100_000).length;
    assert.ok(early > 400 && early < 600, String(early));
    assert.ok(
      moments.length - early > 1300 && moments.length - early < 1700,
      String(moments.length),
    );
  });

  it('refuses options it does not know', () => {
    const read = (...words: readonly string[]) =>
      readCeilingOptions(['node', 'ceilings', ...words]);
    assert.deepEqual(read('--json', 'f', '--loads', '60', '--policies', 'default').loads, [60]);
    assert.throws(() => read('--loads', '60'), /--json FILE/);
    assert.throws(() => read('--json', 'f', '--load', '60'), /--load is no option/);
    assert.throws(() => read('--json', 'f', '--policies', 'fair'), /no policy fair/);
    assert.throws(
      () => read('--json', 'f', '--loads', '6x', '--policies', 'default'),
      /whole numbers/,
    );
    assert.throws(() => read('--json', 'f', '--settle', '20', '--policies', 'default'), /--settle/);
  });

  it('shows the median between the least and the most', () => {
    assert.equal(spread([0.5], 2), '0.50');
    assert.equal(spread([3, 1, 2], 1), '2.0 (1.0–3.0)');
    assert.equal(spread([1, 2, Number.NaN], 1), '1.5 (1.0–2.0)');
    assert.equal(spread([], 1), '-');
  });
});

describe('bench of ceilings: when a queue is gone', () => {
  const CEILING_MS = 100;
  /** One request every half second, late where `late` says so. */
  const requests = (late: (second: number) => boolean) =>
    Array.from({ length: 60 }, (_, i) => {
      const second = i / 2;
      const latencyMs = late(second) ? 500 : 50;
      return { arrivedAtMs: 1000 * second, answeredAtMs: 1000 * second + latencyMs, latencyMs };
    });
  const gone = (late: (second: number) => boolean, toMs = 30_000) =>
    queueGoneAtMs(requests(late), { fromMs: 5000, toMs, ceilingMs: CEILING_MS });

  it('is the last late request before three good seconds', () => {
    assert.equal(
      gone((second) => second >= 6 && second <= 12),
      12_000,
    );
    assert.equal(
      gone((second) => (second >= 6 && second <= 9) || second === 11),
      11_000,
    );
  });

  it('is at once where nobody was late soon after: a tail is allowed', () => {
    assert.equal(
      gone(() => false),
      5000,
    );
    assert.equal(
      gone((second) => second === 20),
      5000,
    );
  });

  it('is never where it does not end, or nobody came to tell', () => {
    assert.equal(
      gone((second) => second >= 6),
      null,
    );
    assert.equal(
      gone((second) => second >= 6 && second <= 12, 14_000),
      null,
    );
    assert.equal(queueGoneAtMs([], { fromMs: 0, toMs: 30_000, ceilingMs: CEILING_MS }), null);
  });

  it('is not while requests wait for ever', () => {
    const waiting = requests(() => false).map((one) => ({
      ...one,
      answeredAtMs: null,
      latencyMs: null,
    }));
    assert.equal(
      queueGoneAtMs(waiting, { fromMs: 5000, toMs: 30_000, ceilingMs: CEILING_MS }),
      null,
    );
  });
});

describe('bench of events: the containers', () => {
  const key = { policy: 'default', repetition: 1 } as const;
  const calibration: Calibration = { ...CALIBRATION, soloMs: { 'near-rec': 110, 'near-det': 130 } };

  it('change the load of one service only, after the settling', () => {
    const changed = eventLoads({ ...key, event: 'flash' }, calibration, 5000).flatMap(
      ({ id, arrivals }) =>
        arrivals.kind === 'open' && arrivals.changes !== undefined ? [[id, arrivals.changes]] : [],
    );
    assert.deepEqual(changed, [
      [
        'ocr-rec',
        [
          { atMs: 13_000, factor: 5 },
          { atMs: 33_000, factor: 1 },
        ],
      ],
    ]);
  });

  it('are three bands, four ceilings and one that takes no part', () => {
    const loads = eventLoads({ ...key, event: 'mixed' }, calibration, 5000);
    const modes = loads.map(({ target }) => target?.mode ?? 'none');
    const count = (mode: string) => modes.filter((each) => each === mode).length;
    assert.deepEqual([count('ceiling'), count('band'), count('none')], [4, 3, 1]);
    assert.equal(new Set(loads.map(({ id }) => id)).size, 8);
  });
});
