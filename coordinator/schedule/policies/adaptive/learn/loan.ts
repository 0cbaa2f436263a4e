import { type AllocationModel, Field, type ModelDraft } from '../../../model/allocation-model.js';
import type { Evidence } from './evidence.js';

/** A container that was lent CPU for its start is taken to be warm after this time, ms. */
const WARM_MS = 120_000;

const isWarm = (model: AllocationModel, nowMs: number): boolean =>
  nowMs - model[Field.bornAtMs] > WARM_MS;

/** Whether one that has answered shows with this report what its requests cost from now on. */
export function isLoanOver(
  model: AllocationModel,
  { isClean, limitCores }: Pick<Evidence, 'isClean' | 'limitCores'>,
  nowMs: number,
): boolean {
  if (model[Field.doneCount] === 0) return false;
  return isWarm(model, nowMs) || (isClean && limitCores < model[Field.lentCores]);
}

/**
 * Forgets the loan of one that nobody has asked, once it was taken back: it does not start any
 * more, and its limit may stay like all others. Writes `model`.
 */
export function forgetUnansweredLoan(model: ModelDraft, limitCores: number, nowMs: number): void {
  const isUnanswered = model[Field.doneCount] === 0;
  if (isUnanswered && isWarm(model, nowMs) && limitCores < model[Field.lentCores])
    model[Field.lentCores] = 0;
}
