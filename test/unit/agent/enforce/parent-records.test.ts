import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  allParents,
  nameOf,
  putParentsBack,
  sealRecord,
} from '../../../../agent/enforce/parent-records.js';
import type { ParentWeights } from '../../../../agent/ports/cgroup.js';
import { silentLog } from '../../../../shared/log.js';
import { ok } from '../../../../shared/result.js';
import { MemoryFiles } from './world.js';

describe('records of cgroups that hold containers', () => {
  it('are all put back, and named, where the disk may only be read', async () => {
    const weights = new Map([
      ['/docker', 4000],
      ['/other', 5000],
    ]);
    const parents: ParentWeights = {
      boot: 'boot-1',
      look: () => [],
      read: (path) => ({ version: 1, value: weights.get(path) ?? 0 }),
      write: (path, value) => {
        weights.set(path, value);
        return ok(undefined);
      },
    };
    const files = new MemoryFiles();
    for (const path of weights.keys()) {
      const record = { path, original: 1024, by: 'one', boot: 'boot-1' };
      await files.create(nameOf(path), sealRecord(record));
    }
    files.remove = async () => Promise.reject(new Error('EROFS: read-only'));
    const faults = await putParentsBack({ parents, files, log: silentLog }, allParents(2));
    assert.deepEqual([...weights.values()], [1024, 1024]);
    assert.deepEqual(faults.map(({ path }) => path).sort(), ['/docker', '/other']);
    assert.match(faults[0]?.reason ?? '', /^is as it was, but its record .* removed: EROFS/);
  });
});
