import { PageReader } from '../../agent/observe/metrics/page.js';
import { AUTO_PLAN } from '../../agent/observe/metrics/plan.js';
import { PRESET_NAMES } from '../../shared/metrics/presets.js';
import type { Random } from '../../shared/random.js';
import { metricPage } from './metric-pages.js';

const READINGS = AUTO_PLAN.map(({ reading }) => reading);
const FILES = PRESET_NAMES.map((name) => name.replace(/^vllm-.*/, 'vllm'));
const LINES = [...new Set(FILES)].flatMap((name) => metricPage(`${name}-2`).split('\n'));
/** What a page is made of, and what it must not be. */
const PIECES = [
  '{',
  '}',
  '"',
  '\\',
  ',',
  '=',
  '#',
  ' ',
  '\t',
  '\r',
  '\n',
  'le=',
  '+Inf',
  'NaN',
  '-1',
  '1e309',
  '# EOF',
  '{}',
  '_bucket',
  '# TYPE a ',
  '\u0000',
  '\ud800',
  'é',
  '<html>',
];

const pick = <T>(list: readonly T[], random: Random): T =>
  list[Math.floor(random() * list.length)] as T;
const upTo = (most: number, random: Random): number => Math.floor(random() * (most + 1));

/**
 * One page that a server, a proxy or an attacker might give: whole lines, broken ones, pieces
 * and noise.
 */
export function fuzzPage(random: Random): string {
  const lines = Array.from({ length: upTo(12, random) }, () =>
    mutated(pick(LINES, random), random),
  );
  const text = lines.join('\n') + (random() < 0.7 ? '\n' : '');
  return random() < 0.2 ? text.slice(0, upTo(text.length, random)) : text;
}

function mutated(line: string, random: Random): string {
  let text = random() < 0.05 ? noise(random) : line;
  for (let left = random() < 0.5 ? 0 : 1 + upTo(3, random); left > 0; left -= 1) {
    const at = upTo(text.length, random);
    const cut = random() < 0.5 ? 0 : upTo(8, random);
    text = text.slice(0, at) + (random() < 0.7 ? pick(PIECES, random) : '') + text.slice(at + cut);
  }
  return text;
}

const noise = (random: Random): string =>
  Array.from({ length: upTo(60, random) }, () => String.fromCharCode(upTo(0x2ff, random))).join('');

/** Reads a broken page as `comparePieces` does. */
export const fuzzCase = (random: Random): void => comparePieces(fuzzPage(random), random);

/**
 * Reads the page whole and in pieces; throws where the two differ, or a page yields what none may.
 */
export function comparePieces(text: string, random: Random): void {
  const isStrict = random() < 0.5;
  const whole = new PageReader({ readings: READINGS, isStrict });
  whole.push(text);
  const pieces = new PageReader({ readings: READINGS, isStrict });
  for (let at = 0; at < text.length; ) {
    const next = at + 1 + upTo(40, random);
    pieces.push(text.slice(at, next));
    at = next;
  }
  const [a, b] = [whole.end(), pieces.end()];
  if (
    a.lines !== b.lines ||
    a.fault?.line !== b.fault?.line ||
    a.fault?.message !== b.fault?.message
  )
    throw new Error(
      `read otherwise in pieces: ${JSON.stringify({ text, a: a.fault, b: b.fault })}`,
    );
  for (const [index, family] of a.families.entries()) {
    const other = b.families[index] ?? null;
    if ((family === null) !== (other === null) || family?.series.size !== other?.series.size)
      throw new Error(`read otherwise in pieces: ${JSON.stringify(text)}`);
    for (const { count, buckets } of family?.series.values() ?? [])
      if ((count !== null && !(count >= 0)) || [...buckets.values()].some((value) => !(value >= 0)))
        throw new Error(`a count that is none: ${JSON.stringify(text)}`);
  }
}
