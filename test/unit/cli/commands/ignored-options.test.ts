import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inOrder } from '../../../../cli/commands/ps.js';
import { runProgram } from '../../../../cli/program.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';
import { allocationStatus } from '../builders.js';

describe('options that exclude each other', () => {
  it('are refused by dqoes events before it connects', async () => {
    const { app, out, problems } = testApp();
    assert.equal(await runProgram(['events', '--from', '7', '--tail', '2'], app), 2);
    assert.match(
      problems.join('\n'),
      /^--tail: with --from .*: leave one of them out \[cli\.usage/,
    );
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
