import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FairQueue } from '../../../shared/fair-queue.js';
import { settle } from '../../lib/manual-clock.js';

/** A queue whose work ends when the test says so. */
class World {
  readonly queue: FairQueue;
  readonly begun: string[] = [];
  readonly busy: string[] = [];
  readonly #open: (() => void)[] = [];
  running = 0;
  most = 0;

  constructor(running: number, waiting: number) {
    this.queue = new FairQueue({ running, waiting });
  }

  add(key: string, name: string, places = 1): void {
    const work = async (): Promise<void> => {
      this.begun.push(name);
      this.running += 1;
      this.most = Math.max(this.most, this.running);
      await new Promise<void>((resolve) => this.#open.push(resolve));
      this.running -= 1;
    };
    void this.queue.run({ key, places }, work).then((ran) => {
      if (!ran.ok) this.busy.push(name);
    });
  }

  /** Those that run end, one after the other, until none is left. */
  async drain(): Promise<void> {
    await settle();
    while (this.#open.length > 0) {
      this.#open.shift()?.();
      await settle();
    }
  }
}

describe('a queue with turns by key', () => {
  it('gives keys turns and keeps the order of each', async () => {
    const world = new World(1, 9);
    for (const name of ['a1', 'a2', 'a3', 'a4']) world.add('a', name);
    for (const name of ['b1', 'b2']) world.add('b', name);
    await world.drain();
    assert.deepEqual(world.begun, ['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('takes the newest of the key that has most for one that has fewer', async () => {
    const world = new World(1, 3);
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) world.add('a', name);
    for (const name of ['b1', 'b2', 'b3']) world.add('b', name);
    await world.drain();
    assert.deepEqual(world.busy.sort(), ['a3', 'a4', 'a5', 'b3']);
    assert.deepEqual(world.begun, ['a1', 'b1', 'a2', 'b2']);
  });

  it('counts the places of a piece of work', async () => {
    const world = new World(1, 4);
    world.add('a', 'a1');
    world.add('a', 'large', 4);
    world.add('a', 'a2');
    world.add('b', 'b1');
    world.add('b', 'too large', 5);
    await world.drain();
    assert.deepEqual(world.busy.sort(), ['a2', 'large', 'too large']);
    assert.deepEqual(world.begun, ['a1', 'b1']);
  });

  it('goes on after work that fails', async () => {
    const queue = new FairQueue({ running: 1, waiting: 1 });
    const fails = queue.run({ key: 'a' }, async () => {
      throw new Error('fails');
    });
    const next = queue.run({ key: 'a' }, async () => 1);
    await assert.rejects(fails, /fails/);
    assert.deepEqual(await next, { ok: true, value: 1 });
  });

  it('keeps its bounds, runs or refuses each once, and never shuts a key out', async () => {
    const call = fc.record({ key: fc.constantFrom('a', 'b', 'c'), drains: fc.boolean() });
    const asked = fc.array(call, { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 1, max: 3 }), async (calls, running) => {
        const world = new World(running, 3);
        for (const [at, { key, drains }] of calls.entries()) {
          world.add(key, `${key}${at}`);
          if (drains) await world.drain();
        }
        await world.drain();
        const all = [...world.begun, ...world.busy].sort();
        assert.deepEqual(all, calls.map(({ key }, at) => `${key}${at}`).sort());
        assert.ok(world.most <= running);
        for (const { key } of calls) assert.ok(world.begun.some((name) => name.startsWith(key)));
      }),
    );
  });
});
