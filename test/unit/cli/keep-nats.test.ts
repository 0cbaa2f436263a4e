import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keepNats } from '../../../cli/up/keep-nats.js';
import type { NatsServer } from '../../../cli/up/nats-server.js';
import { silentLog } from '../../../shared/log.js';
import { err, ok, type Result } from '../../../shared/result.js';
import { ManualClock } from '../../lib/manual-clock.js';

/** Servers that end when told. */
function servers() {
  const started: { readonly die: (why: string) => void; isStopped: boolean }[] = [];
  let refusal = '';
  let failure: Error | undefined;
  const start = async (): Promise<Result<NatsServer>> => {
    if (failure !== undefined) throw failure;
    if (refusal !== '') return err([{ code: 'nats.unavailable', field: 'nats', message: refusal }]);
    let die: (why: string) => void = () => {};
    const died = new Promise<string>((resolve) => {
      die = resolve;
    });
    const server = { die, isStopped: false };
    started.push(server);
    return ok({
      url: 'nats://127.0.0.1:1',
      died,
      stop: async () => {
        server.isStopped = true;
      },
    });
  };
  const refuse = (why: string): void => {
    refusal = why;
  };
  const fail = (cause: Error | undefined): void => {
    failure = cause;
  };
  return { started, start, refuse, fail };
}

async function kept() {
  const clock = new ManualClock();
  const world = servers();
  const server = await keepNats({ start: world.start, log: silentLog, clock });
  assert.ok(server.ok);
  let death: string | undefined;
  void server.value.died.then((why) => {
    death = why;
  });
  return { ...world, clock, server: server.value, death: () => death };
}

describe('keepNats', () => {
  it('starts the server again whenever it ends, for as long as that is rare', async () => {
    const { started, clock, death, server } = await kept();
    for (let i = 0; i < 20; i += 1) {
      started.at(-1)?.die('killed by SIGKILL');
      await clock.advance(20_000);
      assert.equal(started.length, i + 2);
    }
    assert.equal(death(), undefined);
    await server.stop();
    assert.deepEqual(
      started.map(({ isStopped }) => isStopped),
      started.map((_, i) => i === 20),
    );
  });

  it('gives up one that ends at once again and again, with the last reason', async () => {
    const { started, clock, death } = await kept();
    for (let i = 0; i < 6; i += 1) {
      assert.equal(death(), undefined);
      started.at(-1)?.die(`reason ${i}`);
      await clock.advance(5000);
    }
    assert.match(death() ?? '', /6 times within a minute.*reason 5/);
    assert.equal(started.length, 6);
  });

  it('tries again where it cannot be started, and gives up with that reason', async () => {
    const { started, clock, death, refuse } = await kept();
    refuse('the disk is full');
    started[0]?.die('no space left on device');
    await clock.advance(30_000);
    assert.match(death() ?? '', /the disk is full/);
  });

  it('comes back where the reason passes', async () => {
    const { started, clock, death, refuse } = await kept();
    refuse('the disk is full');
    started[0]?.die('no space left on device');
    await clock.advance(500);
    refuse('');
    await clock.advance(5000);
    assert.deepEqual([started.length, death()], [2, undefined]);
  });

  it('tries again where a start throws, as on a disk that is full', async () => {
    const { started, clock, death, fail, server } = await kept();
    fail(new Error('ENOSPC: no space left on device'));
    started[0]?.die('killed by SIGKILL');
    await clock.advance(1000);
    fail(undefined);
    await clock.advance(10_000);
    assert.deepEqual([started.length, death()], [2, undefined]);
    await server.stop();
  });

  it('starts nothing after a stop, also between two tries', async () => {
    const { started, clock, server, death } = await kept();
    started[0]?.die('killed');
    await clock.advance(1);
    await server.stop();
    await clock.advance(60_000);
    assert.deepEqual([started.length, death()], [1, undefined]);
  });

  it('passes on the faults of the first start', async () => {
    const world = servers();
    world.refuse('the port is taken');
    const result = await keepNats({
      start: world.start,
      log: silentLog,
      clock: new ManualClock(),
    });
    assert.ok(!result.ok && result.error[0]?.message === 'the port is taken');
  });
});
