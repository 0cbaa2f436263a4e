import { classify, type QoeClass, type Target } from '../../../../../shared/qoe.js';
import { Field, type ModelDraft } from '../../../model/allocation-model.js';
import { fittedLawUnder } from '../../../model/fitted-law.js';
import { latencySeconds } from '../../../model/latency-law.js';
import type { SnapshotAllocation } from '../../../types.js';
import type { Member } from '../member.js';
import { type Evidence, limitInForce, type MeasuredReport } from './evidence.js';

/** Reports running that make answers too fast, or late, whatever was forecast of them. */
const CERTAIN_REPORTS = 3;
/** Reports running that refute a model, or restore it. */
const REFUTING_REPORTS = 5;
/** A forecast that is this many times the response time is none. */
const REFUTED_RATIO = 2;
/** Weight of the newest answers, of their logarithm. */
const ANSWER_GAIN = 0.3;

type Answering = Pick<Member, 'model' | 'allocation'>;

/** Whether it has answered faster than the near edge of its target for three reports. */
export const isSurelyFaster = ({ model, allocation }: Answering): boolean =>
  model[Field.fasterReports] >= CERTAIN_REPORTS && classOf(allocation) === 'faster';

/** Whether it has answered slower than the far edge of its target for three reports. */
export const isSurelySlower = ({ model, allocation }: Answering): boolean =>
  model[Field.slowerReports] >= CERTAIN_REPORTS && classOf(allocation) === 'slower';

// By the target of now: the reports may have been counted under another, which a client has
// changed, or of which a quote asks.
const classOf = ({
  target,
  latencyMs,
}: Pick<SnapshotAllocation, 'target' | 'latencyMs'>): QoeClass | null =>
  target === null || latencyMs === null ? null : classify(target, latencyMs);

/**
 * Counts the reports in which it was faster, or slower, than asked. Answers from before its limit
 * fell do not make it faster, nor those from before it rose slower. One that answers nothing more
 * stays late, and does not stay fast. To be called before the model takes over the new limit.
 */
export function foldClass(
  model: ModelDraft,
  allocation: Pick<SnapshotAllocation, 'target' | 'latencyMs'>,
  report: MeasuredReport,
): void {
  const cores = limitInForce(report);
  const before = model[Field.limitCores] === 0 ? Number.POSITIVE_INFINITY : model[Field.limitCores];
  if (cores !== before) model[Field.hasShrunk] = cores < before ? 1 : 0;
  const { latency } = report;
  const qoeClass = classOf(allocation);
  const isOfThisLimit = latency !== null && isWhole(latency);
  const isNew = (latency?.totalCount ?? 0) > model[Field.count];
  const isFaster = qoeClass === 'faster' && isNew && (isOfThisLimit || !model[Field.hasShrunk]);
  const isSlower = qoeClass === 'slower' && (isOfThisLimit || model[Field.hasShrunk] === 1);
  model[Field.fasterReports] = isFaster ? model[Field.fasterReports] + 1 : 0;
  model[Field.slowerReports] = isSlower ? model[Field.slowerReports] + 1 : 0;
}

// All requests of the window began under the limit in force.
const isWhole = ({
  sinceChangeCount,
  window,
}: Pick<NonNullable<MeasuredReport['latency']>, 'sinceChangeCount' | 'window'>): boolean =>
  window.count > 0 && sinceChangeCount >= window.count;

/** What one report says of a forecast. */
export interface Answered {
  readonly evidence: Evidence;
  readonly report: MeasuredReport;
  readonly target: Target | null;
  /** The statistic that the target names. */
  readonly latencyMs: number | null;
}

/**
 * Whether its CPU explains its response times at all. Threads that spin while they wait, and
 * clients that are more than are known, cost CPU that no request needed: a forecast from it is many
 * times too slow, and more CPU for it makes it worse. Five reports running that are faster than the
 * target asks in half the time that was forecast refute the model; then its response times alone
 * say what its target takes, until as many reports agree with its CPU again. One that is slower
 * than forecast may wait for others, or in a queue that has built up: that is learnt elsewhere.
 */
export function foldRefuted(model: ModelDraft, answered: Answered): void {
  const { evidence, report, target, latencyMs } = answered;
  const { latency } = report;
  if (target === null || latencyMs === null || latency === null || !isWhole(latency)) return;
  const { count, limitCores, usedSeconds, seconds } = evidence;
  if (count === 0) return;
  const cores = Number.isFinite(limitCores) ? limitCores : usedSeconds / seconds;
  if (!(cores > 0 && latencyMs > 0)) return;
  foldAnswerWork(model, (latencyMs / 1000) * cores);
  if (!Number.isFinite(limitCores)) return;
  const isRefuted = model[Field.isRefuted] === 1;
  const isOff = isTwiceAsSlow(model, answered);
  const isAgainst = isRefuted ? !isOff : isOff && classify(target, latencyMs) === 'faster';
  model[Field.refutingReports] = isAgainst ? model[Field.refutingReports] + 1 : 0;
  if (model[Field.refutingReports] < REFUTING_REPORTS) return;
  model[Field.isRefuted] = isRefuted ? 0 : 1;
  model[Field.refutingReports] = 0;
}

function foldAnswerWork(model: ModelDraft, work: number): void {
  const before = model[Field.answerWork];
  model[Field.answerWork] = before === 0 ? work : before * (work / before) ** ANSWER_GAIN;
}

// By its CPU, also while that is not believed.
function isTwiceAsSlow(model: ModelDraft, { evidence, target, latencyMs }: Answered): boolean {
  const { limitCores, periodUs } = evidence;
  const { isRefuted } = Field;
  const before = model[isRefuted];
  model[isRefuted] = 0;
  const law = fittedLawUnder(model, target?.statistic ?? 'mean', { cores: limitCores, periodUs });
  model[isRefuted] = before;
  return (
    law !== null && latencySeconds(law, limitCores) > (REFUTED_RATIO * (latencyMs ?? 0)) / 1000
  );
}
