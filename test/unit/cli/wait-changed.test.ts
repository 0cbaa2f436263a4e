import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Session } from '../../../cli/shell/session.js';
import { waitForJobs, waitText } from '../../../cli/shell/wait.js';
import type { AllocationStatus, JobStatus } from '../../../proto/schemas/status.js';
import type { AllocationId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { ok } from '../../../shared/result.js';
import { testApp } from '../../lib/cli-app.js';
import { job, jobName, target } from '../coordinator/build.js';
import { allocationStatus, containerReport } from './builders.js';

const NO_IMAGE =
  'a-1: runs on as it was: the container cannot be made: no image web:2 [docker.no-image]';
const STALLED =
  'a runs on as it was: nothing has changed for 20 min: a-1 on h1 is not heard; start h1 ' +
  'or its agent again [schedule.stalled]';
const NO_ROOM = 'a-1: runs on as it was: this host has no memory for it';
const container = { cpuBounds: { minCores: 0.05 }, target: target(1000) };

/** One that runs as its job asks. */
const current = (change: Partial<AllocationStatus> = {}, report: object = {}): AllocationStatus =>
  allocationStatus({ container: containerReport({ ...container, ...report }), ...change });
const outdated = (report: object = {}): AllocationStatus => current({ isOutdated: true }, report);

const look = (
  allocations: readonly AllocationStatus[],
  change: Partial<JobStatus> = {},
  spec: Partial<JobSpec> = {},
): JobStatus => ({
  ...{ spec: job('a', spec), origin: 'dqoes', state: 'running', reasons: [], allocations },
  ...change,
});
const RUNS = look([current()]);

/** Waits for a changed job that is seen so, one a look; the last one stays. */
async function wait(looks: readonly JobStatus[], updated: readonly string[] = ['a']) {
  let count = 0;
  const session = {
    call: async () => {
      count += 1;
      return ok({ jobs: [looks[Math.min(count, looks.length) - 1]] });
    },
  } as unknown as Session;
  const { app, problems } = testApp();
  let nowMs = 0;
  const sleep = async (ms: number): Promise<void> => {
    nowMs += ms;
  };
  const code = await waitForJobs(
    { ...app, clock: { now: () => nowMs, wall: () => nowMs, sleep } },
    session,
    {
      names: [jobName('a')],
      updated: updated.map(jobName),
      flags: { wait: true, waitTimeout: 60_000 },
    },
  );
  return { code, count, nowMs, problems };
}

describe('waiting for jobs that were changed', () => {
  it('goes on while what runs is as it was before', async () => {
    const { code, count } = await wait([look([outdated()]), look([outdated()]), RUNS]);
    assert.deepEqual([code, count], [0, 3]);
    const again = await wait([look([outdated()]), RUNS], []);
    assert.deepEqual([again.code, again.count], [0, 2], 'submitted again, without a change');
    assert.equal((await wait([RUNS])).count, 1);
  });

  it('ends in time, and says what is not changed', async () => {
    const { code, nowMs, problems } = await wait([look([current(), outdated()])]);
    assert.equal(code, 1);
    assert.ok(nowMs > 60_000, `${nowMs}`);
    assert.deepEqual(problems, [
      'a does not run as it was changed yet: a-0 on h1 is still as it was before the change ' +
        '[allocation.not-running]',
    ]);
    const turns = 'a-2 waits to be started again: it moves off h1 first';
    const moving = await wait([look([outdated()], { reasons: [turns] })]);
    assert.match(moving.problems.join(), /as it was changed yet: a-2 waits to be started again/);
  });

  it('ends at once where the new container cannot be made', async () => {
    const held = look([outdated()], { reasons: [NO_IMAGE] });
    const { code, count, problems } = await wait([look([outdated()]), held]);
    assert.deepEqual([code, count], [1, 2]);
    assert.deepEqual(problems, [
      'a cannot be changed: a-1: runs on as it was: the container cannot be made: ' +
        'no image web:2 [docker.no-image]',
    ]);
  });

  it('says at its end why the agent cannot replace the container', async () => {
    const why = 'a-0: the engine did not answer in time: stop [docker.timeout]';
    const { code, nowMs, problems } = await wait([look([outdated()], { reasons: [why] })]);
    assert.deepEqual([code, nowMs > 60_000], [1, true]);
    assert.deepEqual(problems, [`a does not run as it was changed yet: ${why}`]);
  });

  it('ends at once where the change stands still', async () => {
    const held = look([outdated()], { reasons: [STALLED] });
    const { code, count, problems } = await wait([look([outdated()]), held]);
    assert.deepEqual([code, count], [1, 2]);
    assert.deepEqual(problems, [`a cannot be changed: ${STALLED}`]);
  });

  it('does not take what hindered an earlier change for what hinders this one', async () => {
    const held = look([outdated()], { reasons: [NO_IMAGE] });
    assert.equal((await wait([held, held, look([outdated()]), RUNS])).code, 0);
    const stays = await wait([held]);
    assert.equal(stays.code, 1);
    assert.ok(stays.nowMs > 15_000 && stays.nowMs < 16_000, `${stays.nowMs}`);
  });

  it('goes on while a host has no room for the new container', async () => {
    const held = look([outdated()], { reasons: [NO_ROOM] });
    assert.equal((await wait([look([outdated()]), held, held, RUNS])).code, 0);
    const { code, nowMs, problems } = await wait([held]);
    assert.deepEqual([code, nowMs > 60_000], [1, true]);
    assert.match(problems.join(), /yet: a-1: runs on as it was: this host has no memory for it/);
  });

  it('does not take the end of the container before for that of the new one', async () => {
    const ended = look([outdated({ state: 'failed', reason: 'exited with code 143' })], {
      state: 'failed',
    });
    const pending = look([current({ container: null })], { state: 'pending' });
    assert.equal((await wait([look([outdated()]), ended, pending, RUNS])).code, 0);
    const failed = look([current({}, { state: 'failed' })], { state: 'failed' });
    const { code, count } = await wait([look([outdated()]), ended, pending, failed]);
    assert.deepEqual([code, count], [1, 4]);
  });

  it('goes on while there are more containers than are asked for', async () => {
    const second = current({ id: 'a-2' as AllocationId });
    const { code, count } = await wait([look([current(), second]), RUNS]);
    assert.deepEqual([code, count], [0, 2]);
    const moves = current({ id: 'a-2' as AllocationId, replaces: 'a-0' as AllocationId });
    assert.equal((await wait([look([current(), moves])])).count, 1, 'it only moves');
  });

  it('compares what a coordinator of 0.1.0 says', async () => {
    const counted = async (spec: Partial<JobSpec>, report: object = {}) =>
      (await wait([look([current({}, report)], {}, spec), RUNS])).count;
    assert.equal(await counted({}), 1);
    assert.equal(await counted({ image: 'dqoes/tiny:2' }), 2);
    assert.equal(await counted({ target: target(500) }), 2);
    assert.equal(await counted({ weight: 2 }), 2);
    assert.equal(await counted({ resources: { cpu: { minCores: 0.05, maxCores: 1 } } }), 2);
    const hash = `sha256:${'ab'.repeat(32)}`;
    assert.equal(await counted({}, { image: hash }), 1, 'its name is that of a newer image');
    const image = `registry.example/${'x'.repeat(300)}:1`;
    const reported = { image: image.slice(0, 256) };
    assert.equal(await counted({ image }, reported), 1, 'its agent has cut the name');
  });

  it('shows how many are changed', () => {
    const text = waitText([look([current(), outdated()])], 1);
    assert.match(text, / 1 of 2 .*: a-0 is not changed yet$/);
  });
});
