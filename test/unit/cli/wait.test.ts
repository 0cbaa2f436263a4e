import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Session } from '../../../cli/shell/session.js';
import { waitForJobs } from '../../../cli/shell/wait.js';
import { err, ok } from '../../../shared/result.js';
import { testApp } from '../../lib/cli-app.js';
import { job, jobName } from '../coordinator/build.js';

/** A cluster whose job is in these states, one a look; the last one stays; `stopped`: none is. */
async function wait(
  states: readonly string[],
  updated: readonly string[],
  allocations: readonly unknown[] = [],
) {
  let looks = 0;
  const session = {
    call: async () => {
      const state = states[Math.min(looks, states.length - 1)];
      looks += 1;
      if (state === 'away') return err([{ code: 'service.unavailable', field: '', message: 'no' }]);
      const found = { spec: job('a'), state, reasons: ['exited with code 3'], allocations };
      return ok({ jobs: state === 'stopped' ? [] : [found] });
    },
  } as unknown as Session;
  const { app, problems } = testApp();
  let nowMs = 0;
  const clock = {
    now: () => nowMs,
    wall: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
  const code = await waitForJobs({ ...app, clock }, session, {
    names: [jobName('a')],
    updated: updated.map(jobName),
    flags: { wait: true, waitTimeout: 60_000 },
  });
  return { code, nowMs, problems };
}

describe('waiting for jobs', () => {
  it('takes the failure of a new job at its word', async () => {
    const { code, problems } = await wait(['pending', 'failed'], []);
    assert.equal(code, 1);
    assert.match(problems.join(), /exited with code 3/);
  });

  it('does not take the failure of the container before for that of a changed job', async () => {
    assert.equal((await wait(['failed', 'failed', 'pending', 'running'], ['a'])).code, 0);
  });

  it('does not take a container that is started again and again for one that runs', async () => {
    const reason = 'restarting: it ended 3 times, last with exit code 3; docker logs a-1 says why';
    const allocations = [{ node: 'h1', reason: '', container: { state: 'running', reason } }];
    const { code, problems } = await wait(['running'], [], allocations);
    assert.equal(code, 1);
    assert.match(problems.join(), /a does not run yet: .*exited with code 3/);
    assert.equal((await wait(['running'], [])).code, 0);
  });

  it('does not take a job that is not there for one that runs', async () => {
    const { code, nowMs, problems } = await wait(['pending', 'pending', 'stopped'], []);
    assert.equal(code, 1);
    assert.match(problems.join(), /a is not there: it was stopped meanwhile/);
    assert.ok(nowMs < 1000, `${nowMs}`);
    const never = await wait(['stopped'], []);
    assert.equal(never.code, 1);
    assert.match(never.problems.join(), /a is not there/);
  });

  it('takes it where the new container failed, too, or none comes', async () => {
    assert.equal((await wait(['failed', 'pending', 'failed'], ['a'])).code, 1);
    const { code, nowMs } = await wait(['failed'], ['a']);
    assert.equal(code, 1);
    assert.ok(nowMs > 15_000 && nowMs < 16_000, `${nowMs}`);
  });

  it('goes on where another coordinator takes over, and not for ever', async () => {
    const { code, problems } = await wait(['pending', 'away', 'away', 'running'], []);
    assert.deepEqual([code, problems], [0, []]);
    const never = await wait(['pending', 'away'], []);
    assert.equal(never.code, 1);
    assert.match(never.problems.join(), /service\.unavailable/);
    assert.ok(never.nowMs > 60_000, `${never.nowMs}`);
  });
});
