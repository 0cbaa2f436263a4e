// cspell:ignore restroe sumbit jbo
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
