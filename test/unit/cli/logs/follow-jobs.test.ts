import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { followJobs } from '../../../../cli/logs/follow-jobs.js';
import { LogPrinter } from '../../../../cli/logs/printer.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, ContainerId, NodeId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { allocationStatus, containerReport } from '../builders.js';
import { LogWorld } from './world.js';

describe('dqoes job logs --follow', () => {
  let world: LogWorld;
  let jobs: Map<string, readonly AllocationStatus[]>;
  let isDown = false;
  beforeEach(async () => {
    world = new LogWorld();
    isDown = false;
    jobs = new Map();
    for (const node of ['h1', 'h2']) await world.start(node);
  });

  const placed = (
    allocation: string,
    node: string,
    container: ContainerId,
    replaces?: string,
  ): AllocationStatus =>
    allocationStatus({
      id: allocation as AllocationId,
      node: node as NodeId,
      container: containerReport({ containerId: container, lifeId: container }),
      ...(replaces === undefined ? {} : { replaces: replaces as AllocationId }),
    });
  const fault = (code: string) => err([{ code, field: 'name', message: code }]);
  const session = (): Session =>
    ({
      bus: world.bus,
      subjects: world.subjects,
      cluster: 'test',
      call: async (verb: string, { name }: { name: string }) => {
        if (isDown) return fault('service.unavailable');
        const allocations = jobs.get(name);
        if (verb === 'allocation-list') return ok({ allocations: [] });
        return allocations === undefined
          ? fault('service.not-found')
          : ok({ job: { spec: { name, replicas: 1 }, allocations } });
      },
    }) as unknown as Session;
  const follow = (...names: readonly string[]) => {
    const style = { prefixed: names.length > 1, timestamps: false };
    return followJobs(world.app, session(), {
      ...{ names, begin: { tail: 100 } },
      printer: new LogPrinter(world.app, style),
    });
  };

  it('goes with a job that moves to another node', async () => {
    const before = world.run('h1', 'a-1');
    jobs.set('a', [placed('a-1', 'h1', before)]);
    const done = follow('a');
    world.write('h1', before, 'on h1');
    await world.clock.advance(10);
    const after = world.run('h2', 'a-2');
    jobs.set('a', [placed('a-1', 'h1', before), placed('a-2', 'h2', after, 'a-1')]);
    world.write('h2', after, 'on h2');
    await world.clock.advance(2100);
    world.write('h1', before, 'bye');
    world.engineOf('h1').end(before, 0);
    await world.clock.advance(100);
    world.remove('h1', 'a-1');
    jobs.set('a', [placed('a-2', 'h2', after)]);
    await world.clock.advance(4100);
    world.write('h2', after, 'still');
    await world.clock.advance(100);
    assert.deepEqual(world.out, ['on h1', 'on h2', 'bye', 'still']);
    assert.deepEqual(world.messages, ['a-1 moves from h1 to h2, as a-2', 'a-1 on h1: ended']);
    assert.deepEqual(world.problems, []);
    world.abort.abort();
    assert.equal(await done, 0);
  });

  it('goes on while no coordinator answers, and says so once', async () => {
    const container = world.run('h1', 'a-1');
    jobs.set('a', [placed('a-1', 'h1', container)]);
    const done = follow('a');
    await world.clock.advance(10);
    isDown = true;
    await world.clock.advance(20_000);
    world.write('h1', container, 'heard');
    await world.clock.advance(10);
    isDown = false;
    await world.clock.advance(2100);
    assert.deepEqual(world.out, ['heard']);
    assert.equal(world.messages.length, 2);
    assert.match(world.messages[0] ?? '', /^The coordinator does not answer: logs are followed/);
    assert.match(world.messages[1] ?? '', /^The coordinator answers again/);
    world.abort.abort();
    assert.equal(await done, 0);
  });

  it('shows several jobs, each line with the name of its allocation', async () => {
    const [a, b] = [world.run('h1', 'a-1'), world.run('h2', 'b-1')];
    jobs.set('a', [placed('a-1', 'h1', a)]);
    jobs.set('b', [placed('b-1', 'h2', b)]);
    void follow('a', 'b');
    await world.clock.advance(10);
    world.write('h1', a, 'from a');
    await world.clock.advance(10);
    world.write('h2', b, 'from b');
    await world.clock.advance(10);
    assert.deepEqual(world.out, ['a-1 | from a', 'b-1 | from b']);
    world.abort.abort();
  });

  it('waits for a first container, and ends when the job is stopped', async () => {
    jobs.set('a', []);
    const done = follow('a');
    await world.clock.advance(10);
    assert.match(world.messages[0] ?? '', /^a has no container yet: waiting/);
    const container = world.run('h1', 'a-1');
    world.write('h1', container, 'hello');
    jobs.set('a', [placed('a-1', 'h1', container)]);
    await world.clock.advance(2100);
    assert.deepEqual(world.out, ['hello']);
    world.engineOf('h1').end(container, 0);
    jobs.delete('a');
    await world.clock.advance(10_000);
    assert.equal(await done, 0);
    assert.match(world.messages.join('\n'), /^a was stopped\.$/m);
  });

  it('ends with the fault of a job that is not there', async () => {
    const done = follow('nope');
    await world.clock.advance(10);
    assert.equal(await done, 1);
    assert.match(world.problems.join(), /service\.not-found/);
  });
});
