import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobs, stopAll } from '../../../../cli/commands/job.js';
import { tableLines } from '../../../../cli/output/table.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { JobStatus, StoppingJob } from '../../../../proto/schemas/status.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { job, jobName } from '../../coordinator/build.js';
import { allocationStatus } from '../builders.js';

const WHY = 'stopping: h1 is silent, and removes it once it is back';
const left = allocationStatus({ isStopping: true, reason: WHY });
const stopping: StoppingJob = { name: jobName('b'), reasons: [`b-1: ${WHY}`], allocations: [left] };
const status = (name: string): JobStatus => ({
  ...{ spec: job(name), origin: 'dqoes', state: 'running', reasons: [] },
  allocations: [allocationStatus()],
});
const sessionOver = (answer: object): Session =>
  ({ call: async () => ok(answer) }) as unknown as Session;

describe('dqoes job ls', () => {
  const listed = async (answer: object) => {
    const view = await jobs(sessionOver(answer));
    assert.ok(view.ok);
    return view.value;
  };

  it('shows what was stopped and still has containers, in its place, with the reason', async () => {
    const view = await listed({ jobs: [status('a'), status('c')], stopping: [stopping] });
    const [, a, b, c] = tableLines(view.columns, view.rows, { wide: false, colour: false });
    assert.match(a ?? '', /^a +running +1\/1 /);
    assert.match(b ?? '', /^b +stopping +1\/0 +- +- +dqoes\/tiny:1 +b-1: stopping: h1 is silent/);
    assert.match(c ?? '', /^c +running/);
  });

  it('gives programs both, and -q the names of jobs alone', async () => {
    const view = await listed({ jobs: [status('a')], stopping: [stopping] });
    assert.deepEqual(view.answer, { jobs: [status('a')], stopping: [stopping] });
    assert.deepEqual(
      view.rows.map((row) => view.nameOf(row)),
      ['a', undefined],
    );
  });

  it('has nothing of it where there is none, as of an earlier coordinator', async () => {
    const view = await listed({ jobs: [status('a')] });
    assert.deepEqual([view.answer, view.rows.length], [{ jobs: [status('a')] }, 1]);
  });
});

describe('dqoes job stop', () => {
  it('says which containers are still there, and why', async () => {
    const { app, out, problems } = testApp();
    const session = sessionOver({ stopped: 'b', remaining: [`b-1: ${WHY}`] });
    const asked = { names: [jobName('b')], flags: { output: 'table' } } as const;
    assert.equal(await stopAll(app, session, asked), 0);
    assert.deepEqual(out, ['b stopped']);
    assert.deepEqual(problems, [`Its container is still there: b-1: ${WHY}`]);
  });
});
