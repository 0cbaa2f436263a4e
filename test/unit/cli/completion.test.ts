import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { complete } from '../../../cli/completion/complete.js';
import { scriptOf } from '../../../cli/completion/scripts.js';
import { buildProgram } from '../../../cli/program.js';
import { POLICY_NAMES } from '../../../proto/schemas/service.js';
import { testApp } from '../../lib/cli-app.js';

const program = await buildProgram(testApp().app, () => {});
const at = (...words: readonly string[]) => complete(program, words);
const wordsAt = (...words: readonly string[]): readonly string[] =>
  at(...words).candidates.map(({ word }) => word);

describe('completion', () => {
  it('offers the commands, and those below them, with what each does', () => {
    assert.deepEqual(wordsAt('j'), ['job', 'join']);
    assert.deepEqual(wordsAt('job', 'st'), ['status', 'stop']);
    assert.match(at('job', 'status').candidates[0]?.about ?? '', /^show one job/);
    assert.ok(!wordsAt('').includes('__complete'));
  });

  it('offers the flags of the command that is written, and nothing of others', () => {
    assert.deepEqual(wordsAt('ps', '--so'), ['--sort']);
    assert.deepEqual(wordsAt('events', '--so'), []);
    assert.deepEqual(wordsAt('top', '--in'), ['--interval']);
    assert.ok(wordsAt('ps', '--').includes('--help'));
  });

  it('offers the values of a flag, after it and behind "="', () => {
    assert.deepEqual(wordsAt('ps', '-o', ''), ['table', 'wide', 'json', 'yaml']);
    assert.deepEqual(wordsAt('ps', '--output', 'j'), ['json']);
    assert.deepEqual(wordsAt('ps', '--output=j'), ['--output=json']);
    assert.deepEqual(wordsAt('ps', '--nats', 'n'), []);
  });

  it('asks for names of the cluster where an operand or a flag takes one', () => {
    assert.deepEqual(at('job', 'status', 'f').names, { of: 'jobs', prefix: '' });
    assert.deepEqual(at('job', 'stop', 'a', 'b').names, { of: 'jobs', prefix: '' });
    assert.deepEqual(at('node', 'drain', '').names, { of: 'nodes', prefix: '' });
    assert.deepEqual(at('events', '--job=f').names, { of: 'jobs', prefix: '--job=' });
    assert.equal(at('job', 'status', 'a', 'b').names, undefined);
  });

  it('leaves paths to the shell', () => {
    assert.equal(at('job', 'run', '').paths, 'files');
    assert.equal(at('up', '--state', '').paths, 'folders');
    assert.equal(at('auth', 'list', '--dir', '').paths, 'folders');
    assert.equal(at('agent', '--config=/e').paths, 'files');
    assert.equal(at('ps', '').paths, undefined);
  });

  it('knows where options end, and which flags take no value', () => {
    assert.deepEqual(wordsAt('ps', '--', '--so'), []);
    assert.deepEqual(wordsAt('ps', '-w', '--so'), ['--sort']);
    assert.deepEqual(wordsAt('policy', ''), POLICY_NAMES);
  });

  it('has nothing to say of what is not there', () => {
    for (const words of [['bogus', ''], ['job', 'bogus', 'x'], ['ps', '--bogus=a'], []])
      assert.doesNotThrow(() => at(...words));
    assert.deepEqual(at('ps', '--bogus=a'), { candidates: [] });
  });
});

describe('completion scripts', () => {
  it('of zsh complete at the first key, too: the file is then the function itself', () => {
    const script = scriptOf('zsh');
    assert.match(script, /^#compdef dqoes\n/);
    // It may end in no bare call of compdef: that would define the function and complete nothing.
    assert.match(script, /== _dqoes \]\]; then\n {2}_dqoes "\$@"\nelif .*compdef.*\nfi$/s);
  });
});
