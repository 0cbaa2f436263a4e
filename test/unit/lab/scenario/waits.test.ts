import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readScenario } from '../../../../lab/scenario/read.js';
import type { Fault } from '../../../../shared/result.js';

const faultsOf = (text: string): readonly Fault[] => {
  const read = readScenario(text, 'named');
  return read.ok ? [] : read.error;
};

describe('readScenario: waits', () => {
  it('reads how requests of a server wait beside each other', () => {
    const waits = 'wait: 200ms, concurrency: 8, arrivals: { rate: 4 }';
    const read = readScenario(
      `jobs: [{ id: a, target: 2s, model: { work: 1, ${waits} }, ` +
        `workload: { kind: vad, ${waits} } }]`,
      'named',
    );
    assert.ok(read.ok);
    const [job] = read.value.scenario.jobs;
    assert.equal(job?.model?.waitSeconds, 0.2);
    assert.equal(job?.model?.concurrency, 8);
    assert.deepEqual(job?.workload, {
      kind: 'vad',
      batch: 1,
      threads: 1,
      arrivals: { kind: 'open', ratePerSecond: 4 },
      waitMs: 200,
      concurrency: 8,
    });
  });

  it('refuses waits that would change nothing', () => {
    const messages = (text: string): string =>
      faultsOf(text)
        .map(({ message }) => message)
        .join('\n');
    const job = (key: string, text: string): string =>
      `jobs: [{ id: a, target: 2s, ${key}: { ${text} } }]`;
    for (const [key, rest] of [
      ['model', 'work: 1'],
      ['workload', 'kind: vad'],
    ] as const) {
      assert.deepEqual(
        faultsOf(job(key, `${rest}, wait: 200ms`)).map(({ code, field }) => [code, field]),
        [['scenario.bad-value', `jobs.0.${key}.wait`]],
      );
      assert.match(
        messages(job(key, `${rest}, wait: 200ms`)),
        /wait beside each other with open arrivals only: write arrivals: \{ rate: 4 \}/,
      );
      assert.match(
        messages(job(key, `${rest}, concurrency: 4, arrivals: { rate: 4 }`)),
        /concurrency 4 changes nothing without wait: write wait: 200ms beside it/,
      );
      assert.match(
        messages(job(key, `${rest}, wait: 1s, concurrency: 0, arrivals: { rate: 4 }`)),
        /"0" is not a number of requests: write a whole number from 1 to 10000/,
      );
    }
  });
});
