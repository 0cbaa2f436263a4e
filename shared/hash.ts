const BASIS = 0x811c9dc5;

/**
 * A hash of a text, 16 hex digits: two FNV-1a hashes of 32 bits side by side. It tells texts apart
 * that nobody makes collide on purpose; it protects nothing.
 */
export const hash64Of = (text: string): string =>
  hex(fnv1a(text, BASIS)) + hex(fnv1a(text, 0x01234567));

/**
 * A whole number from 0 to `count` − 1 by the hash of a text: always the same one for it, and about
 * as many texts for each number, be they numbered in twos.
 */
export const indexByHash = (text: string, count: number): number =>
  mixed(fnv1a(text, BASIS)) % count;

/** The end of MurmurHash3: each bit of the result depends on all; the last one of FNV-1a on few. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

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
