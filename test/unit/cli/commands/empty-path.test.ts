import assert from 'node:assert/strict';
import type { Command } from 'commander';
import { describe, it } from 'mocha';
import { buildProgram, runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('an option whose path is empty, as of a variable that is not set', () => {
  for (const args of [
    ['up', '--state', '', '--nats-port', 'x'],
    ['agent', 'restore', '--state', ''],
    ['agent', 'reset-epoch', '--state', ''],
    ['auth', 'init', '--dir', ''],
    ['auth', 'init', '--nats-pid', ''],
    ['auth', 'list', '--dir', ''],
    ['join', 'TOKEN', '--out', ''],
    ['ps', '--creds', ''],
    ['agent', '--config', ''],
    ['secret', 'set', 'x', '--file', ''],
    ['lab', 'sim', '--json', ''],
    ['doctor', '--docker-socket', ''],
  ])
    it(`does not mean the folder it is called in: ${args.join(' ')}`, async () => {
      const { app, problems } = testApp();
      assert.equal(await runProgram(args, app), 2);
      assert.match(problems.join('\n'), /argument '' is invalid\. it is empty: give a path/);
    });

  it('is none of a container either, nor is what leads elsewhere in the Engine', async () => {
    for (const name of ['', '..', 'a/b', 'a?all=1', 'a b'])
      for (const args of [
        ['doctor', '--container', name],
        ['advise', 'web', name],
      ]) {
        const { app, problems } = testApp();
        assert.equal(await runProgram(args, app), 2, args.join(' '));
        assert.match(problems.join('\n'), /it is no name of a container: give one that docker ps/);
      }
  });

  it('is none of a job file either', async () => {
    for (const verb of ['run', 'plan', 'diff']) {
      const { app, problems } = testApp();
      assert.equal(await runProgram(['job', verb, ''], app), 2);
      assert.match(problems.join('\n'), /value '' is invalid for argument 'file'\. it is empty: /);
    }
  });

  it('is refused among several, which are all taken where none is', async () => {
    const { app, problems } = testApp();
    assert.equal(await runProgram(['lab', 'bench', '--policy', 'dqoes', 'a.yaml', ''], app), 2);
    assert.match(problems.join('\n'), /value '' is invalid for argument 'file'\. it is empty: /);
    const both = testApp();
    assert.equal(
      await runProgram(['lab', 'bench', '--policy', 'dqoes', 'no-a.yaml', 'no-b.yaml'], both.app),
      2,
    );
    assert.match(both.problems.join('\n'), /no-a\.yaml[\s\S]*no-b\.yaml/);
  });

  it('is refused by each option of a command that names a file, a folder or a path', async () => {
    const program = await buildProgram(testApp().app, () => {});
    const all = (each: Command): readonly Command[] => [each, ...each.commands.flatMap(all)];
    const paths = all(program).flatMap(({ options }) =>
      options.filter(({ flags }) => /<(?:file|dir|folder|path)>/.test(flags)),
    );
    assert.ok(paths.length > 30, String(paths.length));
    for (const { flags, parseArg } of paths)
      assert.throws(() => parseArg?.('', undefined), /it is empty: give a path/, flags);
  });
});
