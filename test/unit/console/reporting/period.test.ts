import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { periodOf, type ReportQuestion } from '../../../../console/reporting/period.js';

const NOW = Date.parse('2026-11-26T14:03:07Z');
const MINUTE = 60_000;
const at = (text: string): number => Date.parse(`2026-11-${text}Z`);
const asked = (question: Partial<ReportQuestion>) =>
  periodOf({ by: 'job', ...question }, NOW, 'http.bad-request');
const faultsOf = (question: Partial<ReportQuestion>) => {
  const period = asked(question);
  assert.ok(!period.ok);
  return period.error.map(({ field, message }) => `${field}: ${message}`);
};

describe('the period of a report', () => {
  it('is a day until the last minute that can be known', () => {
    assert.deepEqual(asked({}), {
      ok: true,
      value: { from: at('25T14:03') / MINUTE, to: at('26T14:02') / MINUTE },
    });
  });

  it('is in whole minutes; what is to come is left out', () => {
    const value = { from: at('20T10:00') / MINUTE, to: at('26T14:02') / MINUTE };
    const asTold = { fromMs: at('20T10:00:31'), toMs: at('30T00:00') };
    assert.deepEqual(asked(asTold), { ok: true, value });
    const early = asked({ toMs: at('20T11:00:59') });
    assert.deepEqual(early, {
      ok: true,
      value: { from: at('19T11:00') / MINUTE, to: at('20T11:00') / MINUTE },
    });
  });

  it('says what is wrong with it, all of it', () => {
    assert.match(
      faultsOf({ fromMs: at('26T12:00'), toMs: at('26T11:00') }).join(),
      /^from: from \(2026-11-26T12:00Z\) is not before to \(2026-11-26T11:00Z\)$/,
    );
    assert.match(faultsOf({ fromMs: at('27T00:00') }).join(), /is in the future/);
    assert.match(faultsOf({ fromMs: at('26T14:02:30') }).join(), /no whole minute/);
    assert.match(faultsOf({ by: 'label' }).join(), /^label: label is missing/);
    assert.match(faultsOf({ label: 'zone' }).join(), /^label: .* by one of job, node, day/);
    assert.equal(faultsOf({ by: 'label', fromMs: at('27T00:00') }).length, 2);
  });
});
