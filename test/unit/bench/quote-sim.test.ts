import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { EVEN_MACHINE, REAL_MACHINE } from '../../../lab/host/machine.js';
import type { QuoteCluster } from '../../bench/quote/cluster.js';
import { summaries } from '../../bench/quote/errors.js';
import { readFigures } from '../../bench/quote/file.js';
import { type GroupsInput, playGroups } from '../../bench/quote/groups.js';
import type { QuoteOptions } from '../../bench/quote/options.js';
import type { Outcome } from '../../bench/quote/outcome.js';
import { playGroup } from '../../bench/quote/play.js';
import { SimulatedCluster } from '../../bench/quote/simulated.js';
import { progressLine } from '../../bench/quote/table.js';

const CONDITIONS = { seed: 1, together: 3, settleMs: 5000, measureMs: 5000 };
const { signal: never } = new AbortController();
const evenHost = () => new SimulatedCluster({ seed: 1, machine: EVEN_MACHINE, foreign: 'idle' });

/** The cluster, with some of what it does replaced. */
const changed = (cluster: SimulatedCluster, change: Partial<QuoteCluster>): QuoteCluster => {
  const { call, look, pass } = cluster;
  return {
    ...{ call, look, pass, clear: () => cluster.clear(), close: () => cluster.close() },
    ...change,
  };
};

describe('bench of quotes: a group of jobs, simulated', function () {
  this.timeout(30_000);

  it('is quoted, set and measured three times, and gone afterwards', async () => {
    const cluster = evenHost();
    const outcomes = await playGroup([1, 2, 3], { ...CONDITIONS, cluster, signal: never });
    assert.equal(outcomes.length, 9);
    for (const { quoted, delivered, fault } of outcomes) {
      assert.equal(fault, undefined);
      assert.ok(quoted !== null && delivered !== null);
      const ratio = delivered.latencyMs / quoted.expectedMs;
      assert.ok(ratio > 0.85 && ratio < 1.15, String(ratio));
    }
    assert.match(progressLine(summaries(outcomes)), /^so far 9 targets: response time [+-]?\d/);
    for (const job of ['quote-1', 'quote-2', 'quote-3']) assert.equal(cluster.look(job), undefined);
  });

  it('is measured without one that is refused, and one that does not answer', async () => {
    const cluster = evenHost();
    const partly = changed(cluster, {
      call: async (verb, request) => {
        const text = JSON.stringify(request);
        if (verb === 'job-submit' && text.includes('quote-2')) throw new Error('no such image');
        return cluster.call(verb, request);
      },
      look: (job) => (job === 'quote-3' ? undefined : cluster.look(job)),
    });
    const outcomes = await playGroup([1, 2, 3], { ...CONDITIONS, cluster: partly, signal: never });
    const of = (job: string) => outcomes.filter((each) => each.job === job);
    assert.ok(of('quote-1').every(({ delivered, beside }) => delivered !== null && beside === 0));
    assert.deepEqual(
      of('quote-2').map(({ quoted, fault }) => [quoted, fault]),
      Array(3).fill([null, 'no such image']),
    );
    assert.ok(of('quote-3').every(({ fault }) => fault === 'it did not answer within a minute'));
  });

  it('says a fault of one quote, and measures the others', async () => {
    const cluster = evenHost();
    let asked = 0;
    const busy = changed(cluster, {
      call: async (verb, request) => {
        if (verb === 'job-quote') asked += 1;
        if (verb === 'job-quote' && asked === 1) throw new Error('too busy');
        return cluster.call(verb, request);
      },
    });
    const outcomes = await playGroup([1, 2, 3], { ...CONDITIONS, cluster: busy, signal: never });
    assert.deepEqual(
      outcomes.flatMap(({ fault }) => fault ?? []),
      ['too busy'],
    );
    assert.equal(outcomes.filter(({ delivered }) => delivered !== null).length, 8);
  });

  it('holds nine of ten reports in its ranges beside other programs, or nearly', async () => {
    const conditions = { ...CONDITIONS, settleMs: 15_000, measureMs: 15_000, together: 4 };
    const outcomes: Outcome[] = [];
    for (const seed of [1, 2, 3, 4]) {
      const cluster = new SimulatedCluster({ seed, machine: REAL_MACHINE, foreign: 'light' });
      const input = { ...conditions, seed, cluster, signal: never };
      for (const first of [0, 4, 8])
        outcomes.push(
          ...(await playGroup(
            [1, 2, 3, 4].map((i) => first + i),
            input,
          )),
        );
    }
    const [all] = summaries(outcomes);
    assert.ok((all?.covered ?? 0) >= 0.85, JSON.stringify(all));
    assert.ok(Math.abs(all?.latency?.p50 ?? 1) < 0.04, JSON.stringify(all));
    // Containers that do not weigh what they hold get too little, and are quoted 18 % too much.
    assert.ok((all?.reserved?.p5 ?? -1) > -0.1, JSON.stringify(all));
  });
});

