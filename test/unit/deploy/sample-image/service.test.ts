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
  createService(about: { model: string; batchNow: () => number }): {
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

  it('turns strangers away when many wait, but not its own client', async () => {
    const { service, prepared } = serviceOf(() => 1);
    const many = Array.from({ length: 64 }, () => service.offer(prepared));
    await assert.rejects(service.offer(prepared), QueueFull);
    await service.ask(prepared);
    await Promise.all(many);
    await service.offer(prepared);
  });
});
