import { rounded } from './service.mjs';

// No key here is "ms", as a summary is not a response time and log readers look for that key.
/** @param {readonly { ms: number, cpuMs: number }[]} answers at least one */
export function summaryOf(answers) {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const mean = (/** @type {number[]} */ values) =>
    rounded(values.reduce((a, b) => a + b, 0) / values.length);
  const quantile = (/** @type {number} */ share) =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return {
    summary: true,
    requests: answers.length,
    meanMs: mean(sorted),
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    meanCpuMs: mean(answers.map(({ cpuMs }) => cpuMs)),
  };
}
