import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { breachLines, summariesOf, summaryOf, tableOf, timesOf } from '../../faults/report.js';
import type { RoundOutcome } from '../../faults/round.js';

const played = (change: Partial<RoundOutcome>): RoundOutcome => ({
  fault: 'SIGKILL of the agent',
  family: 'kill',
  seed: 7,
  atSeconds: 1,
  heldMs: 5000,
  toldMs: 2000,
  isUntold: false,
  recoveredMs: 1000,
  stalledMs: 0,
  breaches: [],
  asked: 2,
  acknowledged: 2,
  lease: null,
  rssMb: { agent: 1, c1: 1, c2: 1 },
  looks: 10,
  ...change,
});

describe('report of faults', () => {
  it('counts times by nearest rank, and leaves out what is not known', () => {
    assert.deepEqual(timesOf([3, null, 1, 2]), { n: 3, p50: 2, p99: 3, max: 3 });
    assert.equal(timesOf([null]), null);
  });

  it('leaves out the times of rounds in which the program itself stood still', () => {
    const { n, stalled, told, recovered } = summaryOf('all', [
      played({}),
      played({ toldMs: 90_000, recoveredMs: 90_000, stalledMs: 150_000 }),
    ]);
    assert.deepEqual([n, stalled, told?.max, recovered?.max], [2, 1, 2000, 1000]);
  });

  it('has a row of at most 80 characters for each fault, and one for all', () => {
    const rounds = [
      played({ toldMs: 12_345, recoveredMs: 59_999 }),
      played({ fault: 'x'.repeat(70), isUntold: true, toldMs: null }),
      played({ fault: 'a flood', toldMs: null, lease: { kept: true, longestGapMs: 1100 } }),
      played({ fault: 'another flood', lease: { kept: false, longestGapMs: 5000 } }),
    ];
    const table = tableOf({ faults: summariesOf(rounds), all: summaryOf('all', rounds) });
    const lines = table.split('\n');
    assert.equal(lines.length, 6);
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.match(table, /SIGKILL of the agent +1 +0 12\.3 12\.3 +60\.0 60\.0/);
    assert.match(table, /x… +1 +0 +untold 1/);
    assert.match(table, /a flood +1 +0 +– +1\.0 1\.0 +1\.1/);
    assert.match(table, /another flood.*LOST/);
  });

  it('says of each breach what was seen, when, and how to see it again', () => {
    const breaches = [{ promise: 'jobs run on', what: 'a: gone' }];
    const [line] = breachLines([played({ breaches })]);
    assert.match(line ?? '', /jobs run on\n {2}SIGKILL of the agent \(seed 7\), 1\.0 s: a: gone/);
  });
});
