import { setTimeout as pause } from 'node:timers/promises';
import { summaryOf } from './summary.mjs';

/**
 * A client which waits for each answer and asks again at once, or after a pause.
 * @param {() => Promise<import('./service.mjs').Reply>} ask
 * @param {{ requests: number | undefined, think: number }} options
 * @returns {Promise<object>} the summary, after `requests` answers; never without `requests`
 */
export async function runClosedLoop(ask, { requests, think }) {
  /** @type {{ ms: number, cpuMs: number }[]} */
  const answers = [];
  for (let done = 0; requests === undefined || done < requests; done += 1) {
    const { answer } = await ask();
    if (requests !== undefined) answers.push(answer);
    if (think > 0) await pause(think);
  }
  return summaryOf(answers);
}
