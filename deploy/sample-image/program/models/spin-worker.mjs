import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { AT } from './spin-memory.mjs';

/** Looks between two readings of the clock. */
const LOOKS = 2000;

/** @type {{ memory: Int32Array<SharedArrayBuffer>, index: number }} */
const { memory, index } = workerData;
const iterations = Number(memory[AT.iterations]);
const steps = Number(memory[AT.steps]);
const threads = Number(memory[AT.threads]);
const blocktimeMs = Number(memory[AT.blocktime]);
let value = index;

/**
 * Waits until the word is no more what it was: awake at first, then asleep.
 * @type {(at: number, was: number) => void}
 */
function waitWhile(at, was) {
  const untilMs = performance.now() + blocktimeMs;
  while (blocktimeMs > 0 && performance.now() < untilMs)
    for (let look = 0; look < LOOKS; look += 1) if (Atomics.load(memory, at) !== was) return;
  while (Atomics.load(memory, at) === was) Atomics.wait(memory, at, was);
}

/**
 * Each iteration needs the one before, so that no compiler leaves any out.
 * @type {(count: number) => void}
 */
function compute(count) {
  let next = value;
  for (let done = 0; done < count; done += 1)
    next = (Math.imul(next, 1_664_525) + 1_013_904_223) | 0;
  value = next;
}

/** The last thread to come wakes the others. @returns {boolean} whether this one was the last */
function meetOthers() {
  const step = Atomics.load(memory, AT.step);
  if (Atomics.add(memory, AT.arrived, 1) + 1 < threads) {
    waitWhile(AT.step, step);
    return false;
  }
  Atomics.store(memory, AT.arrived, 0);
  Atomics.add(memory, AT.step, 1);
  Atomics.notify(memory, AT.step);
  return true;
}

/** @returns {boolean} whether this thread has the last word */
function serve() {
  if (steps === 0 && index === 0) compute(iterations);
  let isLast = steps === 0 && index === 0;
  for (let step = 0; step < steps; step += 1) {
    compute(Math.round(iterations / steps / threads));
    isLast = meetOthers();
  }
  return isLast;
}

parentPort?.postMessage('ready');
for (let request = 0; ; request += 1) {
  waitWhile(AT.request, request);
  if (serve()) parentPort?.postMessage('done');
}