describe('bench of quotes: group after group, simulated', function () {
  this.timeout(30_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-quote-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const optionsFor = (change: Partial<QuoteOptions> = {}): QuoteOptions => ({
    ...{ ...CONDITIONS, together: 2, file: join(folder, 'f.json'), jobs: 4, forMs: 3_600_000 },
    ...change,
  });
  const play = async (change: Partial<GroupsInput> & { readonly options: QuoteOptions }) => {
    const host = evenHost();
    const said: string[] = [];
    const input = { cluster: host, signal: never, now: () => host.nowMs, ...change };
    await playGroups({ ...input, say: (line) => void said.push(line) });
    return { said, host };
  };
  const kept = (options: QuoteOptions) => readFigures(options.file, options).outcomes;

  it('ends within its time, says what is left, and goes on with that', async () => {
    const options = optionsFor({ forMs: 60_000 });
    const { said, host } = await play({ options });
    assert.ok(host.nowMs < 60_000, String(host.nowMs));
    assert.equal(kept(options).length, 6);
    assert.ok(said.some((line) => /^1 groups are left: the same command goes on/.test(line)));
    assert.equal(said.filter((line) => line.startsWith('1/2 quote-')).length, 6);
    await play({ options });
    assert.equal(new Set(kept(options).map(({ job }) => job)).size, 4);
    const { said: nothing } = await play({ options });
    assert.deepEqual(nothing, []);
  });

  it('leaves a group that fails for later, and gives up at the second in turn', async () => {
    const options = optionsFor();
    const host = evenHost();
    let failures = 1;
    const cluster = changed(host, {
      pass: async (ms, signal) => {
        if (ms === CONDITIONS.settleMs && failures > 0) {
          failures -= 1;
          throw new Error('no engine');
        }
        await host.pass(ms, signal);
      },
    });
    const { said } = await play({ options, cluster });
    assert.ok(said.some((line) => /^group 1 failed and is left for later: .*no engine/.test(line)));
    assert.deepEqual([...new Set(kept(options).map(({ job }) => job))].sort(), [
      'quote-3',
      'quote-4',
    ]);
    failures = 9;
    await assert.rejects(play({ options: optionsFor({ jobs: 8 }), cluster }), /no engine/);
    assert.equal(kept(options).length, 6);
  });

  it('stopped by hand keeps the groups that have ended', async () => {
    const options = optionsFor();
    const host = evenHost();
    const stop = new AbortController();
    const now = () => {
      if (kept(options).length > 0) stop.abort(new Error('stopped'));
      return host.nowMs;
    };
    const { signal } = stop;
    await assert.rejects(play({ options, cluster: host, signal, now }), /stopped/);
    assert.equal(kept(options).length, 6);
    assert.equal(host.look('quote-3'), undefined);
  });
});
