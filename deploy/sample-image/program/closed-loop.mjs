import { setTimeout as pause } from 'node:timers/promises';
import { rounded } from './service.mjs';

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

// No key here is "ms", as a summary is not a response time and log readers look for that key.
/** @param {{ ms: number, cpuMs: number }[]} answers */
function summaryOf(answers) {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const mean = (/** @type {number[]} */ values) => rounded(values.reduce((a, b) => a + b, 0) / values.length);
  const quantile = (/** @type {number} */ share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return {
    summary: true,
    requests: answers.length,
    meanMs: mean(sorted),
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    meanCpuMs: mean(answers.map(({ cpuMs }) => cpuMs)),
  };
}
