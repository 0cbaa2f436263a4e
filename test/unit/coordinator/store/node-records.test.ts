import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import type { KeyValueStore } from '../../../../proto/store.js';

describe('records of nodes that calls are writing', () => {
  let records: NodeRecords;
  beforeEach(() => {
    records = new NodeRecords({ store: {} as KeyValueStore, revisions: new Map() });
  });
  const holdMany = (count: number): void => {
    for (let n = 0; n < count; n += 1) records.hold(`node.gone-${n}`)();
  };

  it('are held until the last of the calls has ended', () => {
    const [first, second] = [records.hold('node.h1'), records.hold('node.h1')];
    first();
    assert.ok(records.isHeld('node.h1'));
    second();
    assert.ok(!records.isHeld('node.h1'));
  });

  it('were held since a moment before the end of the call, and not since a later one', () => {
    const release = records.hold('node.h1');
    const during = records.moment;
    release();
    assert.ok(records.wasHeldSince('node.h1', during));
    assert.ok(!records.wasHeldSince('node.h1', records.moment));
    assert.ok(!records.wasHeldSince('node.h2', 0));
  });

  it('count as held where more were held meanwhile than are remembered, never as not held', () => {
    const before = records.moment;
    holdMany(10_000);
    assert.ok(records.wasHeldSince('node.gone-0', before));
    assert.ok(records.wasHeldSince('node.gone-9999', before));
    // A bounded number of names is kept: of this one nothing is known, so it is read again.
    assert.ok(records.wasHeldSince('node.never', before));
    const now = records.moment;
    for (const key of ['node.gone-0', 'node.gone-9999', 'node.never'])
      assert.ok(!records.wasHeldSince(key, now), key);
  });

  it('that are held for long count as held, however many others come and go', () => {
    const release = records.hold('node.h1');
    const during = records.moment;
    holdMany(10_000);
    assert.ok(records.wasHeldSince('node.h1', records.moment));
    const late = records.moment;
    release();
    assert.ok(records.wasHeldSince('node.h1', during));
    assert.ok(records.wasHeldSince('node.h1', late));
  });
});
