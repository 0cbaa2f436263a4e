import type { HostAct } from '../../shared/report.js';
import { cutText } from '../../shared/text.js';
import { MAX_DATE_MS } from '../../shared/units.js';
import type { FileStore } from '../ports/files.js';

/** Name of the file in the state folder. */
export const ACTS_FILE = 'acts';
/** The newest ones are kept. */
const MAX_ACTS = 200;
const MAX_WHAT = 500;

/** What a person had the agent's own program do on this host, beside NATS. */
export interface Act {
  /** Unix time, ms. */
  readonly timeMs: number;
  readonly verb: 'reset-epoch' | 'restore';
  /** User of the operating system. */
  readonly who: string;
  /** What was changed, in words. */
  readonly what: string;
}

/**
 * Adds one act, durably, as a line of JSON with its number: no less than its time, so that numbers
 * go on where the file was lost. Rejects when the disk refuses.
 */
export async function noteAct(files: FileStore, act: Act): Promise<void> {
  const lines = linesOf(await files.read(ACTS_FILE));
  const last = numbered(lines).at(-1)?.number ?? 0;
  const number = Math.max(last + 1, Math.round(act.timeMs));
  const line = JSON.stringify({ number, ...act, what: cutText(act.what, MAX_WHAT) });
  const kept = [...lines, line].slice(-MAX_ACTS);
  await files.writeDurable(ACTS_FILE, `${kept.join('\n')}\n`);
}

/**
 * The acts that are noted, oldest first, as they go into reports. Lines that are no act are left
 * out. Rejects when the disk refuses.
 */
export async function readActs(files: FileStore): Promise<readonly HostAct[]> {
  return numbered(linesOf(await files.read(ACTS_FILE)).slice(-MAX_ACTS));
}

const linesOf = (text: string | null): readonly string[] =>
  (text ?? '').split('\n').filter((line) => line !== '');

/** Acts of before there were numbers are numbered by their times. */
function numbered(lines: readonly string[]): readonly HostAct[] {
  const acts: HostAct[] = [];
  let after = 0;
  for (const line of lines) {
    const noted = parse(line);
    if (noted === undefined) continue;
    const number = Math.max(after + 1, noted.number ?? Math.round(noted.timeMs));
    if (!Number.isSafeInteger(number)) continue;
    const { timeMs, verb, who, what } = noted;
    const texts = { verb: cutText(verb, 32), who: cutText(who, 64), what: cutText(what, MAX_WHAT) };
    acts.push({ number, after, timeMs, ...texts });
    after = number;
  }
  return acts;
}

interface NotedAct {
  readonly timeMs: number;
  readonly verb: string;
  readonly who: string;
  readonly what: string;
  readonly number?: number;
}

function parse(line: string): NotedAct | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isAct(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAct(value: unknown): value is NotedAct {
  if (typeof value !== 'object' || value === null) return false;
  const { timeMs, number = 1, ...act } = value as Partial<NotedAct>;
  const texts = [act.verb, act.who, act.what];
  return isTime(timeMs) && Number.isSafeInteger(number) && texts.every(isText);
}

const isText = (value: unknown): boolean => typeof value === 'string';
/** A date can be made of it. */
const isTime = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= MAX_DATE_MS;
