import { textWidth } from '../grid/glyphs.js';

/** On a terminal narrower than this nothing is wrapped, characters. */
const MIN_COLUMNS = 20;
/** Indent of the lines after the first, so that the next message is told from them. */
const HANG = 2;

/** Programs whose commands stand in messages. */
const PROGRAMS: ReadonlySet<string> = new Set([
  ...['dqoes', 'docker', 'nats', 'nats-server', 'nvidia-smi'],
  ...['systemctl', 'journalctl', 'chmod', 'chgrp', 'chown', 'kill', 'export'],
]);
/** What may stand before a program: `sudo`, `DQOES_NATS_TLS_CA=FILE`. */
const PREFIX = /^(?:sudo|npx|[A-Z][A-Z0-9_]*=.+)$/;
/** A verb of two words and the name of a thing: `dqoes job status face`. */
const MAX_PLAIN_WORDS = 3;

const OPENING = /^[([{]+/;
const CLOSING = /[)\]},;:.?!]+$/;
const PLAIN = /^[a-z]+$/;

/**
 * A message in lines of at most `columns` characters, broken between words; lines after the first
 * are indented. What may be copied stays on one line, which the terminal folds where it is longer:
 * commands, quotations, paths. The lines below the first one of a message that has several, such
 * as settings, are left as they are.
 */
export function wrapMessage(message: string, columns: number): string {
  if (columns < MIN_COLUMNS) return message;
  const [first = '', ...below] = message.split('\n');
  return [...wrapLine(first, columns), ...below].join('\n');
}

function wrapLine(text: string, columns: number): readonly string[] {
  if (textWidth(text) <= columns) return [text];
  const [leading = ''] = /^ */.exec(text) ?? [];
  const hang = ' '.repeat(leading.length + HANG);
  const lines: string[] = [];
  let line = '';
  for (const { gap, text: unit } of unitsOf(text.slice(leading.length))) {
    const joined = `${line}${gap}${unit}`;
    if (line === '') line = `${leading}${unit}`;
    else if (textWidth(joined) <= columns) line = joined;
    else {
      lines.push(line);
      line = `${hang}${unit}`;
    }
  }
  return [...lines, line];
}

/** What stays on one line, and the blanks before it. */
interface Unit {
  readonly gap: string;
  readonly text: string;
}

function unitsOf(text: string): readonly Unit[] {
  const parts = [...text.matchAll(/( *)([^ ]+)/g)].map(([, gap = '', word = '']) => ({
    gap,
    word,
  }));
  const words = parts.map(({ word }) => word);
  const units: Unit[] = [];
  for (let at = 0; at < parts.length; ) {
    const end = Math.max(quotationEnd(words, at), commandEnd(words, at));
    const own = parts.slice(at, end);
    const joined = own.map(({ gap, word }, i) => (i === 0 ? word : `${gap}${word}`)).join('');
    units.push({ gap: parts[at]?.gap ?? '', text: joined });
    at = end;
  }
  return units;
}

/** Where a quotation that begins with this word ends; else the next word. */
function quotationEnd(words: readonly string[], at: number): number {
  const first = (words[at] ?? '').replace(OPENING, '');
  const mark = first[0] ?? '';
  if (!['"', "'", '`'].includes(mark) || first.indexOf(mark, 1) > 0) return at + 1;
  const last = words.findIndex((word, i) => i > at && word.includes(mark));
  return last < 0 ? at + 1 : last + 1;
}

/** Where a command that begins with this word ends; else the next word. */
function commandEnd(words: readonly string[], at: number): number {
  const first = (words[at] ?? '').replace(OPENING, '');
  if (PREFIX.test(first)) {
    const end = at + 1 < words.length ? commandEnd(words, at + 1) : 0;
    return end > at + 2 ? end : at + 1;
  }
  if (!PROGRAMS.has(first)) return at + 1;
  let plainWords = 0;
  let before = first;
  let end = at + 1;
  for (; end < words.length && !CLOSING.test(before); end += 1) {
    const word = words[end] ?? '';
    if (OPENING.test(word)) break;
    const isPlain = PLAIN.test(word.replace(CLOSING, '')) && !before.startsWith('-');
    if (isPlain && plainWords === MAX_PLAIN_WORDS) break;
    plainWords += isPlain ? 1 : 0;
    before = word;
  }
  return end;
}
