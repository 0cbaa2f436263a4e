import type { LatencyObservation } from '../../ports/push.js';
import { isLatencyMs, MAX_WEIGHT, type PushedBatch, tokenOf } from './observations.js';

/** Datagrams longer than this are rejected whole, in bytes: the largest UDP payload. */
export const MAX_DATAGRAM_BYTES = 65_507;
const MAX_LINES = 1000;
const MAX_VALUES = 100;
/**
 * Timers, histograms and distributions; all taken as milliseconds. Other kinds are no response
 * times and are skipped.
 */
const TIMER_KINDS = ['ms', 'h', 'd'];
const OTHER_KINDS = ['c', 'g', 's'];

/**
 * Parses a StatsD datagram: lines of `name:12|ms|@0.1|#tag:v,…`, several values as `name:12:13|ms`.
 * A tag `token:TOKEN` says whose they are; lines with the same token make one batch. Lines that
 * cannot be read are counted in the batch without one; counters, gauges and sets are skipped.
 */
export function parseStatsd(text: string): readonly PushedBatch[] {
  const byToken = new Map<string, LatencyObservation[]>();
  const lines = text.split('\n', MAX_LINES);
  let rejected = 0;
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '') continue;
    const parsed = parseLine(line);
    if (parsed === 'rejected') rejected += 1;
    else if (parsed !== 'skipped') {
      const held = byToken.get(parsed.token) ?? [];
      held.push(...parsed.observations);
      byToken.set(parsed.token, held);
    }
  }
  const batches = [...byToken].map(([token, observations]) =>
    token === '' ? { observations, rejected: 0 } : { observations, rejected: 0, token },
  );
  return rejected === 0 ? batches : [...batches, { observations: [], rejected }];
}

interface ParsedLine {
  /** '' = none. */
  readonly token: string;
  readonly observations: readonly LatencyObservation[];
}

function parseLine(line: string): ParsedLine | 'skipped' | 'rejected' {
  const [head = '', kind = '', ...extensions] = line.split('|');
  const colon = head.indexOf(':');
  if (OTHER_KINDS.includes(kind) || line.startsWith('_e{') || line.startsWith('_sc|'))
    return 'skipped';
  if (colon <= 0 || !TIMER_KINDS.includes(kind)) return 'rejected';
  const values = head
    .slice(colon + 1)
    .split(':', MAX_VALUES + 1)
    .map(parseValue);
  const weight = weightOf(extensions.find((part) => part.startsWith('@')));
  if (weight === undefined || values.length > MAX_VALUES || !values.every(isLatencyMs))
    return 'rejected';
  const token = taggedToken(extensions.find((part) => part.startsWith('#')) ?? '#') ?? '';
  return { token, observations: values.map((latencyMs) => ({ latencyMs, weight })) };
}

const parseValue = (text: string): number =>
  /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;

/** `@0.1` = each observation stands for ten requests. */
function weightOf(part: string | undefined): number | undefined {
  if (part === undefined) return 1;
  const rate = parseValue(part.slice(1));
  return rate > 0 && rate <= 1 && 1 / rate <= MAX_WEIGHT ? Math.round(1 / rate) : undefined;
}

function taggedToken(tags: string): string | undefined {
  for (const tag of tags.slice(1).split(',')) {
    const match = /^token:(.+)$/.exec(tag);
    if (match !== null) return tokenOf(match[1]);
  }
  return undefined;
}
