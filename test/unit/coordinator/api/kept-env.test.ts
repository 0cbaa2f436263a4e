import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withKeptEnv } from '../../../../coordinator/api/kept-env.js';
import type { Requester } from '../../../../proto/requester.js';
import type { SecretName } from '../../../../shared/ids.js';
import { HIDDEN, type JobSpec, withHiddenEnv } from '../../../../shared/job.js';
import { job, jobName } from '../build.js';

const user = (name: string, role: 'submitter' | 'operator'): Requester => ({
  kind: 'user',
  name,
  role,
  publicKey: `key-${name}`,
});
const [SUE, OLGA] = [user('sue', 'submitter'), user('olga', 'operator')];
const stored = job('a', { env: { TOKEN: 'open-sesame', MODE: 'det' } });
const known: Parameters<typeof withKeptEnv>[1] = new Map([
  [jobName('a'), { spec: stored, owner: 'sue' }],
]);
const asShown = withHiddenEnv(stored);

const envOf = (change: Partial<JobSpec>, by: Requester, jobs = known) =>
  withKeptEnv([{ ...asShown, ...change }], jobs, by)[0]?.env;

describe('values of variables that are submitted as answers show them', () => {
  it('stay as they are, whoever changes the target', () => {
    for (const by of [SUE, OLGA, { kind: 'unknown' } as Requester])
      assert.deepEqual(envOf({ weight: 7 }, by), stored.env);
  });

  it('stay beside new ones, and beside another program, for the owner', () => {
    const env = { TOKEN: HIDDEN, MODE: 'rec', NEW: 'x' };
    assert.deepEqual(envOf({ env, image: 'other:2' }, SUE), { ...env, TOKEN: 'open-sesame' });
  });

  it('do not reach a program that somebody else has chosen', () => {
    const changes: readonly Partial<JobSpec>[] = [
      { image: 'printenv:1' },
      { command: ['env'] },
      { env: { ...asShown.env, NODE_OPTIONS: '--require /tmp/x.js' } },
      { env: { TOKEN: HIDDEN, MODE: 'rec' } },
      { secretEnv: { BASH_ENV: 'mine' as SecretName } },
    ];
    for (const change of changes)
      assert.equal(envOf(change, OLGA)?.TOKEN, HIDDEN, JSON.stringify(change));
    const ownerless = new Map([[jobName('a'), { spec: stored }]]);
    assert.equal(envOf({ command: ['env'] }, SUE, ownerless)?.TOKEN, HIDDEN);
    assert.equal(envOf({ weight: 2 }, SUE, ownerless)?.TOKEN, 'open-sesame');
  });

  it('are none for a new job or a new variable', () => {
    const env = { TOKEN: HIDDEN, OTHER: HIDDEN };
    assert.deepEqual(envOf({ env, name: jobName('b') }, SUE), env);
    assert.deepEqual(envOf({ env }, SUE), { TOKEN: 'open-sesame', OTHER: HIDDEN });
    assert.equal(envOf({ env: { constructor: HIDDEN } }, SUE)?.constructor, HIDDEN);
  });
});
