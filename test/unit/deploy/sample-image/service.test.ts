import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { describe, it } from 'mocha';
import { programModule } from './program.js';

interface Answer {
  readonly ms: number;
  readonly model: string;
  readonly batch: number;
  readonly n: number;
}

interface Prepared {
  readonly count: number;
  infer(index: number): Promise<object>;
}

const { createService, QueueFull } = await programModule<{
  createService(about: {
    model: string;
    batchNow: () => number;
    waitMs?: number;
    concurrency?: number;
    wait?: (ms: number) => Promise<unknown>;
  }): {
    ask(prepared: Prepared, askedAt?: number): Promise<{ readonly answer: Answer }>;
    offer(prepared: Prepared): Promise<unknown>;
  };
  readonly QueueFull: new () => Error;
}>('service.mjs');

function serviceOf(batchNow: () => number) {
  const parts: number[] = [];
  const service = createService({ model: 'm', batchNow });
  const prepared: Prepared = {
    count: 3,
    infer: async (index) => {
      parts.push(index);
      return {};
    },
  };
  return { service, prepared, parts };
}

/** A service whose waits end when the test says so, asked this often at once. */
function waitingService(count: number, concurrency?: number) {
  const ends: (() => void)[] = [];
  const inferred: number[] = [];
  const service = createService({
    model: 'm',
    batchNow: () => 1,
    waitMs: 200,
    wait: (ms) => {
      assert.equal(ms, 200);
      return new Promise((resolve) => ends.push(() => resolve(undefined)));
    },
    ...(concurrency === undefined ? {} : { concurrency }),
  });
  const answers = Array.from({ length: count }, (_, index) =>
    service.ask({
      count: 1,
      infer: async () => {
        inferred.push(index);
        return {};
      },
    }),
  );
  return { ends, inferred, answers };
}

/** Everything that needs no wait to end has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('sample image: the service', () => {
  it('counts the response time from when the request arrived', async () => {
    const { service, prepared } = serviceOf(() => 1);
    const { answer } = await service.ask(prepared, performance.now() - 60_000);
    assert.ok(answer.ms >= 60_000);
  });

  it('takes the batch in force when it begins to serve, and says so in the line', async () => {
    let batch = 2;
    const { service, prepared, parts } = serviceOf(() => batch);
    const first = await service.ask(prepared);
    batch = 5;
    const second = await service.ask(prepared);
    assert.deepEqual(
      [first, second].map(({ answer }) => [answer.batch, answer.n]),
      [
        [2, 1],
        [5, 2],
      ],
    );
    assert.deepEqual(parts, [0, 1, 2, 0, 1, 2, 0]);
    assert.deepEqual(Object.keys(first.answer), ['ms', 'cpuMs', 'model', 'batch', 'n']);
  });

  it('lets all requests wait beside each other, and infers as their waits end', async () => {
    const { ends, inferred, answers } = waitingService(5);
    await settled();
    assert.equal(ends.length, 5);
    for (const at of [1, 0, 2, 4, 3]) ends[at]?.();
    await Promise.all(answers);
    assert.deepEqual(inferred, [1, 0, 2, 4, 3]);
  });

  it('begins with no more than its concurrency at a time, first come, first served', async () => {
    const { ends, inferred, answers } = waitingService(4, 2);
    await settled();
    assert.equal(ends.length, 2);
    ends[0]?.();
    await answers[0];
    await settled();
    assert.equal(ends.length, 3);
    ends[1]?.();
    ends[2]?.();
    await Promise.all(answers.slice(0, 3));
    await settled();
    assert.equal(ends.length, 4);
    ends[3]?.();
    await Promise.all(answers);
    assert.deepEqual(inferred, [0, 1, 2, 3]);
  });

  it('turns strangers away when many wait, but not its own client', async () => {
    const { service, prepared } = serviceOf(() => 1);
    const many = Array.from({ length: 64 }, () => service.offer(prepared));
    await assert.rejects(service.offer(prepared), QueueFull);
    await service.ask(prepared);
    await Promise.all(many);
    await service.offer(prepared);
  });
});
