import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ContainerLog, type LogBegin } from '../../../../cli/logs/container-log.js';
import { LogPrinter } from '../../../../cli/logs/printer.js';
import type { LogTarget } from '../../../../cli/logs/targets.js';
import type { AllocationId, ContainerId, NodeId } from '../../../../shared/ids.js';
import { LogWorld } from './world.js';

describe('the log of a container', () => {
  let world: LogWorld;
  let container: ContainerId;
  let target: LogTarget;
  beforeEach(async () => {
    world = new LogWorld();
    await world.start('h1');
    container = world.run('h1', 'a-1');
    const [allocation, node] = ['a-1' as AllocationId, 'h1' as NodeId];
    target = { allocation, name: 'a-1', node, container, life: '1' };
  });

  const follow = (
    begin: Partial<LogBegin> = {},
    style = { prefixed: false, timestamps: false },
  ) => {
    const { bus, subjects, clock, abort } = world;
    const printer = new LogPrinter(world.app, style);
    const deps = { bus, subjects, clock, printer, signal: abort.signal, session: 'abcdefgh' };
    const log = new ContainerLog(target, { live: true, ...begin }, deps);
    return { log, done: log.run() };
  };
  const write = (...lines: readonly string[]): void => world.write('h1', container, ...lines);

  it('is printed from its last lines on', async () => {
    write('1', '2', '3');
    follow({ tail: 2 });
    await world.clock.advance(10);
    write('4');
    await world.clock.advance(10);
    assert.deepEqual(world.out, ['2', '3', '4']);
  });

  it('goes on without a doubled line when its agent has died and come back', async () => {
    follow();
    write('1');
    await world.clock.advance(10);
    world.stop('h1');
    write('2');
    await world.clock.advance(30_000);
    assert.equal(world.messages.length, 1);
    assert.match(world.messages[0] ?? '', /^a-1 on h1: its agent does not answer .*goes on when/);
    await world.start('h1');
    write('3');
    await world.clock.advance(2000);
    assert.deepEqual(world.out, ['1', '2', '3']);
    assert.match(world.messages[1] ?? '', /a-1 on h1: its log is read again/);
    assert.deepEqual(world.problems, []);
  });

  it('says what may be missing where Docker rotated it meanwhile', async () => {
    follow();
    write('1', '2');
    await world.clock.advance(10);
    world.stop('h1');
    write('3', '4');
    world.engineOf('h1').rotate(container, 3);
    await world.clock.advance(10_000);
    await world.start('h1');
    await world.clock.advance(2000);
    assert.deepEqual(world.out, ['1', '2', '4']);
    assert.match(world.problems.join(), /lines after 2099-.*Z may be missing: its log was rotated/);
  });

  it('goes on through a new start of the container, at once when that is known', async () => {
    const { log } = follow();
    write('1');
    await world.clock.advance(10);
    world.engineOf('h1').end(container, 1);
    await world.clock.advance(20_000);
    assert.match(world.messages.join(), /its container has ended; waiting for its next start/);
    world.engineOf('h1').start(container);
    write('2');
    log.observe({ ...target, life: '2' });
    await world.clock.advance(10);
    assert.deepEqual(world.out, ['1', '2']);
    await world.clock.advance(6000);
    assert.match(world.messages.join(), /its container runs again/);
  });

  it('is read to its end when its container is left, and then ends', async () => {
    const { log, done } = follow();
    write('1');
    await world.clock.advance(10);
    write('last');
    world.engineOf('h1').end(container, 0);
    await world.clock.advance(10);
    log.leave();
    await world.clock.advance(10);
    assert.equal(await done, undefined);
    assert.deepEqual(world.out, ['1', 'last']);
    assert.match(world.messages.join(), /a-1 on h1: ended$/);
    assert.deepEqual(world.problems, []);
  });

  it('says that its end may be missing where the container was gone before', async () => {
    const { log, done } = follow();
    write('1');
    await world.clock.advance(10);
    world.stop('h1');
    await world.clock.advance(10);
    world.remove('h1', 'a-1');
    await world.start('h1');
    log.leave();
    await world.clock.advance(10_000);
    await done;
    assert.match(
      world.problems.join(),
      /its container is gone; lines after 2099-.* may be missing/,
    );
  });

  it('ends soon after it is left, though its container runs on', async () => {
    const { log, done } = follow();
    write('1');
    await world.clock.advance(10);
    log.leave();
    write('2');
    await world.clock.advance(20_000);
    assert.equal(await done, undefined);
    assert.deepEqual(world.out, ['1', '2']);
    assert.equal(world.engineOf('h1').containers.get(container)?.watchers.size, 0);
  });

  it('waits for a slow reader, and loses nothing', async () => {
    world.isSlow = true;
    const { done } = follow();
    const lines = Array.from({ length: 3000 }, (_, at) => String(at));
    write(...lines);
    await world.clock.advance(10_000);
    assert.equal(world.out.length, 1000);
    for (let at = 0; at < 5; at += 1) {
      world.take?.();
      await world.clock.advance(1000);
    }
    assert.deepEqual(world.out, lines);
    world.abort.abort();
    await done;
  });

  it('ends at once when the signal aborts, and the node reads it no more', async () => {
    const { done } = follow();
    write('1');
    await world.clock.advance(10);
    assert.equal(world.engineOf('h1').containers.get(container)?.watchers.size, 1);
    world.abort.abort();
    assert.equal(await done, undefined);
    await world.clock.advance(1);
    assert.equal(world.engineOf('h1').containers.get(container)?.watchers.size, 0);
  });

  it('is inert on a terminal, whatever is written', async () => {
    world = new LogWorld({ terminal: true });
    await world.start('h1');
    container = world.run('h1', 'a-1');
    target = { ...target, container };
    const evil = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\rover';
    follow();
    write(evil);
    await world.clock.advance(10);
    assert.match(world.out.join(), /owned/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    assert.doesNotMatch(world.out.join(), /[\u0000-\u001f\u007f-\u009f\u202e]/);
  });

  it('has names and times before its lines where that is asked for', async () => {
    follow({ live: false }, { prefixed: true, timestamps: true });
    write('1');
    await world.clock.advance(10);
    assert.deepEqual(world.out, ['a-1 | 2099-01-01T00:00:00.000000000Z 1']);
  });

  it('has a fault without --follow where nobody answers, or has no such container', async () => {
    const gone = follow({ live: false });
    world.remove('h1', 'a-1');
    await world.clock.advance(10);
    assert.equal((await gone.done)?.code, 'service.not-found');
    world.stop('h1');
    const silent = follow({ live: false });
    await world.clock.advance(10);
    assert.match(
      (await silent.done)?.message ?? '',
      /a-1 on h1 cannot be read: its agent does not/,
    );
  });
});
