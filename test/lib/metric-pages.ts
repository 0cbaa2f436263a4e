import { readFileSync } from 'node:fs';

/** A saved page of a server; the tests run in dist/test. */
export const metricPage = (name: string): string =>
  readFileSync(new URL(`../../../test/fixtures/metrics/${name}.txt`, import.meta.url), 'utf8');

/** Both pages of a server, the older first. */
export const pagesOf = (name: string) =>
  [
    { name: `${name}-1.txt`, text: metricPage(`${name}-1`) },
    { name: `${name}-2.txt`, text: metricPage(`${name}-2`) },
  ] as const;

/**
 * A page of one histogram in seconds, from requests in ms: what a server that answered them would
 * say.
 */
export function histogramPage(
  latenciesMs: readonly number[],
  boundsSeconds: readonly number[],
  labels = 'model="a"',
): string {
  const comma = labels === '' ? '' : ',';
  const lines = boundsSeconds.map((bound) => {
    const count = latenciesMs.filter((ms) => ms <= bound * 1000).length;
    return `vllm:e2e_request_latency_seconds_bucket{${labels}${comma}le="${bound}"} ${count}`;
  });
  const sum = latenciesMs.reduce((total, ms) => total + ms, 0) / 1000;
  const all = latenciesMs.length;
  return [
    ...lines,
    `vllm:e2e_request_latency_seconds_bucket{${labels}${comma}le="+Inf"} ${all}`,
    `vllm:e2e_request_latency_seconds_sum{${labels}} ${sum}`,
    `vllm:e2e_request_latency_seconds_count{${labels}} ${all}`,
    '',
  ].join('\n');
}
