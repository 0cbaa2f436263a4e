import { err, type Result } from '../../shared/result.js';
import type { Change } from '../audit/audit-trail.js';
import type { ChangeQueue } from './change-queue.js';

/**
 * What became of a call that changes something: its answer, and what it changed, also where it
 * failed half way. Each change is a line of the audit.
 */
export interface ChangeOutcome<T> {
  readonly result: Result<T>;
  readonly changes: readonly Change[];
  /** What was thrown: a bug. Absent = nothing. */
  readonly cause?: unknown;
}

/**
 * Runs a call that changes something in its turn: `work` notes each change as soon as it is stored.
 * `jobs`: how many it writes. Never rejects: what was stored before a bug is a change, too.
 */
export async function runChange<T>(
  queue: ChangeQueue,
  work: (changes: Change[]) => Promise<Result<T>>,
  jobs = 1,
): Promise<ChangeOutcome<T>> {
  const changes: Change[] = [];
  try {
    return { result: await queue.run(() => work(changes), jobs), changes };
  } catch (cause) {
    return { result: err([]), changes, cause };
  }
}
