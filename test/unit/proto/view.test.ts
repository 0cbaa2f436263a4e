import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Unpackr } from 'msgpackr';
import { toRow } from '../../../proto/codec/report-table.js';
import type { AllocationFigures, NodeViewChange } from '../../../proto/schemas/view.js';
import { decodeMinute, decodeView, encodeView, FIGURES } from '../../../proto/view.js';
import { allocationId, latency, nodeId } from '../coordinator/build.js';

const figures: readonly AllocationFigures[] = [
  {
    id: allocationId('a-1'),
    latencyMs: 12,
    qoeClass: 'within',
    cpu: { usageCores: 1, usageTotalSeconds: 2, throttledRatio: 0.3, pressureRatio: 0.4 },
    memory: { currentBytes: 5, workingSetBytes: 6, oomKills: 7 },
    latency: latency(8, { satisfiedRatio: 0.9, rejectedCount: 1 }),
  },
  {
    id: allocationId('a-2'),
    latencyMs: null,
    qoeClass: null,
    cpu: null,
    memory: null,
    latency: null,
  },
  {
    id: allocationId('a-3'),
    latencyMs: 1,
    qoeClass: 'slower',
    cpu: null,
    memory: null,
    latency: latency(1),
  },
];
const change: NodeViewChange = {
  schema: 1,
  incarnation: 'i',
  epoch: 1,
  node: nodeId('h1'),
  sequence: 2,
  atMs: 3,
  full: false,
  status: null,
  figures,
  facts: [],
  gone: [],
};

describe('a view on the wire', () => {
  it('comes back as it was, and its rows are those of a report', () => {
    const bytes = encodeView(change);
    assert.deepEqual(decodeView(bytes), { ok: true, value: change });
    const plain = new Unpackr({ useRecords: false }).unpack(bytes) as {
      figures: unknown;
      columns: unknown;
    };
    assert.deepEqual(
      plain.figures,
      figures.map((each) => toRow(each, 'figures', FIGURES)),
    );
    assert.deepEqual(plain.columns, FIGURES);
  });

  it('what is broken is a fault, never an exception', () => {
    const bytes = encodeView(change);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] = 0xc1;
      for (const decode of [decodeView, decodeMinute]) assert.doesNotThrow(() => decode(damaged));
      assert.equal(decodeView(bytes.subarray(0, at)).ok, false);
    }
  });
});
