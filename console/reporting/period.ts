import { REPORT_BY, type ReportBy } from '../../proto/schemas/usage.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** What a report is asked for; times are Unix times, ms. */
export interface ReportQuestion {
  /** Absent = a day before the end. */
  readonly fromMs?: number | undefined;
  /** Absent = now. */
  readonly toMs?: number | undefined;
  readonly by: ReportBy;
  /** A label of nodes, where that is what it is by. */
  readonly label?: string | undefined;
  /** Absent = all. */
  readonly job?: string | undefined;
}

/** Minutes since 1970: the first one, and the one after the last. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** After its end, a minute is written within so long. */
const SETTLED_MS = 60_000;

/**
 * The minutes that a question is about, as far as they can be known yet; all that is wrong with it,
 * under the code that the asker's faults have.
 */
export function periodOf(
  { fromMs, toMs, by, label }: ReportQuestion,
  nowMs: number,
  code: 'cli.usage' | 'http.bad-request',
): Result<Period> {
  const faults: Fault[] = [];
  const fault = (field: string, message: string): void => {
    faults.push({ code, field, message });
  };
  const endMs = toMs ?? nowMs;
  const beginMs = fromMs ?? endMs - DAY_MS;
  if (by === 'label' && label === undefined)
    fault('label', 'label is missing: a report by label takes the name of a label of nodes');
  if (by !== 'label' && label !== undefined) {
    const others = REPORT_BY.filter((each) => each !== 'label').join(', ');
    fault('label', `label is for a report by label, not by one of ${others}: leave one out`);
  }
  const settled = Math.floor((nowMs - SETTLED_MS) / MINUTE_MS);
  const period = {
    from: Math.max(0, Math.floor(beginMs / MINUTE_MS)),
    to: Math.min(Math.floor(endMs / MINUTE_MS), settled),
  };
  if (beginMs > nowMs)
    fault('from', `from (${momentText(beginMs)}) is in the future: nothing is known of it yet`);
  else if (beginMs >= endMs)
    fault('from', `from (${momentText(beginMs)}) is not before to (${momentText(endMs)})`);
  else if (period.from >= period.to)
    fault(
      'from',
      `no whole minute from ${momentText(beginMs)} to ${momentText(endMs)} is known yet: a ` +
        'minute is, a minute after its end',
    );
  return faults.length > 0 ? err(faults) : ok(period);
}

/** `2026-11-26T14:03Z`; a time that no calendar has as it is. */
export function momentText(ms: number): string {
  const at = new Date(ms);
  if (Number.isNaN(at.getTime())) return String(ms);
  return `${at.toISOString().slice(0, -8)}Z`;
}
