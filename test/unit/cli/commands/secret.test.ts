import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
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
    ['no value', ['db'], '\n', /^2\nThe secret is empty/],
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
      const refusal = await refusalOf(['secret', 'set', ...args], stdin);
      assert.match(refusal, words);
      assert.equal(refusal.includes('hush'), false, refusal);
    });
});

describe('dqoes run --secret', () => {
  const run = (...flags: readonly string[]) =>
    refusalOf(['run', '--target', '1s', ...flags, 'dqoes/tiny:1'], '');

  it('names the flag that is wrong', async () => {
    assert.match(await run('--secret', 'A'), /^2\n.*--secret "A" has no name: write NAME=VALUE/);
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
