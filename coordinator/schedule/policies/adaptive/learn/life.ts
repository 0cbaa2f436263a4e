import { type AllocationModel, Field, type ModelDraft } from '../../../model/allocation-model.js';
import type { MeasuredReport } from './evidence.js';

/** Requests that the model is worth after a restart of the container. */
const REMEMBERED_REQUESTS = 2;

/** Whether a counter of answers fell. */
export const hasFewerAnswers = (model: AllocationModel, { latency }: MeasuredReport): boolean =>
  (latency?.totalCount ?? 0) < model[Field.count] || (latency?.totalMs ?? 0) < model[Field.totalMs];

/**
 * An agent that was started again counts answers from zero. The container went on, so what was
 * learnt of it keeps its weight: with the weight of a new life, one report beside the start of a
 * program decided, and moved limits by a factor of four.
 */
export function beginCounts(model: ModelDraft): void {
  model[Field.seenAtMs] = 0;
  model[Field.doneCount] = 0;
  model[Field.doneCpuSeconds] = 0;
}

/** The same program again: what it costs stays likely, its counters restart. */
export function beginLife(model: ModelDraft, atMs: number, cpuSeconds: number): void {
  const kept =
    model[Field.workCount] > REMEMBERED_REQUESTS ? REMEMBERED_REQUESTS / model[Field.workCount] : 1;
  model[Field.bornAtMs] = atMs;
  model[Field.bornCpuSeconds] = cpuSeconds;
  beginCounts(model);
  model[Field.workSeconds] *= kept;
  model[Field.workCount] *= kept;
}

const containerOf = (lifeId: string): string => lifeId.split('@', 1)[0] ?? '';

/** What was learnt of the life before and does not hold for the next. */
export function endLife(model: ModelDraft, before: string, now: string): void {
  // It was found running only in the life before.
  model[Field.inheritedAtMs] = 0;
  if (containerOf(before) === containerOf(now)) return;
  // Another container may be another version of the program: the cores that one can use say nothing
  // of the other, and would keep it from being given more for ever.
  model[Field.freeCores] = 0;
  model[Field.freeWeight] = 0;
  // Nor what it waits for, or spends CPU on.
  for (const index of PROGRAM_FIELDS) model[index] = 0;
}

const PROGRAM_FIELDS = [
  Field.leastWaitBefore,
  Field.leastWaitNow,
  Field.leastWaitCount,
  Field.meanWaitSeconds,
  Field.meanWaitWeight,
  Field.besideByMeans,
  Field.isRefuted,
  Field.refutingReports,
  Field.answerWork,
] as const;
