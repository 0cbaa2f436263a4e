import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { benchFaults } from '../../../lab/bench/refusals.js';
import { readScenario } from '../../../lab/scenario/read.js';

interface Asked {
  readonly seed: number;
  readonly kind: string;
  readonly demand: number;
  readonly jobs: number;
}
interface Draw {
  drawScenario(asked: Asked): string;
  faultsOf(asked: Asked): readonly string[];
}

const at = fileURLToPath(new URL('../../../../tools/draw-scenario.mjs', import.meta.url));
const { drawScenario, faultsOf } = (await import(at)) as Draw;

describe('tools: scenarios that nobody has tuned on', () => {
  const asked = (change: Partial<Asked> = {}): Asked => ({
    seed: 1,
    kind: 'closed',
    demand: 0.93,
    jobs: 12,
    ...change,
  });

  it('can be read and run on real containers, and ask for what was wanted', () => {
    for (const kind of ['closed', 'mixed'])
      for (let seed = 0; seed < 40; seed += 1) {
        const demand = 0.6 + seed / 50;
        const read = readScenario(drawScenario(asked({ seed, kind, demand })), 'drawn');
        assert.ok(read.ok, JSON.stringify(read));
        const { scenario } = read.value;
        assert.deepEqual(benchFaults(scenario, 2), []);
        assert.equal(scenario.jobs.length, 12);
        const wanted = scenario.jobs.reduce((sum, job) => sum + (job.demandRatio ?? 0), 0);
        assert.ok(Math.abs(wanted / demand - 1) < 0.01, `${wanted} for ${demand}`);
      }
  });

  it('are the same with the same seed, and others with another', () => {
    assert.equal(drawScenario(asked()), drawScenario(asked()));
    assert.notEqual(drawScenario(asked()), drawScenario(asked({ seed: 2 })).replace(/2/g, '1'));
  });

  it('are refused with each fault and its cure', () => {
    assert.deepEqual(faultsOf(asked()), []);
    assert.deepEqual(
      faultsOf({ seed: Number.NaN, kind: 'odd', demand: 9, jobs: 1 }).map(
        (fault) => fault.split(':')[0],
      ),
      ['--seed N', '--demand', '--jobs', '--kind'],
    );
  });
});
