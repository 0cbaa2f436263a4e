import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { laterMemory } from '../../../../../../coordinator/schedule/policies/adaptive/later.js';
import {
  type Memory,
  NO_MEMORY,
} from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import { allocationId } from '../../../build.js';
import { type Fields, model, read } from './build.js';

const NOW_MS = 1_000_000;
const remembering = (models: Readonly<Record<string, Partial<Fields>>>): Memory => ({
  ...NO_MEMORY,
  ids: Object.keys(models),
  models: Object.values(models).map((fields) => model(fields)),
  allocatableCpuCores: 2,
});
const known = remembering({
  'a-1': {
    ...{ workSeconds: 5, workCount: 100, noiseRatio: 0.02, clients: 3, recentWork: 0.05 },
    ...{ seenAtMs: 900, count: 4000, isChosen: 0, chosenAtMs: 7 },
  },
});
const fieldsOf = (memory: Memory, at = 0): Fields => {
  const its = memory.models[at];
  assert.ok(its !== undefined);
  return read(its);
};

describe('adaptive: some minutes later', () => {
  const shownAs = (memory: Memory, workRatio = 1) =>
    new Map([[allocationId('a-2'), { memory, allocation: allocationId('a-1'), workRatio }]]);

  it('what has come has answered like what it is mapped to, and its life is its own', () => {
    const start = { workSeconds: 0.2, workCount: 2, isChosen: 1, chosenAtMs: NOW_MS - 10 };
    const before = remembering({ 'a-2': start, 'b-1': { workSeconds: 9, workCount: 90 } });
    const after = laterMemory(before, shownAs(known, 1.5), NOW_MS);
    const { workSeconds, workCount, noiseRatio, clients, recentWork } = fieldsOf(after);
    assert.deepEqual([workCount, noiseRatio, clients], [100, 0.02, 3]);
    assert.ok(Math.abs(workSeconds - 7.5) < 1e-9 && Math.abs(recentWork - 0.075) < 1e-9);
    const { seenAtMs, count, isChosen, chosenAtMs } = fieldsOf(after);
    assert.deepEqual([seenAtMs, count, isChosen, chosenAtMs], [0, 0, 1, NOW_MS - 10]);
    assert.deepEqual(fieldsOf(after, 1), fieldsOf(before, 1));
  });

  it('knows no less of it than before', () => {
    const before = remembering({ 'a-2': { workSeconds: 20, workCount: 200 } });
    assert.equal(fieldsOf(laterMemory(before, shownAs(known), NOW_MS)).workCount, 200);
    const nobody = shownAs(remembering({ 'z-1': { workCount: 900 } }));
    assert.equal(fieldsOf(laterMemory(before, nobody, NOW_MS)).workCount, 200);
  });

  it('who was dropped has waited long enough, and no longer than it has', () => {
    const before = remembering({
      'a-1': { isChosen: 0, chosenAtMs: NOW_MS - 10 },
      'b-1': { isChosen: 0, chosenAtMs: NOW_MS - 900_000 },
      'c-1': {},
    });
    const after = laterMemory(before, new Map(), NOW_MS);
    assert.deepEqual(
      [0, 1, 2].map((at) => fieldsOf(after, at).chosenAtMs),
      [NOW_MS - 60_000, NOW_MS - 900_000, 0],
    );
  });

  it('is decided about again', () => {
    assert.notEqual(laterMemory(known, new Map(), NOW_MS).allocatableCpuCores, 2);
  });
});
