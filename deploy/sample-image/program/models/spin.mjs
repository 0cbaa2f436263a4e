import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AT, ITERATIONS_PER_MS, memoryFor } from './spin-memory.mjs';

/**
 * No network: threads that share a fixed amount of arithmetic, and are awake while they wait for
 * more, as those of OpenMP and ONNX Runtime are: each looks for work again and again for
 * `blocktime` ms before it sleeps. An inference takes about `work` ms of CPU on a present-day core,
 * divided among the threads in each of `steps` steps, at whose end they wait for each other; with 0
 * steps one thread does it alone.
 * @type {import('./index.mjs').Open}
 */
export async function openSpin({ threads: wanted, work, steps, blocktime }) {
  const threads = wanted === 'auto' ? availableParallelism() : wanted;
  const memory = memoryFor({ iterations: work * ITERATIONS_PER_MS, steps, threads, blocktime });
  const workers = Array.from(
    { length: threads },
    (_, index) =>
      new Worker(new URL('./spin-worker.mjs', import.meta.url), {
        workerData: { memory, index },
      }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  let onEnd = () => undefined;
  for (const worker of workers) worker.on('message', () => onEnd());
  const infer = () =>
    new Promise((resolve) => {
      onEnd = () => void resolve({ threads, steps });
      Atomics.add(memory, AT.request, 1);
      Atomics.notify(memory, AT.request);
    });
  return () => ({ count: 1, infer });
}
