import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { programModule } from './program.js';

interface Reply {
  readonly answer: { readonly ms: number; readonly cpuMs: number };
}

interface OpenLoop {
  readonly arrivals: Iterator<number>;
  readonly requests: number | undefined;
  readonly clock: { nowMs(): number; sleepUntil(ms: number): Promise<void> };
  onDropped(dropped: number, waiting: number): void;
  readonly maxWaiting?: number;
}

interface Summary {
  readonly requests: number;
  readonly meanMs: number;
  readonly dropped: number;
}

type Run = (serve: (arrivedAtMs: number) => Promise<Reply>, loop: OpenLoop) => Promise<Summary>;
const { runOpenLoop, runOverlappingLoop } = await programModule<{
  readonly runOpenLoop: Run;
  readonly runOverlappingLoop: Run;
}>('open-loop.mjs');

function* moments(values: readonly number[]): Generator<number, number, void> {
  yield* values;
  return Number.POSITIVE_INFINITY;
}

interface Play {
  /** What each service takes. */
  readonly takesMs: readonly number[];
  readonly maxWaiting?: number;
  /** How much later than asked each sleep ends, the last one for all further. */
  readonly lateMs?: readonly number[];
}

/** Time passes only in services and in sleep. */
async function play(values: readonly number[], { takesMs, maxWaiting, lateMs = [0] }: Play) {
  let nowMs = 0;
  let sleeps = 0;
  const served: { arrivedAtMs: number; begunAtMs: number; ms: number }[] = [];
  const drops: [dropped: number, waiting: number, atMs: number][] = [];
  const serve = async (arrivedAtMs: number): Promise<Reply> => {
    const begunAtMs = nowMs;
    nowMs += takesMs[served.length] ?? 0;
    const ms = nowMs - arrivedAtMs;
    served.push({ arrivedAtMs, begunAtMs, ms });
    return { answer: { ms, cpuMs: 1 } };
  };
  const summary = await runOpenLoop(serve, {
    arrivals: moments(values),
    requests: takesMs.length,
    clock: {
      nowMs: () => nowMs,
      sleepUntil: async (ms) => {
        nowMs = Math.max(nowMs, ms + (lateMs[sleeps] ?? lateMs.at(-1) ?? 0));
        sleeps += 1;
      },
    },
    onDropped: (dropped, waiting) => drops.push([dropped, waiting, nowMs]),
    ...(maxWaiting === undefined ? {} : { maxWaiting }),
  });
  return { summary, served, drops };
}

describe('sample image: the open loop', () => {
  it('waits for the next arrival and never serves before it', async () => {
    const { served } = await play([100, 500], { takesMs: [30, 30] });
    assert.deepEqual(served, [
      { arrivedAtMs: 100, begunAtMs: 100, ms: 30 },
      { arrivedAtMs: 500, begunAtMs: 500, ms: 30 },
    ]);
  });

  it('counts the wait of arrivals while it was held up from when they were due', async () => {
    const { served, summary } = await play([0, 10, 20, 2000], { takesMs: [1000, 5, 5, 5] });
    assert.deepEqual(
      served.map(({ ms }) => ms),
      [1000, 995, 990, 5],
    );
    assert.equal(summary.meanMs, 747.5);
    assert.equal(summary.dropped, 0);
  });

  it('counts a late waking as waiting', async () => {
    const { served } = await play([100], { takesMs: [30], lateMs: [7] });
    assert.equal(served[0]?.ms, 37);
  });

  it('sleeps again when woken early', async () => {
    const { served } = await play([100], { takesMs: [30], lateMs: [-60, -0.5, 0] });
    assert.deepEqual(served, [{ arrivedAtMs: 100, begunAtMs: 100, ms: 30 }]);
  });

  it('drops who finds the queue full, counts them, and answers only the others', async () => {
    const { served, summary, drops } = await play([0, 1, 2, 3, 4, 5, 900], {
      takesMs: [100, 5, 5, 5],
      maxWaiting: 2,
    });
    assert.deepEqual(
      served.map(({ arrivedAtMs }) => arrivedAtMs),
      [0, 1, 2, 900],
    );
    assert.equal(summary.requests, 4);
    assert.equal(summary.dropped, 3);
    assert.deepEqual(drops, [[3, 2, 100]]);
  });

  it('reports drops at most once a second, and all of them in the end', async () => {
    const many = Array.from({ length: 100 }, (_, index) => index * 10);
    const { drops, summary } = await play(many, { takesMs: [300, 300, 300, 300], maxWaiting: 1 });
    assert.equal(drops.length, 2);
    assert.equal(
      drops.reduce((sum, [dropped]) => sum + dropped, 0),
      summary.dropped,
    );
    assert.ok((drops[1]?.[2] ?? 0) - (drops[0]?.[2] ?? 0) >= 900);
  });
});

describe('sample image: the open loop of a server that waits with many', () => {
  /** Each request is under way for `takesMs`, in time that passes in sleep only. */
  async function overlap(
    values: readonly number[],
    { takesMs, maxWaiting }: { readonly takesMs: number; readonly maxWaiting?: number },
  ) {
    let nowMs = 0;
    const begun: number[] = [];
    const drops: [dropped: number, underWay: number][] = [];
    const ends: { readonly atMs: number; readonly end: () => void }[] = [];
    const serve = (arrivedAtMs: number): Promise<Reply> => {
      begun.push(nowMs);
      const atMs = nowMs + takesMs;
      return new Promise((resolve) => {
        const answer = { ms: atMs - arrivedAtMs, cpuMs: 1 };
        ends.push({ atMs, end: () => resolve({ answer }) });
      });
    };
    const summary = await runOverlappingLoop(serve, {
      arrivals: moments(values),
      requests: values.length - (maxWaiting === undefined ? 0 : 2),
      clock: {
        nowMs: () => nowMs,
        // Until the next answer, if that comes before: sleeps may end early.
        sleepUntil: async (ms) => {
          const first = ends[0];
          const isAnswer = first !== undefined && first.atMs <= ms;
          nowMs = isAnswer ? first.atMs : ms;
          if (isAnswer) ends.shift()?.end();
          await new Promise((resolve) => setImmediate(resolve));
        },
      },
      onDropped: (dropped, underWay) => drops.push([dropped, underWay]),
      ...(maxWaiting === undefined ? {} : { maxWaiting }),
    });
    return { summary, begun, drops };
  }

  it('begins each request when it comes, with others under way', async () => {
    const { summary, begun } = await overlap([100, 110, 400], { takesMs: 200 });
    assert.deepEqual(begun, [100, 110, 400]);
    assert.equal(summary.meanMs, 200);
    assert.equal(summary.dropped, 0);
  });

  it('drops who finds too many under way, and counts them', async () => {
    const { summary, begun, drops } = await overlap([100, 110, 120, 130, 400], {
      takesMs: 200,
      maxWaiting: 2,
    });
    assert.deepEqual(begun, [100, 110, 400]);
    assert.equal(summary.requests, 3);
    assert.equal(summary.dropped, 2);
    assert.equal(
      drops.reduce((sum, [dropped]) => sum + dropped, 0),
      2,
    );
  });

  it('ends with the fault of a request', async () => {
    await assert.rejects(
      runOverlappingLoop(() => Promise.reject(new Error('no model')), {
        arrivals: moments([0]),
        requests: undefined,
        clock: { nowMs: () => 0, sleepUntil: () => new Promise(() => undefined) },
        onDropped: () => undefined,
      }),
      /no model/,
    );
  });
});
