/**
 * The text, at most `max` UTF-16 units of it, well-formed: a cut may leave half of a character,
 * and a text with such a half is refused by who reads it again (`proto/codec/words`). The half
 * becomes U+FFFD.
 */
export const cutText = (text: string, max: number): string => text.slice(0, max).toWellFormed();
