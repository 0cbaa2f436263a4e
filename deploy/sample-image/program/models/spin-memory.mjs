/** About what one present-day core does in a millisecond of CPU time. */
export const ITERATIONS_PER_MS = 750_000;

/** Where things are in the memory that the threads share. */
export const AT = Object.freeze({
  /** Number of the request that is to be worked on. */
  request: 0,
  /** Number of steps that have ended. */
  step: 1,
  /** Threads that have ended their part of this step. */
  arrived: 2,
  iterations: 3,
  steps: 4,
  threads: 5,
  blocktime: 6,
});

/**
 * @param {{ iterations: number, steps: number, threads: number, blocktime: number }} about
 * @returns {Int32Array<SharedArrayBuffer>}
 */
export function memoryFor({ iterations, steps, threads, blocktime }) {
  const memory = new Int32Array(new SharedArrayBuffer(4 * Object.keys(AT).length));
  memory[AT.iterations] = iterations;
  memory[AT.steps] = steps;
  memory[AT.threads] = threads;
  memory[AT.blocktime] = blocktime;
  return memory;
}
