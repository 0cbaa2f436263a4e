import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { planText } from '../../../../../console/page/model/plan-text.js';
import { fieldsOf, targetFrom, withTarget } from '../../../../../console/page/model/target-form.js';
import { tokenIn } from '../../../../../console/page/model/token.js';
import {
  limitText,
  msText,
  numberText,
  percentText,
  sentence,
  targetText,
} from '../../../../../console/page/model/words.js';
import type { PlannedAllocation, PlannedEffect } from '../../../../../proto/schemas/plan.js';
import { allocationId, job, jobName, nodeId, target } from '../../../coordinator/build.js';

describe('the form that signs in', () => {
  it('takes a token as it was copied, and nothing that is none', () => {
    const token = `dqoes_abcdefgh12_${'x'.repeat(43)}`;
    for (const text of [token, ` ${token}\n`, `Bearer ${token}`, `bearer  ${token}`])
      assert.equal(tokenIn(text), token);
    for (const text of ['', 'hunter2', `${token} ${token}`, `${token}…`, 'x'.repeat(201)])
      assert.equal(tokenIn(text), null, text);
  });
});

describe('the form of a target', () => {
  it('shows what there is, and makes the same of it again', () => {
    for (const before of [target(250), target(0.4), target(1500.5, { toleranceRatio: 0.125 })]) {
      const again = targetFrom(fieldsOf(before), before);
      assert.deepEqual(again, { ok: true, value: before });
    }
  });
  it('says all that is wrong, each with its cure', () => {
    const bad = targetFrom({ latency: '250', statistic: 'mean', tolerance: '2' }, target(1));
    assert.ok(!bad.ok && bad.error.length === 2);
    assert.match(bad.ok ? '' : bad.error.join(), /such as 250ms.*write 10%/s);
  });
  it('another statistic has the mode that goes with it; the same one keeps its own', () => {
    const before = target(100, { mode: 'ceiling' });
    const fields = fieldsOf(before);
    const kept = targetFrom(fields, before);
    assert.equal(kept.ok && kept.value.mode, 'ceiling');
    const other = targetFrom({ ...fields, statistic: 'p95' }, target(100));
    assert.equal(other.ok && other.value.mode, 'ceiling');
  });
  it('changes nothing else of the job', () => {
    const spec = job('a', { env: { A: '1' } });
    assert.deepEqual(withTarget(spec, target(5)), { ...spec, target: target(5) });
  });
});

