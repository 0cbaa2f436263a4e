import { summaryOf } from './summary.mjs';

/** Arrivals that may wait; one that comes then gets no answer. */
export const MAX_WAITING = 10_000;
const REPORT_EVERY_MS = 1000;

/**
 * Time since the `ready` line. `sleepUntil` may come back early.
 * @typedef {{ nowMs(): number, sleepUntil(ms: number): Promise<void> }} Clock
 */

/**
 * @typedef {object} OpenLoop
 * @property {Iterator<number>} arrivals scheduled moments, ascending, without end
 * @property {number | undefined} requests answers until the end
 * @property {Clock} clock
 * @property {(dropped: number, waiting: number) => void} onDropped arrivals dropped since the last
 *   call; at most once a second
 * @property {number} [maxWaiting] arrivals that may wait
 */

/**
 * Clients who come when they come, whether or not earlier ones have their answer, and are served
 * one at a time in order. The schedule is fixed beforehand, so that a program which was held up
 * sees the arrivals it slept through as waiting since they were due, not as coming later.
 *
 * @param {(arrivedAtMs: number) => Promise<import('./service.mjs').Reply>} serve
 * @param {OpenLoop} loop
 * @returns {Promise<object>} the summary, after `requests` answers; never without `requests`
 */
export async function runOpenLoop(
  serve,
  { arrivals, requests, clock, onDropped, maxWaiting = MAX_WAITING },
) {
  const queue = createQueue(arrivals, maxWaiting);
  /** @type {{ ms: number, cpuMs: number }[]} */
  const answers = [];
  let dropped = 0;
  let reported = 0;
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  for (let done = 0; requests === undefined || done < requests; done += 1) {
    const arrivedAtMs = queue.take(clock.nowMs());
    while (clock.nowMs() < arrivedAtMs) await clock.sleepUntil(arrivedAtMs);
    const { answer } = await serve(arrivedAtMs);
    if (requests !== undefined) answers.push(answer);
    const nowMs = clock.nowMs();
    dropped += queue.admit(nowMs);
    const last = done + 1 === requests;
    if (dropped > reported && (last || nowMs - reportedAtMs >= REPORT_EVERY_MS)) {
      onDropped(dropped - reported, queue.length());
      reported = dropped;
      reportedAtMs = nowMs;
    }
  }
  return { ...summaryOf(answers), dropped };
}

/**
 * The same clients of a server that begins with a request while others are under way, each at its
 * arrival. One that finds `maxWaiting` under way gets no answer.
 *
 * @param {(arrivedAtMs: number) => Promise<import('./service.mjs').Reply>} serve
 * @param {OpenLoop} loop
 * @returns {Promise<object>} the summary, after `requests` answers; never without `requests`
 */
export async function runOverlappingLoop(
  serve,
  { arrivals, requests, clock, onDropped, maxWaiting = MAX_WAITING },
) {
  /** @type {{ ms: number, cpuMs: number }[]} */
  const answers = [];
  let [underWay, done, dropped, reported] = [0, 0, 0, 0];
  let reportedAtMs = Number.NEGATIVE_INFINITY;
  const report = () => {
    const nowMs = clock.nowMs();
    if (dropped === reported || (done !== requests && nowMs - reportedAtMs < REPORT_EVERY_MS))
      return;
    onDropped(dropped - reported, underWay);
    [reported, reportedAtMs] = [dropped, nowMs];
  };
  /** @type {(arrivedAtMs: number) => Promise<void>} */
  const answerOne = async (arrivedAtMs) => {
    underWay += 1;
    const { answer } = await serve(arrivedAtMs);
    underWay -= 1;
    if (done === requests) return;
    done += 1;
    if (requests !== undefined) answers.push(answer);
    report();
  };
  await new Promise((resolve, reject) => {
    const begin = (/** @type {number} */ arrivedAtMs) =>
      answerOne(arrivedAtMs).then(() => done === requests && resolve(undefined), reject);
    const admitAll = async () => {
      while (done !== requests) {
        const arrivedAtMs = Number(arrivals.next().value);
        while (clock.nowMs() < arrivedAtMs) await clock.sleepUntil(arrivedAtMs);
        if (underWay < maxWaiting) begin(arrivedAtMs);
        else dropped += 1;
      }
    };
    admitAll().catch(reject);
  });
  return { ...summaryOf(answers), dropped };
}

/**
 * Nobody leaves the queue between two calls, so an arrival finds in it exactly who is there at the
 * later one.
 * @param {Iterator<number>} arrivals
 * @param {number} longest
 */
function createQueue(arrivals, longest) {
  /** @type {number[]} */
  const waiting = [];
  let next = Number(arrivals.next().value);
  const advance = () => {
    const at = next;
    next = Number(arrivals.next().value);
    return at;
  };
  /** @param {number} nowMs @returns {number} how many found no room */
  const admit = (nowMs) => {
    let refused = 0;
    while (next <= nowMs) {
      const at = advance();
      if (waiting.length < longest) waiting.push(at);
      else refused += 1;
    }
    return refused;
  };
  /** @param {number} nowMs @returns {number} the first who waits, or who comes next */
  const take = (nowMs) => {
    if (waiting.length === 0 && next <= nowMs) return advance();
    return waiting.shift() ?? advance();
  };
  return { admit, take, length: () => waiting.length };
}
