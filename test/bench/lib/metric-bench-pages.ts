import { Counter, Histogram, Registry } from 'prom-client';
import { metricPage } from '../../lib/metric-pages.js';

/** The size of a page of a server with a few models, as seen in the field, bytes. */
export const LARGE_PAGE_BYTES = 116_000;

/**
 * vLLM's page with as many models as make it so large; the counts of one model grow with `round`.
 */
export function largePage(round: number): string {
  const lines = metricPage('vllm-2')
    .split('\n')
    .filter((line) => line !== '');
  const comments = lines.filter((line) => line.startsWith('#'));
  const samples = lines.filter((line) => !line.startsWith('#'));
  const parts = [comments.join('\n')];
  let bytes = comments.join('\n').length;
  for (let model = 0; bytes < LARGE_PAGE_BYTES; model += 1) {
    const part = samples
      .map((line) => line.replace('Llama-3.1-8B-Instruct', `model-${model}`))
      .join('\n');
    parts.push(model === 0 ? grown(part, round) : part);
    bytes += part.length + 1;
  }
  return `${parts.join('\n')}\n`;
}

/** A page of one model. */
export const smallPage = (round: number): string => grown(metricPage('vllm-2'), round);

const grown = (text: string, round: number): string =>
  text.replace(
    /^(vllm:e2e\S+(?:\s*\S*")*\}) (\S+)$/gm,
    (_, name: string, value: string) => `${name} ${Number(value) + round}`,
  );

/** What `prom-client` itself writes, of histograms with labels. */
export async function promClientPage(): Promise<string> {
  const registry = new Registry();
  for (let metric = 0; metric < 20; metric += 1) {
    const histogram = new Histogram({
      name: `http_request_${metric}_duration_seconds`,
      help: 'Duration of requests.',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    });
    const counter = new Counter({
      name: `things_${metric}_total`,
      help: 'Things.',
      labelNames: ['kind'],
      registers: [registry],
    });
    for (const route of ['/a', '/b', '/c', '/d']) {
      for (let n = 0; n < 20; n += 1)
        histogram.observe({ method: 'POST', route, status: '200' }, n / 7);
      counter.inc({ kind: route });
    }
  }
  return registry.metrics();
}
