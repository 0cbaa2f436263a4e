// cspell:ignore ligt
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Disturbance } from '../../../../lab/disturbance.js';
import { scenarioText } from '../../../../lab/replay/scenario-text.js';
import { readScenario } from '../../../../lab/scenario/read.js';

const JOB = '{ id: a, target: 2s, model: { work: 0.46 } }';
const readText = (foreign: string) =>
  readScenario(`jobs: [${JOB}]\ndisturbances: [{ at: 5s, ${foreign} }]`, 'named');
function disturbancesOf(foreign: string): readonly Disturbance[] {
  const read = readText(foreign);
  if (!read.ok) throw new Error(read.error.map(({ message }) => message).join('\n'));
  return read.value.scenario.disturbances;
}
const wrong = (foreign: string): string => {
  const read = readText(foreign);
  return read.ok ? '' : read.error.map(({ message }) => message).join('\n');
};

describe('readScenario: load of other programs', () => {
  it('is a level, or what the file says', () => {
    const [level] = disturbancesOf('foreign: light');
    assert.ok(level?.kind === 'foreign');
    assert.deepEqual([level.node, level.forMs, level.load.burstRatio], [null, null, 0.05]);
    const own = disturbancesOf(
      'for: 20s, node: h1, foreign: { bursts: 10%, shortest: 20ms, longest: 1s, lowest: 10%, ' +
        'highest: 90%, changes: 30s, memory: 50%, steady: 2%, steal: 1% }',
    );
    assert.deepEqual(own, [
      {
        kind: 'foreign',
        atMs: 5000,
        forMs: 20_000,
        node: 'h1',
        load: {
          steadyRatio: 0.02,
          burstRatio: 0.1,
          shortestMs: 20,
          longestMs: 1000,
          lowestRatio: 0.1,
          highestRatio: 0.9,
          changeMs: 30_000,
          memoryRatio: 0.5,
          stealRatio: 0.01,
        },
      },
    ]);
  });

  it('is written as it is read', () => {
    const text = 'node: h1, foreign: { bursts: 10%, changes: 30s, memory: 50%, steal: 1% }';
    for (const foreign of ['foreign: light', 'for: 3s, foreign: rough', text]) {
      const read = readText(foreign);
      assert.ok(read.ok);
      const again = readScenario(scenarioText(read.value.scenario), 'named');
      assert.ok(again.ok, JSON.stringify(again));
      assert.deepEqual(again.value.scenario.disturbances, read.value.scenario.disturbances);
    }
  });

  it('is refused with the cure', () => {
    assert.match(wrong('foreign: ligt'), /did you mean light\?/);
    assert.match(wrong('foreign: { memory: 50% }'), /how much: bursts: 5%/);
    assert.match(wrong('foreign: { bursts: 50% }'), /at most 47.5%, or higher bursts/);
    assert.match(
      wrong('foreign: { bursts: 30%, changes: 30s }'),
      /come to 30%, and with changes to twice as much at times: write at most 23\.75%/,
    );
    assert.equal(wrong('foreign: { bursts: 23.75%, changes: 30s }'), '');
    assert.match(wrong('foreign: { bursts: 1%, shortest: 1s }'), /longer than longest/);
    assert.match(wrong('foreign: { bursts: 1%, lowest: 90% }'), /above highest/);
    assert.match(wrong('job: a, foreign: light'), /foreign affects a node; remove job/);
    assert.match(wrong('node: h9, foreign: light'), /no node "h9"/);
  });
});
