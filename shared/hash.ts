/**
 * A hash of a text, 16 hex digits: two FNV-1a hashes of 32 bits side by side. It tells texts apart
 * that nobody makes collide on purpose; it protects nothing.
 */
export const hash64Of = (text: string): string =>
  hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x01234567));

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');
