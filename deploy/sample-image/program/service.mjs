import { performance } from 'node:perf_hooks';

/**
 * @typedef {object} Answer
 * @property {number} ms response time: from asking to the answer, waiting for earlier requests included
 * @property {number} cpuMs CPU time this process used meanwhile
 * @property {string} model
 * @property {number} batch
 * @property {number} n number of this request, from 1
 */

/** @typedef {{ readonly answer: Answer, readonly results: readonly object[] }} Reply */

/** So many requests may wait; with more, waiting would take longer than any client stays. */
const LONGEST_QUEUE = 64;

/** Too many requests are waiting already. */
export class QueueFull extends Error {}

/**
 * Serves one request after the other, as one worker of a model server does.
 * @param {{ model: string, batch: number, onAnswer: (answer: Answer) => void }} about
 * @returns {(prepared: import('./models/index.mjs').Prepared) => Promise<Reply>} rejects with QueueFull
 */
export function createService({ model, batch, onAnswer }) {
  let count = 0;
  let part = 0;
  let waiting = 0;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();

  /** @param {import('./models/index.mjs').Prepared} prepared */
  const inferBatch = async (prepared) => {
    const results = [];
    for (let done = 0; done < batch; done += 1) {
      results.push(await prepared.infer(part % prepared.count));
      part += 1;
    }
    return results;
  };

  /** @type {(prepared: import('./models/index.mjs').Prepared, askedAt: number) => Promise<Reply>} */
  const serve = async (prepared, askedAt) => {
    const before = process.cpuUsage();
    const results = await inferBatch(prepared);
    const used = process.cpuUsage(before);
    count += 1;
    const answer = {
      ms: rounded(performance.now() - askedAt),
      cpuMs: rounded((used.user + used.system) / 1000),
      model,
      batch,
      n: count,
    };
    onAnswer(answer);
    return { answer, results };
  };

  return async (prepared) => {
    if (waiting >= LONGEST_QUEUE) throw new QueueFull(`${waiting} requests are waiting; try again later.`);
    const askedAt = performance.now();
    waiting += 1;
    const reply = last.then(() => serve(prepared, askedAt));
    last = reply.then(ignore, ignore).then(() => {
      waiting -= 1;
    });
    return reply;
  };
}

const ignore = () => undefined;

/** @type {(value: number) => number} three decimals */
export const rounded = (value) => Math.round(value * 1000) / 1000;
