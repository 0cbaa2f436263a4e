import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @typedef {object} Answer
 * @property {number} ms response time: from asking (open loop: from the scheduled arrival) to the
 *   answer, waiting included
 * @property {number} cpuMs CPU time this process used meanwhile
 * @property {string} model
 * @property {number} batch
 * @property {number} n number of this request, from 1
 */

/** @typedef {{ readonly answer: Answer, readonly results: readonly object[] }} Reply */

/** Requests that may wait; with more, waiting would take longer than any client stays. */
const MAX_WAITING = 64;

/** Too many requests are waiting already. */
export class QueueFull extends Error {}

/** @typedef {import('./models/index.mjs').Prepared} Prepared */

/**
 * @typedef {object} Service
 * @property {(prepared: Prepared, askedAt?: number) => Promise<Reply>} ask for a client that waits;
 *   askedAt as of performance.now(), where it asked earlier
 * @property {(prepared: Prepared, askedAt?: number) => Promise<Reply>} offer for strangers: rejects
 *   with QueueFull
 */

/**
 * Infers for one request after the other, as one worker of a model server does. With `waitMs` each
 * request waits that long for another service before, while others do the same or are inferred: at
 * most `concurrency` of them, the others queue.
 * @param {{ model: string, batchNow: () => number, waitMs?: number, concurrency?: number,
 *   wait?: (ms: number) => Promise<unknown> }} about wait: how it waits, for tests
 * @returns {Service}
 */
export function createService({
  model,
  batchNow,
  waitMs = 0,
  concurrency = Number.POSITIVE_INFINITY,
  wait = pause,
}) {
  const places = createPlaces(concurrency);
  const serve = createInference({ model, batchNow });
  let waiting = 0;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @type {(prepared: Prepared, askedAt: number) => Promise<Reply>} */
  const inTurn = (prepared, askedAt) => {
    waiting += 1;
    const reply = last.then(() => serve(prepared, askedAt));
    last = reply.then(ignore, ignore).then(() => {
      waiting -= 1;
    });
    return reply;
  };

  /** @type {(prepared: Prepared, askedAt: number) => Promise<Reply>} */
  const afterWait = async (prepared, askedAt) => {
    waiting += 1;
    await places.take();
    waiting -= 1;
    try {
      await wait(waitMs);
      return await inTurn(prepared, askedAt);
    } finally {
      places.giveBack();
    }
  };

  /** @type {Service['ask']} */
  const ask = (prepared, askedAt = performance.now()) =>
    waitMs === 0 ? inTurn(prepared, askedAt) : afterWait(prepared, askedAt);

  /** @type {Service['offer']} */
  const offer = async (prepared, askedAt) => {
    if (waiting >= MAX_WAITING)
      throw new QueueFull(`${waiting} requests are waiting; try again later.`);
    return ask(prepared, askedAt);
  };

  return { ask, offer };
}

/**
 * Infers one batch and says what that took.
 * @param {{ model: string, batchNow: () => number }} about
 * @returns {(prepared: Prepared, askedAt: number) => Promise<Reply>}
 */
function createInference({ model, batchNow }) {
  let count = 0;
  let part = 0;

  /** @type {(prepared: Prepared, batch: number) => Promise<object[]>} */
  const inferBatch = async (prepared, batch) => {
    const results = [];
    for (let done = 0; done < batch; done += 1) {
      results.push(await prepared.infer(part % prepared.count));
      part += 1;
    }
    return results;
  };

  return async (prepared, askedAt) => {
    const batch = batchNow();
    const before = process.cpuUsage();
    const results = await inferBatch(prepared, batch);
    const used = process.cpuUsage(before);
    count += 1;
    const answer = {
      ms: rounded(performance.now() - askedAt),
      cpuMs: rounded((used.user + used.system) / 1000),
      model,
      batch,
      n: count,
    };
    return { answer, results };
  };
}

const ignore = () => undefined;

/**
 * Places for requests; who finds none waits for one, first come, first served.
 * @param {number} count
 */
function createPlaces(count) {
  let left = count;
  /** @type {(() => void)[]} */
  const queue = [];
  /** @returns {Promise<void> | undefined} */
  const take = () => {
    if (left === 0) return new Promise((resolve) => queue.push(() => resolve()));
    left -= 1;
    return undefined;
  };
  const giveBack = () => {
    const next = queue.shift();
    if (next === undefined) left += 1;
    else next();
  };
  return { take, giveBack };
}

/** @type {(value: number) => number} three decimals */
export const rounded = (value) => Math.round(value * 1000) / 1000;
