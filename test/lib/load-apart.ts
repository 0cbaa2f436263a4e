import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { seededRandom } from '../../shared/random.js';
import { type LoadRecord, type RateStep, runLoad } from './load.js';

/** As `LoadOptions` of open arrivals, in plain values. */
export interface ApartOptions {
  readonly url: string;
  readonly ratePerSecond: number;
  readonly seed: number;
  readonly steps?: readonly RateStep[];
  readonly requests?: number;
  readonly durationMs?: number;
  /** Ends it before; the requests under way are answered. */
  readonly signal?: AbortSignal;
}

/**
 * `runLoad` with Poisson arrivals in a thread of its own: where the caller has other things to do
 * (agents, say), their work would be in the response times that the clients write down.
 */
export function runLoadApart({ signal, ...options }: ApartOptions): Promise<LoadRecord> {
  const worker = new Worker(new URL(import.meta.url), { workerData: options });
  signal?.addEventListener('abort', () => worker.postMessage('end'), { once: true });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
  });
}

if (!isMainThread && parentPort !== null) {
  const { url, ratePerSecond, seed, steps = [], ...ends } = workerData as ApartOptions;
  const arrivals = { kind: 'open', ratePerSecond, random: seededRandom(seed), steps } as const;
  const ending = new AbortController();
  parentPort.once('message', () => ending.abort());
  // Nothing to wait for: the thread ends with the load.
  parentPort.unref();
  parentPort.postMessage(await runLoad({ url, arrivals, ...ends, signal: ending.signal }));
}
