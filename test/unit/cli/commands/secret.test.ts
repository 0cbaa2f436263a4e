import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import type { SecretSetFlags } from '../../../../cli/services/secret.js';
import { trustedKeys } from '../../../../cli/services/trusted-keys.js';
import { publishAddress } from '../../../../cli/up/running-stacks.js';
import { MAX_SECRET_BYTES } from '../../../../shared/secret.js';
import { testApp } from '../../../lib/cli-app.js';

/** Exit code and what was printed, of a command that never gets as far as to connect. */
async function refusalOf(args: readonly string[], stdin: string): Promise<string> {
  const { app, out, messages, problems } = testApp([stdin]);
  const code = await runProgram(args, app);
  return [code, ...out, ...messages, ...problems].join('\n');
}

describe('dqoes secret set', () => {
  for (const [what, args, stdin, words] of [
    ['a name that is none', ['a b'], 'hush', /^2\n.*secret "a b" is not a valid name/],
    [
      'no value',
      ['db'],
      '\n',
      /^2\nThe secret is empty: write it to standard input, or name its file with --file/,
    ],
    ['a zero byte', ['db'], 'hush\0', /^2\nThe secret has a zero byte/],
    ['what is no text', ['db'], 'hush\ufffd', /^2\nThe secret is not UTF-8/],
    ['too much', ['db'], 'h'.repeat(MAX_SECRET_BYTES + 1), /^2\n.*is longer than 16 KiB/],
    [
      'a file that is not there',
      ['db', '--file', '/nowhere/x'],
      '',
      /^2\nThe secret in \/nowhere\/x cannot be read/,
    ],
    [
      'a key that is none',
      ['db', '--coordinator-keys', 'abc'],
      'hush',
      /^2\n--coordinator-keys: "abc" is not a public key: see dqoes coordinator key/,
    ],
  ] as const)
    it(`refuses ${what}, and does not repeat the value`, async () => {
      const command = ['secret', 'set', '--nats', 'nats://nowhere', ...args];
      const refusal = await refusalOf(command, stdin);
      assert.match(refusal, words);
      assert.equal(refusal.includes('hush'), false, refusal);
    });
});

describe('whom dqoes secret set trusts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-trust-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const [OWN, OTHER, THIRD] = ['o', 't', 'u'].map((letter) => letter.repeat(43));
  const stateOf = (name: string, key: string | undefined): string => {
    mkdirSync(join(folder, name), { recursive: true });
    if (key !== undefined) writeFileSync(join(folder, name, 'coordinator-key.pub'), `${key}\n`);
    return join(folder, name);
  };
  const known = stateOf('known', OWN);
  const unknown = join(folder, 'none');
  const run = join(folder, 'run');
  const runOfRoot = join(folder, 'root');
  /** The keys, or what the refusal says. */
  const trusted = (stateDir: string, flags: Partial<SecretSetFlags> = {}, env = {}) => {
    const { app } = testApp();
    const config = { ...app.config, ...env, stateDir, runtimeDirs: [run, runOfRoot] as const };
    const keys = trustedKeys({ ...app, config }, { output: 'table', ...flags });
    return keys.ok ? keys.value : keys.error.map(({ message }) => message).join('\n');
  };

  it('is the dqoes up of this user, also when it has ended', () => {
    for (const [flags, env] of [
      [{}, {}],
      [{ nats: 'localhost' }, {}],
      [{ nats: 'nats://127.0.0.1:4999' }, {}],
      [{ nats: 'nats://u:p@[::1]:4222/' }, {}],
      [{ nats: 'nats://far:4222, nats://LOCALHOST:4222' }, {}],
      [{}, { natsUrl: 'nats://127.8.0.1:4222' }],
    ] as const)
      assert.deepEqual(trusted(known, flags, env), [OWN], JSON.stringify([flags, env]));
  });

  it('is nobody where nobody said where the cluster is and no dqoes up is known', () => {
    const said =
      /^nothing here says which coordinators to trust at nats:\/\/127\.0\.0\.1:4222 \(the default\)/;
    assert.match(String(trusted(unknown)), said);
    assert.match(String(trusted(unknown)), /dqoes up.*--coordinator-keys.*Nothing was sent$/);
  });

  it('is who is asked where another cluster is named', () => {
    for (const nats of ['nats://far:4222', 'tls://far'])
      assert.deepEqual(trusted(known, { nats }), [], nats);
    assert.deepEqual(trusted(unknown, { nats: 'nats://127.0.0.1:4222' }), []);
    assert.deepEqual(trusted(known, { coordinatorKeys: OTHER ?? '' }), [OTHER]);
  });

  it('is the server where TLS says who it is', () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n');
    const env = { natsTls: { ca, cert: '', key: '' } };
    for (const flags of [{}, { nats: 'nats://localhost' }])
      assert.deepEqual(trusted(known, flags, env), []);
  });

  it('is the dqoes up that runs there, of this user or of root', () => {
    const up = (at: string, port: number, stateDir: string, key?: string) =>
      publishAddress(at, {
        url: `nats://127.0.0.1:${port}`,
        cluster: 'main',
        stateDir,
        ...(key === undefined ? {} : { coordinatorKey: key }),
      });
    const withdraw = [
      up(run, 4998, stateOf('second', OTHER)),
      up(runOfRoot, 4997, join(folder, 'not-readable'), THIRD),
    ];
    try {
      assert.deepEqual(trusted(known), [OTHER]);
      assert.deepEqual(trusted(known, { nats: 'nats://localhost:4998' }), [OTHER]);
      assert.deepEqual(trusted(known, { nats: 'nats://localhost:4997' }), [THIRD]);
      assert.deepEqual(trusted(known, { nats: 'nats://localhost:4222' }), [OWN]);
    } finally {
      for (const each of withdraw) each();
    }
  });
});

describe('dqoes run --secret', () => {
  const run = (...flags: readonly string[]) =>
    refusalOf(['run', '--target', '1s', ...flags, 'dqoes/tiny:1'], '');

  it('names the flag that is wrong', async () => {
    assert.match(await run('--secret', 'A'), /^2\n.*--secret "A" has no value: write NAME=SECRET/);
    assert.match(
      await run('--secret', 'A=a b'),
      /^2\n.*--secret A: secret "a b" is not a valid name/,
    );
    assert.match(
      await run('--secret', 'A=db', '--env', 'A=1'),
      /^2\n.*--secret A: --env gives it a value, too/,
    );
  });
});
