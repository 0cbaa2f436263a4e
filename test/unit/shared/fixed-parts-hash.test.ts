import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fixedPartsHashOf } from '../../../shared/fixed-parts-hash.js';
import type { SecretName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { job, target } from '../coordinator/build.js';

const PLAIN = job('a');
const FULL = job('a', {
  env: { B: '2', A: '1' },
  secretEnv: { TOKEN: 'db' as SecretName },
  resources: { cpu: { minCores: 0.05 }, memoryBytes: 512 * 1024 ** 2, gpu: { count: 1 } },
  ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }],
});
const hash = (change: Partial<JobSpec>): string => fixedPartsHashOf({ ...FULL, ...change });
const resources = (change: Partial<JobSpec['resources']>) => ({
  resources: { ...FULL.resources, ...change },
});

describe('the hash of what a container is made from', () => {
  // Containers bear it: with another one, an upgrade would start all of them again.
  it('never changes for a job as it is', () => {
    assert.equal(fixedPartsHashOf(PLAIN), '9301cc130484ccf1');
    assert.equal(fixedPartsHashOf(FULL), 'de2bc3d2161598d8');
  });

  it('does not depend on defaults that are written out, nor on order', () => {
    const before = fixedPartsHashOf(FULL);
    assert.equal(hash({ env: { A: '1', B: '2' } }), before);
    const ports = [
      { containerPort: 80, hostPort: 0 },
      { containerPort: 81, hostPort: 8081 },
    ];
    assert.equal(hash({ ports }), before);
    assert.equal(hash(resources({ gpu: { count: 1, shareRatio: 0 } })), before);
  });

  it('is the same where only what can change while it runs is another', () => {
    const before = fixedPartsHashOf(FULL);
    const changes: Partial<JobSpec>[] = [
      { target: target(500), weight: 3, replicas: 4 },
      { ...resources({ cpu: { minCores: 1, maxCores: 2 } }) },
      { latency: { source: 'push' }, constraints: { labels: { zone: 'a' } } },
      { moves: 'never', onLoss: 'keep', credit: { costRatio: 1, belowRatio: 0.5 } },
    ];
    for (const change of changes) assert.equal(hash(change), before, JSON.stringify(change));
  });

  it('is another for each part that a running container cannot change', () => {
    const changes: Partial<JobSpec>[] = [
      { image: 'dqoes/tiny:2' },
      { command: ['sleep', '61'] },
      { env: { A: '1', B: '3' } },
      { env: { A: '1' } },
      { secretEnv: { TOKEN: 'other' as SecretName } },
      { ...resources({ memoryBytes: 1024 ** 3 }) },
      { ...resources({ gpu: { count: 2 } }) },
      { ports: [{ containerPort: 80 }] },
    ];
    const found = new Set([fixedPartsHashOf(FULL), ...changes.map(hash)]);
    assert.equal(found.size, changes.length + 1);
  });
});
