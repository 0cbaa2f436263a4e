// cspell:ignore restroe sumbit jbo ouput
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('a misspelt word of a command line', () => {
  const problemsOf = async (...argv: readonly string[]): Promise<string> => {
    const { app, problems } = testApp();
    assert.equal(await runProgram(argv, app), 2, argv.join(' '));
    return problems.join('\n');
  };

  it('below a command that does something by itself is named, with what is meant', async () => {
    assert.match(
      await problemsOf('agent', 'restroe'),
      /"restroe" is no command of agent \(did you mean restore\?\): it has restore, reset-epoch\./,
    );
    assert.match(await problemsOf('doctor', 'web'), /"web" is no command of doctor: it has/);
    assert.doesNotMatch(await problemsOf('ps', 'web'), /is no command/);
  });

  it('of which help is asked is named; that of a command below another is its own', async () => {
    assert.match(await problemsOf('help', 'jbo'), /^"jbo" is no command of dqoes \(did/);
    assert.match(await problemsOf('help', 'job', 'rn'), /^"rn" is no command of job/);
    const { app, out } = testApp();
    assert.equal(await runProgram(['help', 'job', 'list'], testApp().app), 0);
    assert.equal(await runProgram(['help', 'job', 'run'], app), 0);
    assert.match(out.join('\n'), /^Usage: dqoes job run \[options\] <file>/);
  });

  it('is one line with the code of a bad command line', async () => {
    const code = /^error: .* \[cli\.usage\]$/;
    for (const argv of [
      ['ps', '--ouput', 'json'],
      ['pz'],
      ['ps', 'web', 'api'],
      ['job', 'run'],
      ['ps', '-o', 'jsn'],
      ['doctor', '--seconds', '0'],
    ]) {
      const [fault = '', help = ''] = (await problemsOf(...argv)).split('\n');
      assert.match(fault, code, argv.join(' '));
      assert.match(help, /--help lists the options|^Usage: /, argv.join(' '));
    }
    assert.match(await problemsOf('ps', '--ouput', 'json'), /\(Did you mean --output\?\) \[cli/);
    assert.match(await problemsOf('agent', 'restroe'), /reset-epoch\. \[cli\.usage\]$/m);
  });

  it('is named where an option of it stands before a command below', async () => {
    const wrong = await problemsOf('agent', '--config', '/nowhere/agent.yaml', 'restore');
    assert.match(wrong, /^error: --config stands before restore, where .*\[cli\.usage\]$/m);
    assert.match(await problemsOf('agent', '--check', 'reset-epoch'), /--check stands before/);
    assert.match(await problemsOf('doctor', '-o', 'json', 'metrics', 'a', 'b'), /--output stands/);
  });

  it('that is a verb of the audit finds no lines: it is refused', async () => {
    assert.match(await problemsOf('audit', '--verb', 'job-sumbit'), /did you mean job-submit\?/);
    assert.match(await problemsOf('audit', '--verb', 'x'), /use one of job-.*, leader, /);
  });

  it('that is the name of a token is no id of one', async () => {
    assert.match(
      await problemsOf('token', 'revoke', 'ci'),
      /^"ci" is no id of a token .*: dqoes token ls lists ids and names \[cli\.usage\]$/,
    );
  });
});
