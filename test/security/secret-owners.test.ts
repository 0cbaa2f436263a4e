import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { publicTextOf, seal } from '../../proto/sealing/sealed-box.js';
import type { SecretName } from '../../shared/ids.js';
import { bytes } from '../lib/utf8.js';
import { job, jobName } from '../unit/coordinator/build.js';
import { AuditCluster } from './audit-cluster.js';
import { CLUSTER, must } from './guarded-server.js';

const TOKEN = 'token' as SecretName;
const secretsKey = generateKeyPairSync('x25519').privateKey;
const box = must(
  seal(bytes('hush'), publicTextOf(secretsKey), { cluster: CLUSTER, secret: TOKEN }),
);

describe('a secret of somebody', function () {
  this.timeout(60_000);
  let cluster: AuditCluster;
  before(async () => {
    cluster = await AuditCluster.start({ secretsKey });
  });
  after(() => cluster.stop());

  it('is changed by nobody else, and named by nobody else unless it is shared', async () => {
    const uses = (name: string) => job(name, { secretEnv: { TOKEN } });
    await cluster.must('sue-submitter', 'secret-set', { name: TOKEN, box });
    for (const refused of [
      await cluster.faultsOf('tom', 'secret-set', { name: TOKEN, box }),
      await cluster.faultsOf('tom', 'secret-remove', { name: TOKEN }),
      await cluster.faultsOf('tom', 'job-submit', { jobs: [uses('thief')] }),
    ])
      assert.match(refused, /auth\.not-owner.*belongs to sue-submitter/);
    await cluster.must('sue-submitter', 'job-submit', { jobs: [uses('rightful')] });
    await cluster.must('sue-submitter', 'secret-set', { name: TOKEN, box, shared: true });
    await cluster.must('tom', 'job-submit', { jobs: [uses('guest')] });
    assert.match(
      await cluster.faultsOf('tom', 'secret-set', { name: TOKEN, box }),
      /auth\.not-owner/,
      'who may name it may not change it',
    );
    const { secrets } = await cluster.must('tom', 'secret-list', {});
    assert.deepEqual(
      secrets.map(({ name, owner, shared }) => [name, owner, shared]),
      [[TOKEN, 'sue-submitter', true]],
    );
    await cluster.must('operator', 'secret-remove', { name: TOKEN });
    // The jobs of both still name it: a new one would reach them.
    assert.match(
      await cluster.faultsOf('sue-submitter', 'secret-set', { name: TOKEN, box }),
      /auth\.not-owner.*named already by guest of tom/,
    );
    for (const [who, name] of [
      ['tom', 'guest'],
      ['sue-submitter', 'rightful'],
    ] as const)
      await cluster.must(who, 'job-stop', { name: jobName(name) });
  });
});
