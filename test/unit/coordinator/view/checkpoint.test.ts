import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type CheckpointWriter,
  checkpointValues,
  readCheckpoint,
  readCheckpoints,
} from '../../../../coordinator/view/checkpoint.js';
import type { OpenMinute } from '../../../../coordinator/view/open-minute.js';
import { Tallies } from '../../../../coordinator/view/tallies.js';
import { tallyWith } from '../../../../coordinator/view/tally.js';
import { At } from '../../../../coordinator/view/tally-fields.js';
import { packPlain, unpackPlain } from '../../../../proto/codec/messagepack.js';
import { nodeId } from '../build.js';

const node = nodeId('h1');
const MAX_BYTES = 1024 * 1024;
const life = { life: 'l', job: 'a' };
const counted = { totalCount: 9, totalMs: 900, usedSeconds: 3, energyJoules: 7 };
const tally = tallyWith(life, { ...counted, memoryGibSeconds: 15, gpuSeconds: 60 });
const open: OpenMinute = {
  ...{ bootId: 'boot-1', sequence: 3, sentAtMs: 80_000, minute: 1, epoch: 7, seconds: 20 },
  partial: false,
  allocations: new Tallies(new Map([['a-1', tally]])),
  energy: new Map([['GPU-0', 40]]),
  allocatableCores: 2,
};

type Row = readonly unknown[];
const storedRows = (): readonly Row[] => {
  const [value = new Uint8Array()] = checkpointValues(new Map([[node, open]]), 80_000);
  const plain = unpackPlain(value, MAX_BYTES);
  assert.ok(plain.ok);
  return (plain.value as Row)[2] as readonly Row[];
};
const readBack = (rows: readonly Row[]): OpenMinute | undefined =>
  readCheckpoint(packPlain([1, 80_000, rows]), 0).get(node);

/** With the tallies as they are, which hold their numbers to themselves. */
const seenIn = (minute: OpenMinute | undefined) =>
  minute && { ...minute, allocations: minute.allocations.entries() };
const tallyIn = (minute: OpenMinute | undefined) =>
  new Map(minute?.allocations.entries()).get('a-1');

/** As release 0.1.0 stored a node: ten values, and 18 of each allocation. */
const ofEarlier: Row = [
  ...['h1', 'boot-1', 3, 80_000, 1, 7, 20, false],
  [['a-1', 'l', 'a', 9, 900, 3, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 7]],
  [['GPU-0', 40]],
];

describe('open minutes between releases', () => {
  it('are stored so that 0.1.0 reads all that it knows', () => {
    const [row = []] = storedRows();
    // It leaves out a node of which an allocation has more values than it knows.
    assert.deepEqual(row.slice(0, ofEarlier.length), ofEarlier);
  });

  it('are read as they were stored', () => {
    assert.deepEqual(seenIn(readBack(storedRows())), seenIn(open));
  });

  it('of 0.1.0 are read; what it did not count is not known', () => {
    const unknown = { memoryGibSeconds: null, gpuSeconds: null };
    assert.deepEqual(seenIn(readBack([ofEarlier])), {
      ...open,
      allocations: [['a-1', tallyWith(life, { ...counted, ...unknown })]],
      allocatableCores: null,
    });
  });

  it('of a later release are read without what is not known here', () => {
    const [row = []] = storedRows();
    const tallies = (row[8] as readonly Row[]).map((each) => [...each, 1, 2, 'three']);
    const later = [...row.slice(0, 8), tallies, ...row.slice(9), { more: true }];
    const [before, now] = [readBack([row]), readBack([later])];
    assert.deepEqual(now?.energy, before?.energy);
    const read = tallyIn(now);
    assert.equal(read?.counted[At.totalCount], 9);
    assert.equal(read?.counted[At.memoryGibSeconds], 15);
  });

  it('with later values that are none are read without them', () => {
    const [row = []] = storedRows();
    const odd = [...row.slice(0, 11), [['a-1', -1, 'x'], ['b-1', 1, 1], 'c', [{}, 1, 1]]];
    const read = tallyIn(readBack([odd]));
    const { memoryGibSeconds, gpuSeconds } = At;
    const values = [read?.counted[memoryGibSeconds], read?.counted[gpuSeconds]];
    assert.deepEqual(values, [Number.NaN, Number.NaN]);
  });
});

describe('open minutes that several workers stored', () => {
  // Of two workers, h1 and h2 are of the first, h4 and h8 of the second.
  const [FIRST, SECOND] = [
    ['h1', 'h2'],
    ['h4', 'h8'],
  ];
  const stored = (
    atSeconds: number,
    by: CheckpointWriter | undefined,
    nodes: readonly string[] = [],
  ): Uint8Array => {
    const minutes = new Map(nodes.map((name) => [nodeId(name), open]));
    const [value = new Uint8Array()] = checkpointValues(minutes, 1000 * atSeconds, by);
    return value;
  };
  const by = (epoch: number, index: number, of = 2): CheckpointWriter => ({ epoch, index, of });
  /** Which nodes are found, and when that was stored, s. */
  const found = (...values: readonly Uint8Array[]) =>
    Object.fromEntries(
      [...readCheckpoints(values, 0)].map(([node, { atMs }]) => [node, atMs / 1000]),
    );

  it('are those of all of them', () => {
    const values = [stored(100, by(5, 0), FIRST), stored(110, by(5, 1), SECOND)];
    assert.deepEqual(found(...values), { h1: 100, h2: 100, h4: 110, h8: 110 });
  });

  it('are those of one that ended long before the others, too', () => {
    const values = [stored(100, by(5, 0), FIRST), stored(190, by(5, 1), SECOND)];
    assert.deepEqual(found(...values), { h1: 100, h2: 100, h4: 190, h8: 190 });
  });

  it('are none that a worker has left behind', () => {
    const values = [stored(100, by(5, 0), FIRST), stored(190, by(5, 0), ['h2'])];
    assert.deepEqual(found(...values), { h2: 190 });
  });

  it('are of the term before for the nodes of a worker that has stored nothing yet', () => {
    const before = [stored(100, by(4, 0, 1), [...FIRST, ...SECOND])];
    assert.deepEqual(found(...before, stored(190, by(5, 0), ['h2'])), {
      ...{ h2: 190, h4: 100, h8: 100 },
    });
    const both = [stored(190, by(5, 0), ['h2']), stored(191, by(5, 1))];
    assert.deepEqual(found(...before, ...both), { h2: 190 });
  });

  it('of a release without workers count as before', () => {
    const [old, newest] = [stored(100, undefined, FIRST), stored(190, undefined, SECOND)];
    assert.deepEqual(found(old, newest), { h4: 190, h8: 190 });
    assert.deepEqual(found(stored(100, by(4, 0), FIRST), newest), { h4: 190, h8: 190 });
    assert.deepEqual(found(old), { h1: 100, h2: 100 });
  });
});
