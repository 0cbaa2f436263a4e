import { cutText } from '../../shared/text.js';

/** Characters of one reason, UTF-16 code units. */
const MAX_CHARACTERS = 500;
/** Bytes of all reasons of one event as JSON; the event stream takes 64 KiB a message. */
const MAX_BYTES = 32 * 1024;
const MAX_REASONS = 100;
const CUT = '…';
/** Quotes and the comma. */
const FRAME_BYTES = 3;

/**
 * Reasons as an event carries them: at most 100, each cut to 500 characters, 32 KiB of JSON in all,
 * whatever hosts and job files say. None is cut inside a character.
 */
export function reasonsForEvent(reasons: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let left = MAX_BYTES;
  for (const reason of reasons.slice(0, MAX_REASONS)) {
    const { text, bytes } = cutTo(reason, left - FRAME_BYTES);
    if (text === '') break;
    kept.push(text);
    left -= bytes + FRAME_BYTES;
  }
  return kept;
}

/** One reason, likewise. */
export const reasonForEvent = (reason: string): string => cutTo(reason, MAX_BYTES).text;

/** What the engine's words may have of one try only. */
const OF_ONE_TRY: readonly RegExp[] = [
  // An id that it made up, as of the network endpoint of a container whose port is taken. A digest
  // names an image, and stays.
  /(?<!sha256:)\b[0-9a-f]{64}\b/g,
  // Its own port of a connection to a registry or to DNS.
  /:\d+(?=->)/g,
  // Addresses: a registry has several, which are tried in turn. A tag of an image is none.
  /(?<![\w.:-])(?:\d{1,3}\.){3}\d{1,3}(?!\w|-(?!>)|\.\w)/g,
  /\[[0-9a-f.]*:[0-9a-f:.]+(?:%[\w.-]+)?\]/gi,
  // Its clock, where a certificate is not valid, and the file that a layer is written to.
  /(?<=\bcurrent time )\S+/g,
  /(?<=\/tmp\/[A-Za-z-]+)\d+/g,
];
/** Longer reasons were cut by others, who counted what differs by try, UTF-16 code units. */
const MAX_KIND = 300;

/** What a start failed by, the same for every try. */
export const kindOfFailure = (reason: string): string =>
  cutText(
    OF_ONE_TRY.reduce((text, part) => text.replace(part, ''), reason),
    MAX_KIND,
  );

/** Whether two tries failed for the same reason. */
export const isSameReason = (a: string, b: string): boolean =>
  a === b || kindOfFailure(a) === kindOfFailure(b);

function cutTo(
  reason: string,
  maxBytes: number,
): { readonly text: string; readonly bytes: number } {
  let [text, bytes] = ['', 0];
  for (const character of reason) {
    const more = encodedBytes(character);
    const isLong = text.length + character.length > MAX_CHARACTERS;
    if (isLong || bytes + more + encodedBytes(CUT) > maxBytes) {
      if (text === '') break;
      return { text: `${text}${CUT}`, bytes: bytes + encodedBytes(CUT) };
    }
    text += character;
    bytes += more;
  }
  return { text, bytes };
}

/** Bytes of one character in JSON in UTF-8. */
function encodedBytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  if (code < 0x20 || isHalf) return 6;
  if (code < 0x80) return character === '"' || character === '\\' ? 2 : 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
