// cspell:ignore celar faec
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { printLast } from '../../../../cli/commands/job-logs.js';
import { LogPrinter } from '../../../../cli/logs/printer.js';
import { readJobs } from '../../../../cli/logs/read-jobs.js';
import type { Session } from '../../../../cli/shell/session.js';
import { notFound } from '../../../../coordinator/api/faults.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { allocationStatus, containerReport } from '../builders.js';

const FACE = 'face' as JobName;
const SHOP = 'shop' as JobName;
const ADOPTED = 'adopted-abc123000000' as AllocationId;
const ALLOCATIONS = [
  allocationStatus({ id: 'face-1' as AllocationId, job: FACE }),
  allocationStatus({
    ...{ id: ADOPTED, job: SHOP },
    container: containerReport({ origin: 'label', job: SHOP, name: 'wine-cellar' }),
  }),
];

/** A cluster with the jobs `face` and `shop`; counts how often all allocations were listed. */
function cluster() {
  const made = testApp();
  let lists = 0;
  const call = async (verb: string, { name = '' }: { readonly name?: string }) => {
    if (verb === 'job-status') return err(notFound('job', name, [FACE, SHOP]));
    assert.equal(verb, 'allocation-list');
    lists += 1;
    return ok({ allocations: ALLOCATIONS });
  };
  const session = { call } as unknown as Session;
  return { ...made, session, lists: () => lists };
}

async function problemsOf(name: string): Promise<readonly string[]> {
  const { app, session, problems } = cluster();
  assert.equal(await printLast(app, session, { names: [name], tail: 10 }), 1);
  return problems;
}

describe('dqoes job logs of a job that nobody knows', () => {
  it('looks through the allocations once', async () => {
    const last = cluster();
    assert.equal(await printLast(last.app, last.session, { names: ['faec'], tail: 10 }), 1);
    assert.equal(last.lists(), 1);
    const { app, session, lists, problems } = cluster();
    const printer = new LogPrinter(app, { prefixed: false, timestamps: false });
    assert.equal(await readJobs(app, session, { names: ['faec'], begin: {}, printer }), 1);
    assert.deepEqual([lists(), problems], [1, last.problems]);
  });

  it('says in one line which job may be meant', async () => {
    const NO = 'list them with "dqoes job ls" [service.not-found]';
    assert.deepEqual(await problemsOf('faec'), [
      `there is no job faec (did you mean face?): ${NO}`,
    ]);
    assert.deepEqual(await problemsOf('faec-1'), [
      `there is no job faec-1 (did you mean face?): ${NO}`,
    ]);
    assert.deepEqual(await problemsOf('nobody'), [`there is no job nobody: ${NO}`]);
  });

  it('says of which job a container is that goes by the name, or nearly', async () => {
    const CODE = '[service.not-found]';
    const isOf = (job: string): string => `it is a container of the job ${job}, ask for that`;
    assert.deepEqual(await problemsOf('face-1'), [
      `there is no job face-1: ${isOf('face')} ${CODE}`,
    ]);
    for (const name of ['wine-cellar', ADOPTED])
      assert.deepEqual(await problemsOf(name), [
        `there is no job ${name}: ${isOf('shop')} ${CODE}`,
      ]);
    assert.deepEqual(await problemsOf('wine-celar'), [
      'there is no job wine-celar (did you mean the container wine-cellar?): ' +
        `ask for its job, shop ${CODE}`,
    ]);
  });
});
