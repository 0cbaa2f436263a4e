import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { printLast } from '../../../../cli/commands/job-logs.js';
import { followJobs } from '../../../../cli/logs/follow-jobs.js';
import { LogPrinter } from '../../../../cli/logs/printer.js';
import { readJobs } from '../../../../cli/logs/read-jobs.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, ContainerId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { allocationStatus, containerReport } from '../builders.js';
import { LogWorld } from './world.js';

const LEFT = 'job a was stopped, but is not gone: stopping on h1';

describe('dqoes job logs of a job that is being stopped', () => {
  let world: LogWorld;
  let container: ContainerId;
  let left: readonly AllocationStatus[] = [];
  /** The job is there, and its container is that of the stopping one. */
  let isThere = false;
  beforeEach(async () => {
    world = new LogWorld();
    await world.start('h1');
    container = world.run('h1', 'a-1');
    world.write('h1', container, 'last words');
    const one = allocationStatus({
      ...{ id: 'a-1' as AllocationId, isStopping: true, reason: 'stopping' },
      container: containerReport({ containerId: container, lifeId: container }),
    });
    left = [one, allocationStatus({ id: 'b-1' as AllocationId, job: 'b' as never })];
    isThere = false;
  });

  const session = (): Session =>
    ({
      ...{ bus: world.bus, subjects: world.subjects, cluster: 'test' },
      call: async (verb: string, { name }: { name: string }) => {
        if (verb === 'allocation-list') return ok({ allocations: left });
        const allocations = left.filter(({ job }) => job === name);
        const message = allocations.length > 0 ? LEFT : `there is no job ${name}`;
        return isThere
          ? ok({ job: { spec: { name, replicas: 1 }, allocations } })
          : err([{ code: 'service.not-found', field: 'name', message }]);
      },
    }) as unknown as Session;
  const printer = () => new LogPrinter(world.app, { prefixed: false, timestamps: false });
  const question = () => ({ names: ['a'], begin: { tail: 100 }, printer: printer() });

  it('prints what its containers wrote, and that it is being stopped', async () => {
    const done = readJobs(world.app, session(), question());
    await world.clock.advance(100);
    assert.equal(await done, 0);
    assert.deepEqual([world.out, world.messages], [['last words'], [LEFT]]);
    const last = printLast(world.app, session(), { names: ['a'], tail: 10 });
    await world.clock.advance(100);
    assert.equal(await last, 0);
    assert.deepEqual(world.out, ['last words', 'last words']);
    assert.deepEqual(world.messages, [LEFT, LEFT]);
  });

  it('is not found once its containers are gone', async () => {
    left = [];
    assert.equal(await readJobs(world.app, session(), question()), 1);
    assert.match(world.problems.join(), /there is no job a/);
  });

  it('is followed until it is gone, also where it is stopped meanwhile', async () => {
    isThere = true;
    const done = followJobs(world.app, session(), question());
    await world.clock.advance(10);
    isThere = false;
    await world.clock.advance(20_000);
    world.write('h1', container, 'still here');
    await world.clock.advance(100);
    assert.deepEqual([world.out, world.messages], [['last words', 'still here'], [LEFT]]);
    world.engineOf('h1').end(container, 0);
    await world.clock.advance(10_000);
    left = [];
    await world.clock.advance(10_000);
    assert.equal(await done, 0);
    assert.deepEqual(world.messages, [LEFT, 'a-1 on h1: ended', 'a was stopped.']);
  });
});