describe('a plan in words', () => {
  const planned = (change: Partial<PlannedAllocation>): PlannedAllocation => ({
    id: allocationId('a-1'),
    node: nodeId('h1'),
    verdict: 'met',
    limitCores: 0.5,
    expectedMs: 90,
    reachableMs: null,
    neededCores: null,
    reason: 'because',
    ...change,
  });
  const plan = (change: Partial<PlannedAllocation>, effects: readonly PlannedEffect[] = []) =>
    planText({
      plans: [{ job: jobName('a'), change: 'created', allocations: [planned(change)] }],
      effects,
    });
  const effect: PlannedEffect = {
    allocation: allocationId('b-1'),
    job: jobName('b'),
    node: nodeId('h1'),
    effect: 'loses-target',
    reason: 'it has 0.2 CPU less',
  };

  it('says where, how fast, and at whose expense', () => {
    const { lines, others, isGood } = plan({}, [effect]);
    assert.match(lines[1]?.text ?? '', /a-1 on h1 begins with 0.5 CPU, expected 90 ms: meets/);
    assert.equal(others[0]?.text, 'b-1 on h1 would lose its target: it has 0.2 CPU less');
    assert.equal(isGood, false);
  });
  it('says of CPU that was not seen to help that it was not', () => {
    const [, line] = plan({ limitCores: 1.8, provenCores: 1 }).lines;
    assert.deepEqual(line, {
      tone: 'plain',
      text:
        'a-1 on h1 begins with 1.8 CPU, expected 90 ms: meets its target if more than 1 CPU ' +
        'helps, which has not been seen.',
    });
  });
  it('says first why the same caller could not submit it', () => {
    const refusals = [{ code: 'auth.quota', field: 'jobs', message: 'sue would have 4 jobs' }];
    const { lines, isGood } = planText({ plans: [], effects: [], refusals });
    const text = 'Submitting this would be refused: sue would have 4 jobs.';
    assert.deepEqual([lines, isGood], [[{ tone: 'bad', text }], false]);
  });
  it('says what it costs, and how much more or less than now', () => {
    const prices = { currency: 'EUR', cpuCoreHour: 1, memoryGibHour: 0, gpuHour: 0 };
    const costsOf = (more: Partial<Parameters<typeof planText>[0]>) =>
      planText({ plans: [], effects: [], ...more }).costs.map(({ text }) => text);
    const reserved = (cpuCores: number | null, costPerHour: number | null = cpuCores) => ({
      ...{ cpuCores, costPerHour },
    });
    const cost = { job: jobName('a'), before: reserved(0.5), after: reserved(0.75) };
    assert.deepEqual(costsOf({}), []);
    assert.deepEqual(costsOf({ costs: [cost], prices }), [
      'a reserves 0.5 CPU now, 0.75 CPU then; that costs 0.75 EUR an hour, 0.25 more than now.',
    ]);
    const less = { ...cost, after: reserved(0.25) };
    assert.match(costsOf({ costs: [less], prices })[0] ?? '', /0.25 less than now/);
    const same = { ...cost, after: reserved(0.5) };
    assert.match(costsOf({ costs: [same], prices })[0] ?? '', /an hour, as much as now/);
    const fresh = { ...cost, before: null };
    assert.deepEqual(costsOf({ costs: [fresh], prices }), [
      'a reserves 0.75 CPU then; that costs 0.75 EUR an hour.',
    ]);
    const unpriced = { ...cost, after: reserved(0.75, null) };
    assert.deepEqual(costsOf({ costs: [unpriced] }), ['a reserves 0.5 CPU now, 0.75 CPU then.']);
    const unknown = { ...cost, after: reserved(null) };
    assert.deepEqual(costsOf({ costs: [unknown], prices }), ['a reserves 0.5 CPU now, – then.']);
  });
  it('is good where all is met and nobody loses', () => {
    assert.equal(plan({}).isGood, true);
    assert.equal(plan({}, [{ ...effect, effect: 'gains-target' }]).isGood, true);
    assert.equal(plan({ verdict: 'unknown' }).isGood, true, 'nothing is known against it');
    assert.equal(plan({ verdict: 'unmet' }).isGood, false);
    assert.match(plan({ verdict: 'nowhere', node: null }).lines[1]?.text ?? '', /no host takes it/);
  });
});

describe('words', () => {
  it('have units, and a dash where nothing is known', () => {
    assert.equal(msText(12.5), '12.5 ms');
    assert.equal(msText(null), '–');
    assert.equal(msText(0), '0 ms');
    assert.equal(
      targetText(target(250, { mode: 'ceiling', statistic: 'p95' })),
      'at most 250 ms (p95)',
    );
    assert.equal(targetText(target(12)), '12 ms ± 10 % (mean)');
    assert.equal(
      limitText({ cpuCores: null, periodUs: 1000, guaranteeCores: 0.25 }),
      '0.25 CPU guaranteed',
    );
    assert.equal(limitText({ cpuCores: null, periodUs: 1000 }), 'no limit');
  });
  it('what cannot be seen in a text of a stranger is made visible', () => {
    assert.equal(sentence('\u202egnp.exe'), '<U+202E>gnp.exe.');
    assert.equal(sentence('a\u0000b\u200bc'), 'a<U+0000>b<U+200B>c.');
    assert.equal(sentence('µs → 🙂 ä'), 'µs → 🙂 ä.');
  });
  it('a sentence has one end, and begins with the name that it begins with', () => {
    assert.equal(sentence(' h1 is full'), 'h1 is full.');
    assert.equal(sentence('Done.'), 'Done.');
    assert.equal(sentence(''), '');
  });
});

describe('numbers for people', () => {
  it('write little not as nothing, and nearly all not as all', () => {
    assert.deepEqual([0, 0.001, 0.126, 12.34, 1234.5].map(numberText), [
      ...['0', '<0.01', '0.13', '12.3', '1235'],
    ]);
    assert.deepEqual([0, 0.0001, 0.004, 0.125, 0.996, 0.99999, 1, null].map(percentText), [
      ...['0 %', '0.1 %', '0.4 %', '13 %', '99.6 %', '99.9 %', '100 %', '–'],
    ]);
  });
});
