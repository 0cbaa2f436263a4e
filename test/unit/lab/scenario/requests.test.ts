import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readScenario } from '../../../../lab/scenario/read.js';

const messages = (text: string): string => {
  const read = readScenario(text, 'named');
  return read.ok ? '' : read.error.map(({ message }) => message).join('\n');
};

describe('readScenario: requests of a simulation that would not end', () => {
  it('are counted with what disturbances make of them', () => {
    // 900 requests, and then a thousand times as many.
    const model = 'model: { work: 0.1, arrivals: { rate: 30 } }';
    const withChange = (effect: string): string =>
      messages(
        `duration: 300s\njobs: [{ id: a, count: 2, target: 2s, ${model} }]\n` +
          `disturbances: [{ at: 30s, job: a-2, ${effect} }]`,
      );
    assert.match(withChange('rateFactor: 1000'), /asks 8\.1 million requests/);
    assert.equal(withChange('rateFactor: 1000, for: 90s'), '');
    assert.equal(withChange('rate: 10000'), '');
    assert.match(
      messages(
        'jobs: [{ id: a, target: 2s, model: { work: 1 } }]\ndisturbances: ' +
          '[{ at: 0s, job: a, workFactor: 0.001 }, { at: 1s, job: a, workFactor: 0.01 }]',
      ),
      /asks 29\.9 million requests/,
    );
  });
});
