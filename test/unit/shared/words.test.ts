import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareVersions } from '../../../shared/command.js';
import { DqoesError, messageOf } from '../../../shared/errors.js';
import {
  adoptedAllocationId,
  allocationIdOf,
  type ContainerId,
  isSafeId,
  type JobName,
  parseAllocationId,
  parseJobName,
  parseNodeId,
  toSafeId,
} from '../../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, msPerUnit } from '../../../shared/job.js';
import { classify, isSatisfied, type Target } from '../../../shared/qoe.js';
import { seededRandom, seedOf } from '../../../shared/random.js';
import { assertNever } from '../../../shared/result.js';
import { statisticOf, summarise } from '../../../shared/samples.js';

describe('identifiers', () => {
  it('are one token of a subject', () => {
    for (const good of ['a', 'A-1_b', 'x'.repeat(63)]) assert.ok(isSafeId(good), good);
    for (const bad of ['', 'a.b', 'a b', '*', '>', 'ä', 'a\n', 'x'.repeat(64)])
      assert.ok(!isSafeId(bad), bad);
  });

  it('are refused with the name, the value and the cure', () => {
    for (const parse of [parseNodeId, parseJobName, parseAllocationId]) {
      const refused = parse('a.b');
      assert.ok(!refused.ok);
      assert.match(refused.error, /"a\.b" is not a valid name: use 1 to 63/);
      assert.deepEqual(parse('a-b'), { ok: true, value: 'a-b' });
    }
  });

  it('can be made of any text', () => {
    assert.equal(toSafeId('/my app.1'), 'my-app-1');
    assert.equal(toSafeId('...'), 'unnamed');
    assert.equal(toSafeId(''), 'unnamed');
  });

  it('of allocations tell the job and stay safe', () => {
    assert.equal(allocationIdOf('ocr' as JobName, 3), 'ocr-3');
    assert.ok(isSafeId(allocationIdOf('x'.repeat(63) as JobName, 9999)));
    assert.equal(
      adoptedAllocationId('0123456789abcdef'.repeat(4) as ContainerId),
      'adopted-0123456789ab',
    );
  });
});

describe('versions of desired state', () => {
  const at = (epoch: number, revision: number) => ({ incarnation: 'i', epoch, revision });
  it('are ordered by epoch, then revision', () => {
    assert.ok(compareVersions(at(2, 1), at(1, 99)) > 0);
    assert.ok(compareVersions(at(1, 1), at(1, 2)) < 0);
    assert.equal(compareVersions(at(3, 4), at(3, 4)), 0);
  });
});

describe('classes', () => {
  const target: Target = { latencyMs: 1000, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };
  it('are above, within or below, edges within', () => {
    const classes = [0, 899.9, 900, 1000, 1100, 1100.1].map((latencyMs) =>
      classify(target, latencyMs),
    );
    assert.deepEqual(classes, ['faster', 'faster', 'within', 'within', 'within', 'slower']);
  });

  it('satisfy a band only within, a ceiling also above', () => {
    const ceiling: Target = { ...target, mode: 'ceiling' };
    assert.deepEqual(
      (['faster', 'within', 'slower'] as const).map((one) => isSatisfied(target, one)),
      [false, true, false],
    );
    assert.deepEqual(
      (['faster', 'within', 'slower'] as const).map((one) => isSatisfied(ceiling, one)),
      [true, true, false],
    );
  });
});

describe('summaries', () => {
  it('are nearest-rank, whatever the order, and leave the samples alone', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    const summary = summarise(samples);
    assert.deepEqual(summary, {
      count: 100,
      meanMs: 50.5,
      p50Ms: 50,
      p90Ms: 90,
      p95Ms: 95,
      p99Ms: 99,
      minMs: 1,
      maxMs: 100,
    });
    assert.equal(samples[0], 100);
    assert.ok(summary !== undefined);
    const named = (['mean', 'p50', 'p90', 'p95', 'p99'] as const).map((name) =>
      statisticOf(summary, name),
    );
    assert.deepEqual(named, [50.5, 50, 90, 95, 99]);
  });

  it('of one sample are that sample, of none are nothing', () => {
    assert.deepEqual(new Set(Object.values(summarise([7]) ?? {})), new Set([1, 7]));
    assert.equal(summarise([]), undefined);
  });
});

describe('chance', () => {
  it('is the same for the same seed and differs for another', () => {
    const three = (seed: number) => Array.from({ length: 3 }, seededRandom(seed));
    assert.deepEqual(three(1), three(1));
    assert.notDeepEqual(three(1), three(2));
    assert.notEqual(seedOf('job-0'), seedOf('job-1'));
    assert.equal(seedOf(''), 0x811c9dc5);
  });
});

describe('job words', () => {
  it('know their units', () =>
    assert.deepEqual((['us', 'ms', 's'] as const).map(msPerUnit), [0.001, 1, 1000]));

  it('read the response time of a JSON log line', () => {
    const pattern = new RegExp(DEFAULT_LOG_PATTERN);
    assert.equal(pattern.exec('{"n":1,"ms": 12.3}')?.groups?.value, '12.3');
    assert.equal(pattern.exec('{"other":1}'), null);
  });
});

describe('errors', () => {
  it('carry a code and a cause', () => {
    const cause = new Error('inner');
    const error = new DqoesError('config.bad', 'outer', { cause });
    assert.deepEqual(
      [error.name, error.code, error.message, error.cause],
      ['DqoesError', 'config.bad', 'outer', cause],
    );
    assert.equal(messageOf(error), 'outer');
    assert.equal(messageOf('text'), 'text');
  });

  it('of the impossible say what came', () => {
    assert.throws(() => assertNever('odd' as never), /odd/);
  });
});
