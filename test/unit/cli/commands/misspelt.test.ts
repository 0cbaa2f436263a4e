// cspell:ignore restroe sumbit jbo ouput stauts frobnicate
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

  it('is shown without what controls a terminal, and without the end of a long one', async () => {
    const clear = '\u001b[2J';
    for (const argv of [
      ['ps', '--cluster', `a${clear}`],
      ['ps', `--${clear}`],
      ['job', `run${clear}`],
      ['job', 'run', `${clear}.yaml`],
    ])
      assert.doesNotMatch((await problemsOf(...argv)).replaceAll('\n', ''), /\p{Cc}/u);
    const long = await problemsOf('ps', '--cluster', 'x'.repeat(5000));
    assert.match(long, /argument 'x{80}…' is invalid\. use 1 to 63 of/);
  });

  it('that is no name of a job is told so once', async () => {
    const rule = /^job "a\/b" is not a valid name: use 1 to 63 of A-Z a-z 0-9 _ - \[cli\.usage\]$/;
    assert.match(await problemsOf('report', 'a/b'), rule);
    assert.match(
      await problemsOf('job', 'quote', 'a/b'),
      /^there is no file of that name, and job "a\/b"/,
    );
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

  it('that is left out is told with the words that it may be', async () => {
    const needed = /option '--role <role>' not specified .*\n(?:.*\n)?--role: use one of viewer, /;
    assert.match(await problemsOf('token', 'create', 'web'), needed);
    assert.match(await problemsOf('auth', 'add-user', 'lena'), needed);
    assert.doesNotMatch(await problemsOf('lab', 'record'), /use one of/, 'any file will do');
  });

  it('is named where an option of it stands before a command below', async () => {
    const wrong = await problemsOf('agent', '--config', '/nowhere/agent.yaml', 'restore');
    assert.match(wrong, /^error: --config stands before restore, where .*\[cli\.usage\]$/m);
    assert.match(await problemsOf('agent', '--check', 'reset-epoch'), /--check stands before/);
    assert.match(await problemsOf('doctor', '-o', 'json', 'metrics', 'a', 'b'), /--output stands/);
  });

  it('is named where an option of dqoes run stands after the image', async () => {
    for (const target of [['--target', '250ms'], ['--target=250ms']])
      assert.match(
        await problemsOf('run', 'web', '--port', '80', ...target),
        /^--target: stands after the image, .*: write it before the image \[job\.missing\]$/,
      );
    assert.match(await problemsOf('run', 'web', '--targets', '1'), /^--target: is missing: /);
  });

  it('is named with the commands that may be meant, those below another whole', async () => {
    const firstOf = async (...argv: readonly string[]) =>
      (await problemsOf(...argv)).split('\n')[0];
    const unknown = (word: string, meant: string): string =>
      `error: unknown command '${word}'${meant} [cli.usage]`;
    assert.equal(await firstOf('jobs', 'ls'), unknown('jobs', ' (Did you mean job?)'));
    assert.equal(
      await firstOf('logs', 'web', '-f'),
      unknown('logs', ' (Did you mean job logs or auth log?)'),
    );
    assert.equal(
      await firstOf('stauts', 'web'),
      unknown('stauts', ' (Did you mean job status or node status?)'),
    );
    assert.equal(
      await firstOf('ls'),
      unknown('ls', ' (Did you mean job ls, node ls or secret ls?)'),
    );
    assert.equal(await firstOf('frobnicate'), unknown('frobnicate', ''));
  });

  it('is what other programs call it', async () => {
    assert.match(await problemsOf('scale', 'web', '3'), /\(Did you mean job set\?\)/);
    assert.match(await problemsOf('update', 'web'), /\(Did you mean job set or auth update\?\)/);
    assert.match(await problemsOf('describe', 'web'), /\(Did you mean job status or node status/);
    assert.match(await problemsOf('constructor'), /^error: unknown command 'constructor' \[/);
  });

  it('is an option of other programs for JSON, which a command has by another name', async () => {
    const wrote = /^--json: write -o json \[cli\.usage\]$/m;
    assert.match(await problemsOf('ps', '--json'), wrote);
    assert.match(await problemsOf('job', 'status', 'web', '--json'), wrote);
    assert.doesNotMatch(await problemsOf('up', '--json'), wrote);
  });

  it('is an option of which a part is known, or one of docker run', async () => {
    const lastOf = async (...argv: readonly string[]) =>
      (await problemsOf(...argv)).split('\n').at(-1);
    const run = ['run', '--target', '250ms'];
    assert.equal(
      await lastOf(...run, '--cpu', '1', 'web'),
      '--cpu: did you mean --cpu-min or --cpu-max? [cli.usage]',
    );
    assert.equal(
      await lastOf(...run, '--statistic', 'p95', 'web'),
      '--statistic: did you mean --stat? [cli.usage]',
    );
    assert.equal(
      await lastOf('up', '--port', '1'),
      '--port: did you mean --nats-port or --console-port? [cli.usage]',
    );
    assert.match((await lastOf(...run, '--gpus', 'all', 'web')) ?? '', /^--gpus: .*resources\.gpu/);
    assert.match((await lastOf('job', 'run', '--gpus', 'all')) ?? '', /--help lists/);
    assert.match((await lastOf('--cluster', 'b', 'ps')) ?? '', /^--cluster: options stand after/);
  });

  it('below a command that does nothing by itself is told with what it has', async () => {
    const has = /^job has run, .*stop.* \[cli\.usage\]$/m;
    assert.match(await problemsOf('job', 'delete', 'web'), has);
    assert.match(await problemsOf('job', 'start', 'run'), has);
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
