import { performance } from 'node:perf_hooks';

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
 * Serves one request after the other, as one worker of a model server does.
 * @param {{ model: string, batchNow: () => number }} about
 * @returns {Service}
 */
export function createService({ model, batchNow }) {
  let count = 0;
  let part = 0;
  let waiting = 0;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @type {(prepared: Prepared, batch: number) => Promise<object[]>} */
  const inferBatch = async (prepared, batch) => {
    const results = [];
    for (let done = 0; done < batch; done += 1) {
      results.push(await prepared.infer(part % prepared.count));
      part += 1;
    }
    return results;
  };

  /** @type {(prepared: Prepared, askedAt: number) => Promise<Reply>} */
  const serve = async (prepared, askedAt) => {
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

  /** @type {Service['ask']} */
  const ask = (prepared, askedAt = performance.now()) => {
    waiting += 1;
    const reply = last.then(() => serve(prepared, askedAt));
    last = reply.then(ignore, ignore).then(() => {
      waiting -= 1;
    });
    return reply;
  };

  /** @type {Service['offer']} */
  const offer = async (prepared, askedAt) => {
    if (waiting >= MAX_WAITING)
      throw new QueueFull(`${waiting} requests are waiting; try again later.`);
    return ask(prepared, askedAt);
  };

  return { ask, offer };
}

const ignore = () => undefined;

/** @type {(value: number) => number} three decimals */
export const rounded = (value) => Math.round(value * 1000) / 1000;
