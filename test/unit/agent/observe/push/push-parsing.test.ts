import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PushBudget } from '../../../../../agent/drivers/push-budget.js';
import {
  MAX_OBSERVATIONS,
  parseObservations,
} from '../../../../../agent/observe/push/observations.js';
import { parseStatsd } from '../../../../../agent/observe/push/statsd.js';

const one = (latencyMs: number, weight = 1) => ({ latencyMs, weight });

describe('parseStatsd', () => {
  it('reads timers, histograms and distributions as milliseconds, several lines at a time', () => {
    assert.deepEqual(parseStatsd('req:12|ms\nreq:1.5e1|h\r\nreq:7|d\n'), [
      { observations: [one(12), one(15), one(7)], rejected: 0 },
    ]);
  });
  it('reads sample rates as weights and several values', () => {
    assert.deepEqual(parseStatsd('req:12:13|ms|@0.1|c:deadbeef|T1700000000'), [
      { observations: [one(12, 10), one(13, 10)], rejected: 0 },
    ]);
  });
  it('groups by the claim in the tags', () => {
    assert.deepEqual(
      parseStatsd(
        'a:1|ms|#env:x,token:t-0\nb:2|ms|#token:t-1\nc:3|ms|@0.5|#token:t-0\nd:4|ms|#allocation:x',
      ),
      [
        { observations: [one(1), one(3, 2)], rejected: 0, token: 't-0' },
        { observations: [one(2)], rejected: 0, token: 't-1' },
        { observations: [one(4)], rejected: 0 },
      ],
    );
  });
  it('skips what is no response time and counts what cannot be read', () => {
    assert.deepEqual(parseStatsd('hits:1|c\nsize:5|g\nusers:7|s\n_e{1,1}:a|b\n'), []);
    const broken = [
      'req',
      'req:|ms',
      ':5|ms',
      'req:x|ms',
      'req:-1|ms',
      'req:1|ms|@0',
      'req:1|ms|@2',
      'req:1|ms|@1e-9',
      'req:1e99|ms',
      'req:1|furlong',
      'req:1:x|ms',
    ];
    for (const line of broken)
      assert.deepEqual(parseStatsd(line), [{ observations: [], rejected: 1 }], line);
  });
});

describe('parseObservations', () => {
  it('reads one and many', () => {
    assert.deepEqual(parseObservations('{"latencyMs":12.3}'), {
      ok: true,
      value: { observations: [one(12.3)], rejected: 0 },
    });
    assert.deepEqual(
      parseObservations(
        '{"token":"t-0","observations":[{"latencyMs":1},{"latencyMs":2,"weight":3}]}',
      ),
      {
        ok: true,
        value: { observations: [one(1), one(2, 3)], rejected: 0, token: 't-0' },
      },
    );
  });
  it('counts entries that cannot be read', () => {
    const text =
      '{"observations":[{"latencyMs":1},{"latencyMs":"2"},{"latencyMs":-1},null,' +
      '{"latencyMs":1,"weight":0}]}';
    assert.deepEqual(parseObservations(text), {
      ok: true,
      value: { observations: [one(1)], rejected: 4 },
    });
  });
  it('refuses the rest with a sentence', () => {
    for (const text of [
      '',
      '[]',
      'null',
      '3',
      '{',
      '{}',
      '{"observations":{}}',
      '{"latencyMs":null}',
      '{"observations":[]}',
    ]) {
      const parsed = parseObservations(text);
      assert.equal(parsed.ok, false, text);
    }
    const many = JSON.stringify({
      observations: Array(MAX_OBSERVATIONS + 1).fill({ latencyMs: 1 }),
    });
    const parsed = parseObservations(many);
    assert.match(parsed.ok ? '' : parsed.error, /send at most 1000/);
  });
  it('ignores a claim that cannot be one', () => {
    const parsed = parseObservations(`{"latencyMs":1,"token":"${'x'.repeat(64)}"}`);
    assert.ok(parsed.ok && parsed.value.token === undefined);
  });
});

describe('PushBudget', () => {
  it('grants each sender so many a second', () => {
    let now = 0;
    const budget = new PushBudget(10, () => now);
    assert.equal(budget.take('a', 8), 8);
    assert.equal(budget.take('a', 8), 2);
    assert.equal(budget.take('a', 1), 0);
    assert.equal(budget.take('b', 8), 8);
    now = 999;
    assert.equal(budget.take('a', 1), 0);
    now = 1000;
    assert.equal(budget.take('a', 20), 10);
  });
  it('lets a flood of senders share one budget', () => {
    const budget = new PushBudget(10, () => 0);
    for (let n = 0; n < 1024; n += 1) budget.take(`s${n}`, 1);
    let granted = 0;
    for (let n = 0; n < 100; n += 1) granted += budget.take(`late${n}`, 1);
    assert.equal(granted, 10);
  });
});
