import type { BootOrder } from '../../shared/report.js';
import { hasJumped, type SentTime, sentTimeOf } from '../state/sent-time.js';

/** What the filter reads of a report, and when it was received, ms. */
export interface HeardReport {
  readonly bootId: string;
  readonly sequence: number;
  readonly sentAtMs: number;
  readonly intervalMs: number;
  readonly boot?: BootOrder | undefined;
}

/** One start of an agent, as its reports show it. */
export interface KnownBoot {
  readonly bootId: string;
  /** Place in the order of the starts of one journal; undefined = the agent does not say. */
  readonly boot: BootOrder | undefined;
  /** Of its newest report; -1 = known from before this leadership only. */
  readonly sequence: number;
  readonly intervalMs: number;
  /** When it was first and last heard, ms. */
  readonly sinceMs: number;
  readonly heardAtMs: number;
  readonly sent: SentTime | null;
  /** The newest of the lower numbers that came since; undefined = none did. */
  readonly lower?: { readonly sequence: number; readonly atMs: number } | undefined;
}

/** Sequence numbers and starts that no agent reaches: one a millisecond for 34 years. */
const MAX_FIRST_SEQUENCE = 2 ** 40;
/** Reports that may be missing at once, beside those that the time since the last one explains. */
const MAX_MISSED = 60;
const MIN_INTERVAL_MS = 50;
/** Starts that nobody saw, of an agent that failed to start for days. */
const MAX_MISSED_STARTS = 1_000_000;
/**
 * Intervals without a report after which another start may take over: the next one of the same
 * agent, and any other. An agent that lives is heard once in each.
 */
const SILENT_INTERVALS = { later: 1.5, other: 3 } as const;
const LEAST_SILENCE_MS = { later: 150, other: 2000 } as const;
const MOST_SILENCE_MS = 180_000;

/** The first report of a start, received at `atMs`. */
export function firstHeard(report: HeardReport, atMs: number): KnownBoot {
  const { bootId, boot, sequence, intervalMs, sentAtMs } = report;
  const sent = sentTimeOf(null, { bootId, sentAtMs, receivedAtMs: atMs });
  return { bootId, boot, sequence, intervalMs, sinceMs: atMs, heardAtMs: atMs, sent };
}

/** One more report of it. */
export function heardAgain(known: KnownBoot, report: HeardReport, atMs: number): KnownBoot {
  const { bootId, sequence, intervalMs, sentAtMs } = report;
  const sent = sentTimeOf(known.sent, { bootId, sentAtMs, receivedAtMs: atMs });
  return { ...known, sequence, intervalMs, heardAtMs: atMs, sent, lower: undefined };
}

/** One with a lower number, which does not count. */
export function heardLower(known: KnownBoot, { sequence }: HeardReport, atMs: number): KnownBoot {
  return { ...known, lower: { sequence, atMs } };
}

/** When the report was sent, on our clock, ms. */
export function sentMs({ sent }: KnownBoot, report: HeardReport, atMs: number): number {
  const { bootId, sentAtMs } = report;
  return sentAtMs + sentTimeOf(sent, { bootId, sentAtMs, receivedAtMs: atMs }).leadMs;
}

/**
 * Whether the report may be one that the network held back for long, with others that came at once:
 * it tells nothing of whether its agent still lives. One that comes in its rhythm does.
 */
export function mayBeHeldBack(known: KnownBoot, report: HeardReport, atMs: number): boolean {
  const { bootId, sentAtMs } = report;
  const isBurst = atMs - known.heardAtMs < known.intervalMs / 2;
  return isBurst || hasJumped(known.sent, { bootId, sentAtMs, receivedAtMs: atMs });
}

/** Whether the report is later than all that were heard of this start. */
export const isLater = ({ sequence }: KnownBoot, report: HeardReport): boolean =>
  report.sequence > sequence;

/**
 * Whether the lower number goes on in its rhythm where the higher ones ended: then one of those was
 * forged. What the network held back comes at once.
 */
export function fallsBack(known: KnownBoot, report: HeardReport, atMs: number): boolean {
  const { lower } = known;
  const { sequence, intervalMs } = report;
  if (lower === undefined || sequence <= lower.sequence) return false;
  if (atMs - lower.atMs < intervalMs / 2) return false;
  // By what this report says: the other may have asked for patience without end.
  return isSilent({ ...known, intervalMs }, 'other', atMs);
}

/**
 * Whether the number can be that of a report of this start: a forged one silences the rest for some
 * reports. One too far ahead is believed where its start has missed a report: our own clock may
 * have stood still, as while a machine is paused, and then no time explains what was missed.
 */
export function isPlausible(known: KnownBoot | undefined, report: HeardReport, atMs: number) {
  if (known === undefined || known.sequence < 0) return report.sequence <= MAX_FIRST_SEQUENCE;
  const passed = Math.max(0, atMs - known.heardAtMs) / MIN_INTERVAL_MS;
  if (report.sequence - known.sequence <= MAX_MISSED + passed) return true;
  return report.sequence <= MAX_FIRST_SEQUENCE && isSilent(known, 'later', atMs);
}

/**
 * How a start that was never heard relates to the one that is known: `later`: the same agent,
 * started again; `other`: an agent with another journal, or an earlier start; `implausible`: so
 * many starts cannot have been missed. An agent that does not say is taken for one started again.
 */
export function relationTo(
  known: KnownBoot,
  { boot }: Pick<HeardReport, 'boot'>,
): 'later' | 'other' | 'implausible' {
  if (boot === undefined || known.boot === undefined) return 'later';
  if (boot.journal !== known.boot.journal || boot.count <= known.boot.count) return 'other';
  return boot.count - known.boot.count <= MAX_MISSED_STARTS ? 'later' : 'implausible';
}

/** Whether it has been silent for so long that such a start may have its name. */
export function isSilent(
  { heardAtMs, intervalMs }: KnownBoot,
  relation: 'later' | 'other',
  atMs: number,
): boolean {
  const patienceMs = Math.max(LEAST_SILENCE_MS[relation], SILENT_INTERVALS[relation] * intervalMs);
  return atMs - heardAtMs > Math.min(MOST_SILENCE_MS, patienceMs);
}
