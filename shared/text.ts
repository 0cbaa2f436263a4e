/**
 * The text, at most `max` UTF-16 units of it, well-formed: a cut may leave half of a character,
 * and a text with such a half is refused by who reads it again (`proto/codec/words`). The half
 * becomes U+FFFD.
 */
export const cutText = (text: string, max: number): string => text.slice(0, max).toWellFormed();

/**
 * The same text in one piece: the engine keeps one that was put together as a tree of its parts,
 * and a part that was cut out as a view of the whole. For texts that are held for long.
 */
export const inOnePiece = <T extends string>(text: T): T => JSON.parse(JSON.stringify(text)) as T;

/**
 * Why a text cannot be sent as one of at most `max` UTF-16 units, with the cure; '' = it can. It is
 * what `text` of `proto/codec/words` refuses without one.
 */
export function textTrouble(text: string, max: number): string {
  if (text.length > max) return `is ${text.length} characters long: use at most ${max}`;
  return text.isWellFormed()
    ? ''
    : 'has half of a character (one surrogate), which cannot be sent: write the whole character';
}

/** The first `max` of some names, and how many more there are. */
export function firstNames(names: readonly string[], max: number, separator = ', '): string {
  const more = names.length > max ? ` and ${names.length - max} more` : '';
  return `${names.slice(0, max).join(separator)}${more}`;
}

/** Control characters, and those that turn the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for control characters
export const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text with each of those written as `\u001b`, so that who reads it sees what was there. */
export const escaped = (text: string): string =>
  text.replace(HARMFUL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
