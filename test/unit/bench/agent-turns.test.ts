import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type AgentRun,
  orderOf,
  turnsFrom,
  turnsTable,
  variantsFrom,
} from '../../bench/lib/agent-turns.js';

describe('agents that are compared in turns', () => {
  it('are named on the command line, each with its command', () => {
    const [old, now] = ['old=node  a.js', 'new=env A=1 node b.js'];
    assert.deepEqual(variantsFrom(['--json', 'f', '--compare', old, '--compare', now]), [
      { name: 'old', command: ['node', 'a.js'] },
      { name: 'new', command: ['env', 'A=1', 'node', 'b.js'] },
    ]);
    assert.deepEqual(variantsFrom(['--json', 'f']), []);
    for (const bad of ['node a.js', '=node a.js', 'old='])
      assert.throws(() => variantsFrom(['--compare', bad]), /needs a name and a command/);
    assert.throws(() => variantsFrom(['--compare']), /needs a name and a command/);
  });

  it('run three times with 50 containers unless other numbers are given', () => {
    assert.deepEqual(turnsFrom(['--rounds', '5', '--seconds', '10']), {
      ...{ rounds: 5, containers: 50, settleMs: 30_000, measureMs: 10_000 },
    });
    assert.equal(turnsFrom([]).rounds, 3);
    for (const bad of ['0', 'two', '1.5'])
      assert.throws(() => turnsFrom(['--rounds', bad]), /--rounds needs a whole number above 0/);
  });

  it('change their order every other round', () => {
    assert.deepEqual(
      [1, 2, 3].map((round) => orderOf(['a', 'b'], round).join('')),
      ['ab', 'ba', 'ab'],
    );
  });

  it('are shown by medians, least and greatest', () => {
    const run = (variant: string, rssMb: number): AgentRun => ({
      ...{ variant, round: 1, firstReportMs: 900, cpuRatio: 0.0125 },
      ...{ rssBytes: rssMb * 1e6, maxRssBytes: 90e6, ownBytes: 50e6, mappedBytes: 40e6 },
    });
    const lines = turnsTable([run('old', 95), run('new', 70), run('old', 97), run('old', 93)]);
    const [old, ...others] = lines.split('\n');
    assert.equal(others.length, 1);
    assert.match(old ?? '', /^old: n = 3, resident 95\.0 \(93\.0–97\.0\) MB, greatest 90\.0/);
    assert.match(old ?? '', /1\.25 \(1\.25–1\.25\) % of a core, first report after 900/);
  });
});
