import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SequenceFilter } from '../../../../coordinator/ingest/sequence-filter.js';
import type { BootOrder } from '../../../../shared/report.js';
import { nodeId } from '../build.js';

const NODE = nodeId('h1');

/** A filter, and what it says to one report after the other. */
function filtering() {
  const filter = new SequenceFilter(3);
  const heard = (
    bootId: string,
    sequence: number,
    { atMs, sentMs = atMs, boot }: { atMs: number; sentMs?: number; boot?: BootOrder },
  ) => {
    const report = { node: NODE, bootId, sequence, sentAtMs: sentMs, intervalMs: 1000 };
    return filter.check(boot === undefined ? report : { ...report, boot }, atMs);
  };
  return { filter, heard };
}
const start = (count: number, journal = 'mine'): BootOrder => ({ journal, count });

describe('SequenceFilter', () => {
  it('lets the next start of the same journal take over when a report was missed', () => {
    const { heard } = filtering();
    assert.equal(heard('a', 9, { atMs: 1000, boot: start(4) }), 'new');
    assert.equal(heard('b', 1, { atMs: 1800, boot: start(5) }), 'held');
    assert.equal(heard('b', 2, { atMs: 2800, boot: start(5) }), 'new');
    assert.equal(heard('a', 10, { atMs: 2900, sentMs: 1700, boot: start(4) }), 'stale');
    assert.equal(heard('b', 3, { atMs: 3800, boot: start(5) }), 'new');
  });

  it('never believes a clone while each report of the original comes, and calls it a twin', () => {
    const { heard } = filtering();
    const [original, clone] = [{ boot: start(4) }, { boot: start(5) }];
    heard('a', 9, { atMs: 1000, ...original });
    assert.equal(heard('b', 1, { atMs: 1300, ...clone }), 'held');
    assert.equal(heard('a', 10, { atMs: 2000, ...original }), 'new');
    assert.equal(heard('b', 2, { atMs: 2300, ...clone }), 'twin');
  });

  it('gives the name back to a start that turns out to live, and calls the other a twin', () => {
    const { heard } = filtering();
    const [original, clone] = [{ boot: start(4) }, { boot: start(5) }];
    heard('a', 9, { atMs: 1000, ...original });
    assert.equal(heard('b', 1, { atMs: 2600, ...clone }), 'new');
    assert.equal(heard('a', 11, { atMs: 3000, ...original }), 'new');
    assert.equal(heard('b', 2, { atMs: 3300, ...clone }), 'twin');
    assert.equal(heard('a', 12, { atMs: 4000, ...original }), 'new');
    // A service manager started the clone again.
    assert.equal(heard('c', 1, { atMs: 5600, boot: start(6) }), 'held');
    assert.equal(heard('a', 14, { atMs: 6000, ...original }), 'new');
    assert.equal(heard('c', 2, { atMs: 6300, boot: start(6) }), 'twin');
  });

  it('takes reports that the network held back for no sign of life, however late they are', () => {
    const { heard } = filtering();
    heard('a', 9, { atMs: 1000, boot: start(4) });
    // Cut off from here on; the agent was started again meanwhile.
    assert.equal(heard('b', 1, { atMs: 12_000, boot: start(5) }), 'new');
    assert.equal(heard('a', 10, { atMs: 12_300, sentMs: 2000, boot: start(4) }), 'stale');
    assert.equal(heard('a', 11, { atMs: 12_301, sentMs: 3000, boot: start(4) }), 'stale');
    assert.equal(heard('b', 2, { atMs: 13_000, boot: start(5) }), 'new');
  });

  it('gives the name back to a machine that slept, by its second report', () => {
    const { heard } = filtering();
    heard('a', 9, { atMs: 1000, boot: start(4) });
    assert.equal(heard('b', 1, { atMs: 12_000, boot: start(5) }), 'new');
    assert.equal(heard('a', 10, { atMs: 12_300, sentMs: 2000, boot: start(4) }), 'stale');
    assert.equal(heard('a', 11, { atMs: 13_300, sentMs: 3000, boot: start(4) }), 'new');
    assert.equal(heard('b', 2, { atMs: 13_400, boot: start(5) }), 'twin');
  });

  it('lets an agent with another journal wait until the one before is silent', () => {
    const { heard } = filtering();
    heard('a', 9, { atMs: 1000, boot: start(4) });
    assert.equal(heard('b', 1, { atMs: 2000, boot: start(1, 'new') }), 'held');
    assert.equal(heard('b', 2, { atMs: 3000, boot: start(1, 'new') }), 'held');
    assert.equal(heard('b', 3, { atMs: 5000, boot: start(1, 'new') }), 'new');
  });

  it('refuses numbers that cannot be right, and goes on with the next report', () => {
    const { heard } = filtering();
    const FAR = 2 ** 53 - 1;
    assert.equal(heard('a', FAR, { atMs: 500 }), 'implausible');
    assert.equal(heard('a', 9, { atMs: 1000, boot: start(4) }), 'new');
    assert.equal(heard('a', FAR, { atMs: 1100, boot: start(4) }), 'implausible');
    assert.equal(heard('b', FAR, { atMs: 1200, boot: start(5) }), 'implausible');
    assert.equal(heard('b', 1, { atMs: 1300, boot: start(2 ** 32) }), 'implausible');
    assert.equal(heard('a', 10, { atMs: 2000, boot: start(4) }), 'new');
  });

  it('believes a start that is too far ahead once nobody else is heard', () => {
    const { heard } = filtering();
    heard('a', 9, { atMs: 1000, boot: start(4) });
    assert.equal(heard('b', 1, { atMs: 3900, boot: start(2 ** 32) }), 'implausible');
    assert.equal(heard('b', 2, { atMs: 4900, boot: start(2 ** 32) }), 'new');
    // Started again with the file of starts that it had before.
    assert.equal(heard('c', 1, { atMs: 9000, boot: start(5) }), 'new');
  });

  it('goes on with a node when our own clock stood still, as in a paused machine', () => {
    const { heard } = filtering();
    const HOUR = 3_600_000;
    assert.equal(heard('a', 10, { atMs: 1000 }), 'new');
    const verdicts = [0, 1, 2].map((i) =>
      heard('a', 3611 + i, { atMs: 1300 + i * 1000, sentMs: 1300 + HOUR + i * 1000 }),
    );
    assert.deepEqual(verdicts, ['implausible', 'implausible', 'new']);
    assert.equal(heard('a', 3614, { atMs: 4300, sentMs: 4300 + HOUR }), 'new');
  });

  it('falls back to lower numbers once those that it believed go on no more', () => {
    const { heard } = filtering();
    heard('a', 9, { atMs: 1000 });
    // One report was lost, and somebody else takes its place with a number far ahead.
    assert.equal(heard('a', 2 ** 39, { atMs: 2600 }), 'new');
    const verdicts = [3000, 4000, 5000, 6000, 7000].map((atMs) =>
      heard('a', 8 + atMs / 1000, { atMs }),
    );
    assert.deepEqual(verdicts, ['stale', 'stale', 'stale', 'new', 'new']);
  });

  it('does not fall back for old reports that come at once or again', () => {
    const { heard } = filtering();
    heard('a', 90, { atMs: 1000 });
    assert.equal(heard('a', 10, { atMs: 9000, sentMs: 100 }), 'stale');
    assert.equal(heard('a', 11, { atMs: 9001, sentMs: 110 }), 'stale');
    assert.equal(heard('a', 11, { atMs: 11_000, sentMs: 110 }), 'stale');
    assert.equal(heard('a', 91, { atMs: 11_100 }), 'new');
  });

  it('takes the reports that were missed while nobody was heard', () => {
    const { heard } = filtering();
    heard('a', 1, { atMs: 0 });
    assert.equal(heard('a', 3600, { atMs: 3_600_000 }), 'new');
  });

  it('passes over a second agent for ten minutes, and then a start like any other', () => {
    const { filter, heard } = filtering();
    heard('a', 1, { atMs: 0, boot: start(4) });
    heard('b', 1, { atMs: 100, boot: start(5) });
    heard('a', 2, { atMs: 1000, boot: start(4) });
    assert.equal(heard('b', 2, { atMs: 1100, boot: start(5) }), 'twin');
    assert.ok(filter.isPassedOver(NODE, 'b', 1200));
    heard('a', 703, { atMs: 702_000, boot: start(4) });
    assert.equal(heard('c', 1, { atMs: 702_500, boot: start(5) }), 'held');
    assert.ok(!filter.isPassedOver(NODE, 'c', 702_600));
  });

  it('recalls who had the name under the leader before', () => {
    const { filter, heard } = filtering();
    filter.recall(NODE, { bootId: 'a', boot: start(4), intervalMs: 1000 }, 0);
    assert.equal(heard('b', 1, { atMs: 100, boot: start(3, 'other') }), 'held');
    assert.equal(heard('a', 77, { atMs: 200, boot: start(4) }), 'new');
    assert.equal(heard('b', 2, { atMs: 1100, boot: start(3, 'other') }), 'twin');
    filter.forget(NODE);
    assert.equal(heard('b', 3, { atMs: 1200, boot: start(3, 'other') }), 'new');
  });
});
