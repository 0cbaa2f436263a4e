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

/**
 * What the engine's words have of one try only: an id that it made up, as of the network endpoint
 * of a container whose port is taken, and its own port of a connection to a registry or to DNS. A
 * digest names an image, and stays.
 */
const OF_ONE_TRY = /(?<!sha256:)\b[0-9a-f]{64}\b|:\d+(?=->)/g;

/** The reason as it is for every try. */
export const reasonOfTries = (reason: string): string => reason.replace(OF_ONE_TRY, '');

/** Whether two tries failed for the same reason. */
export const isSameReason = (a: string, b: string): boolean =>
  a === b || reasonOfTries(a) === reasonOfTries(b);

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
