// A thread of `foreign-load.js`: it wants one core's part of the load. It computes, or copies
// memory and a file's pages, for its share of every cycle, and ends with the process.
import { readSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { ForeignStep } from '../../lab/foreign/steps.js';
import { namelessFile } from './nameless-file.js';

/** What a thread is given. */
export interface ForeignWorkerData {
  /** Its place among the threads: it takes what is left of the load beyond that number of cores. */
  readonly index: number;
  /** Number of threads. */
  readonly threads: number;
  readonly cores: number;
  /** Unix time at which the run began, ms. */
  readonly startedAtWallMs: number;
  readonly steps: readonly ForeignStep[];
}

const { index, threads, cores, startedAtWallMs, steps } = workerData as ForeignWorkerData;
const CYCLE_MS = 10;
const CHUNK_BYTES = 256 * 1024;
/** Of all threads: more than the last-level cache of most machines. At least 4 MiB for each. */
const ALL_AREAS_BYTES = 64 * 1024 * 1024;
const AREA_BYTES =
  2 * CHUNK_BYTES * Math.max(8, Math.floor(ALL_AREAS_BYTES / threads / CHUNK_BYTES / 2));

const asleep = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms: number): void => {
  if (ms > 0) Atomics.wait(asleep, 0, 0, ms);
};
const nowMs = (): number => performance.timeOrigin + performance.now() - startedAtWallMs;

function compute(untilMs: number): void {
  while (nowMs() < untilMs);
}

/**
 * Copies through memory and, where the temporary folder can be written, through the pages of a file
 * that has no name any more.
 */
class Copier {
  readonly #area = Buffer.alloc(AREA_BYTES, 1);
  readonly #file = namelessFile(join(tmpdir(), `dqoes-foreign-${process.pid}-${index}`));
  #at = 0;

  copy(untilMs: number): void {
    while (nowMs() < untilMs) {
      const to = (this.#at + AREA_BYTES / 2) % AREA_BYTES;
      this.#area.copy(this.#area, to, this.#at, this.#at + CHUNK_BYTES);
      if (this.#file !== null) {
        writeSync(this.#file, this.#area, to, CHUNK_BYTES, this.#at);
        readSync(this.#file, this.#area, this.#at, CHUNK_BYTES, this.#at);
      }
      this.#at = (this.#at + CHUNK_BYTES) % AREA_BYTES;
    }
  }
}

/** This thread's share of a core, and how much of that share copies. */
function shareOf({ loadRatio, memoryRatio }: ForeignStep): { share: number; copies: number } {
  const share = Math.max(0, Math.min(1, loadRatio * cores - index));
  return { share, copies: loadRatio > 0 ? memoryRatio / loadRatio : 0 };
}

const needsCopies = steps.some(({ memoryRatio }) => memoryRatio > 0);
const copier = needsCopies ? new Copier() : null;
let owedCopies = 0;
for (const [i, step] of steps.entries()) {
  sleep(step.atMs - nowMs());
  const endMs = steps[i + 1]?.atMs ?? step.atMs;
  const { share, copies } = shareOf(step);
  for (let cycleMs = Math.max(step.atMs, nowMs()); share > 0 && cycleMs < endMs; ) {
    const nextMs = Math.min(endMs, cycleMs + CYCLE_MS);
    const restMs = cycleMs + share * (nextMs - cycleMs);
    owedCopies += copies;
    if (owedCopies >= 1 && copier !== null) {
      owedCopies -= 1;
      copier.copy(restMs);
    } else compute(restMs);
    if (share < 1) sleep(nextMs - nowMs());
    // What was missed while others ran is not made up for: a burst ends when it ends.
    cycleMs = Math.max(nextMs, nowMs());
  }
}
