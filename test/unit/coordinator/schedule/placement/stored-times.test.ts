import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unchangedSince } from '../../../../../coordinator/schedule/placement/stored-times.js';
import type { StoredTimes } from '../../../../../coordinator/schedule/plan-parts.js';
import type { Placed, SnapshotJob } from '../../../../../coordinator/schedule/types.js';
import { allocation, job, nodeId } from '../../build.js';

const SPEC = job('a', { replicas: 2 });
const on = (id: string, node: string, change: Partial<Placed> = {}): Placed => ({
  ...{ id: allocation(id).id, node: nodeId(node) },
  ...change,
});
const placedAs = (...placed: readonly Placed[]): SnapshotJob => ({
  ...{ spec: SPEC, placed },
  workload: 'w' as SnapshotJob['workload'],
});
const times = (sinceMs: number, told: Readonly<Record<string, number>>): StoredTimes => ({
  jobs: new Map([[SPEC.name, { spec: SPEC, sinceMs }]]),
  nodes: new Map(Object.entries(told).map(([id, ms]) => [nodeId(id), ms])),
});

describe('since when a change has come no further, by what is stored', () => {
  const old = { isOutdated: true } as const;

  it('is when the job was stored, or the last host of the newest version was told', () => {
    const both = placedAs(on('a-1', 'h1'), on('a-2', 'h2', old));
    assert.equal(unchangedSince(both, times(100, { h1: 300, h2: 900 })), 300);
    assert.equal(unchangedSince(both, times(400, { h1: 300, h2: 900 })), 400);
    const none = placedAs(on('a-1', 'h1', old), on('a-2', 'h2', old));
    assert.equal(unchangedSince(none, times(100, { h1: 300, h2: 900 })), 100);
  });

  it('is not known of another version, nor where a host was told nothing', () => {
    const both = placedAs(on('a-1', 'h1'), on('a-2', 'h2', old));
    assert.equal(unchangedSince(both, times(100, { h2: 900 })), undefined);
    const changed = { ...both, spec: { ...SPEC, image: 'other:1' } };
    assert.equal(unchangedSince(changed, times(100, { h1: 300, h2: 900 })), undefined);
    assert.equal(unchangedSince(both, { jobs: new Map(), nodes: new Map() }), undefined);
  });
});
