import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inOrder } from '../../../../cli/commands/ps.js';
import { runProgram } from '../../../../cli/program.js';
import { keptPolicy } from '../../../../cli/services/up.js';
import type { App } from '../../../../cli/shell/app.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';
import { allocationStatus } from '../builders.js';

describe('options that exclude each other', () => {
  it('are refused by dqoes events before it connects', async () => {
    const { app, out, problems } = testApp();
    assert.equal(await runProgram(['events', '--from', '7', '--tail', '2'], app), 2);
    assert.match(problems.join('\n'), /^--tail: with --from .*: leave one out \[cli\.usage/);
    assert.deepEqual(out, []);
  });
});

describe('options that would do nothing', () => {
  const problemsOf = async (...argv: readonly string[]): Promise<string> => {
    const { app, out, problems } = testApp();
    assert.equal(await runProgram(argv, app), 2, argv.join(' '));
    assert.deepEqual(out, []);
    return problems.join('\n');
  };

  it('are refused beside a key, which hands nothing on to its agent', async () => {
    const options = ['--nats', 'nats://n1:4222', '--coordinator-keys', 'KEY'];
    assert.match(
      await problemsOf('auth', 'add-agent', 'h1', ...options),
      /^--nats: .* add --token, or .*\[cli\.usage\]\n--coordinator-keys: .*\[cli\.usage\]$/,
    );
  });

  it('are refused by dqoes ps, whose JSON has every field; an order it has, too', async () => {
    assert.match(
      await problemsOf('ps', '-o', 'json', '--columns', 'job'),
      /^--columns: -o json prints every field: leave one of them out.*\[cli\.usage\]$/,
    );
    const named = (job: string) =>
      allocationStatus({ id: `${job}-1` as AllocationId, job: job as JobName });
    const listed = ['b', 'c', 'a'].map(named);
    const idsOf = (sort?: string) => inOrder(listed, sort).answer.allocations.map(({ id }) => id);
    assert.deepEqual(idsOf(), ['b-1', 'c-1', 'a-1']);
    assert.deepEqual(idsOf('-job'), ['c-1', 'b-1', 'a-1']);
    assert.deepEqual(
      inOrder(listed, undefined).rows.map(({ id }) => id),
      ['a-1', 'b-1', 'c-1'],
    );
  });

  it('are refused by dqoes doctor: of a container without one, others beside one', async () => {
    assert.match(
      await problemsOf('doctor', '--seconds', '5', '--label-prefix', 'a.'),
      /^--seconds: does nothing without --container.*\n--label-prefix: .*\[cli\.usage\]$/,
    );
    const host = ['--config', 'agent.yaml', '--role', 'agent', '--watch', '--nats', 'nats://n1'];
    const problems = (await problemsOf('doctor', '--container', 'web', ...host)).split('\n');
    assert.deepEqual(problems.map((line) => line.split(':')[0]).sort(), [
      '--config',
      '--nats',
      '--role',
      '--watch',
    ]);
  });

  it('are refused where a time to wait is given and nothing is waited for', async () => {
    assert.match(
      await problemsOf('job', 'run', 'jobs.yaml', '--wait-timeout', '5m'),
      /^error: --wait-timeout: without --wait .*: add --wait, .*\[cli\.usage\]$/m,
    );
  });

  it('are refused where another option leaves them nothing to do', async () => {
    const cases: readonly (readonly [string, ...string[]])[] = [
      ['top --once --interval 5s', '--interval: does nothing beside --once, which prints one'],
      ['up --no-console --console-port 1', '--console-port: does nothing beside --no-console, '],
      ['ps -q --columns job', '--columns: does nothing beside --quiet, which prints names only: '],
      ...[
        ...['ps', 'job ls', 'job plan f', 'job diff f', 'node ls', 'secret ls', 'token ls'],
        ...['context ls', 'auth list', 'auth log', 'audit', 'report', 'version'],
      ].map(
        (verb) =>
          [`${verb} -q -o wide`, '--output: does nothing beside --quiet, which prints'] as const,
      ),
      ['ps -o table -q', '--output: does nothing beside --quiet, which prints names only: leave'],
      [
        'lab replay r.jsonl --verify --json - --report a.html --save-scenario b.yaml',
        '--json: does nothing beside --verify, ',
        '--report: does nothing beside --verify, ',
        '--save-scenario: does nothing beside --verify, ',
      ],
      ['lab replay r.jsonl --json - -o yaml', '--output: does nothing beside --json -, which'],
      ['lab sim --json - -o wide', '--output: does nothing beside --json -, which prints the'],
      ['doctor --role agent --context lab', '--context: does nothing beside --role agent, whose'],
      [
        'doctor metrics a b --metric m --preset vllm',
        '--preset: does nothing beside --metric, which is read instead of one: leave one of them',
      ],
      [
        'doctor metrics a b --unit ms',
        '--unit: does nothing without --metric, since a preset has its own: give that, too, or',
      ],
      ...['list', 'log', 'update', 'rotate x', 'revoke x', 'add-agent x'].map(
        (verb) =>
          [
            `auth ${verb} --dir /k --cluster c`,
            '--cluster: does nothing beside --dir, which',
          ] as const,
      ),
    ];
    for (const [asked, ...begins] of cases) {
      const problems = (await problemsOf(...asked.split(' '))).split('\n');
      assert.equal(problems.length, begins.length, `${asked}: ${problems.join('\n')}`);
      for (const [at, begin] of begins.entries()) {
        assert.equal(problems[at]?.slice(0, begin.length), begin, asked);
        assert.match(problems[at] ?? '', /: (?:leave one of them|give that, too, .*) out \[cli/);
      }
    }
  });

  it('are taken where the other option leaves them their work', async () => {
    // Each is refused for a file that is not there, and for nothing else.
    for (const asked of [
      'lab replay /none.jsonl --verify -o json',
      'lab replay /none.jsonl --json /tmp/scores.json -o json',
      'lab sim /none.yaml --json - --report /tmp/page.html',
      'job diff /none.yaml -q -o json',
      'job plan /none.yaml -q -o yaml',
      'doctor metrics /none /none --metric m --unit ms --seconds 5',
    ])
      assert.doesNotMatch(await problemsOf(...asked.split(' ')), /does nothing/, asked);
  });

  it('are refused by dqoes top on a terminal, whose screen has no blocks of lines', async () => {
    const { app, problems } = testApp();
    const screen = { ...app, config: { ...app.config, isDumb: false }, terminal: () => ({}) };
    assert.equal(await runProgram(['top', '--interval', '5s'], screen as unknown as App), 2);
    assert.match(problems.join('\n'), /^--interval: does nothing on a terminal, .*--output json/);
  });

  it('are no options of commands that only read settings', async () => {
    for (const asked of ['coordinator key --nats nats://h', 'agent reset-epoch --creds /k'])
      assert.match(
        await problemsOf(...asked.split(' ')),
        /^error: unknown option '--(nats|creds)'/,
      );
    // With those of the service, by the scripts that remove a package.
    const { app, problems } = testApp();
    const restore = ['agent', 'restore', '--config', '/none.yaml', '--nats', 'nats://h'];
    assert.equal(await runProgram(restore, app), 2);
    assert.doesNotMatch(problems.join('\n'), /--nats/);
  });

  it('are named where only the cluster knows that: a policy that it has stored stays', () => {
    assert.equal(keptPolicy(undefined, 'dqoes'), undefined);
    assert.equal(keptPolicy('dqoes', 'dqoes'), undefined);
    const said = keptPolicy('adaptive', 'equal') ?? '';
    assert.match(
      said,
      /^--policy adaptive .* has equal stored: dqoes policy adaptive changes it\.$/,
    );
  });

  it('are refused as the first of two values that dqoes run is given for one name', async () => {
    // Without its target each is refused, and nothing is connected to.
    const run = (option: string, ...pairs: readonly string[]): Promise<string> =>
      problemsOf('run', ...pairs.flatMap((pair) => [option, pair]), 'web');
    assert.match(
      await run('--constraint', 'zone=a', 'disk=ssd', 'zone=b'),
      /^--constraint zone is given two values: .*\[cli\.usage\]\n/,
    );
    assert.match(await run('--secret', 'KEY=a', 'KEY=b'), /^--secret KEY is given two values: /);
    assert.doesNotMatch(await run('--constraint', 'zone=a', 'zone=a'), /two values/);
    assert.doesNotMatch(await run('--env', 'A=1', 'A=2'), /two values/);
  });
});
