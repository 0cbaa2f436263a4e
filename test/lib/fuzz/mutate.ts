import type { Random } from '../../../shared/random.js';

/** Pieces that parsers stumble over, put in at any place. */
const PIECES = [
  ...['{', '}', '[', ']', '"', "'", ',', ':', '=', '#', '-', '&a', '*a', '<<', '---', '...'],
  ...['\n', '\r', '\t', ' ', '\0', '\ud800', '\u202e', 'é', '😀'],
  ...['__proto__', 'constructor', 'null', 'NaN', 'Infinity', '-0', '1e309', '9007199254740993'],
  ...['9'.repeat(40), 'a'.repeat(300), '%00', '<img onerror=x>', '\\u0000'],
].map((piece) => new TextEncoder().encode(piece));
const LARGE = [0xff, 0x7f, 0x80, 0x00];

const upTo = (most: number, random: Random): number => Math.floor(random() * (most + 1));
const pick = <T>(list: readonly T[], random: Random): T =>
  list[Math.floor(random() * list.length)] as T;

/** One of the corpus, changed a few times; now and then noise alone. */
export function mutated(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  if (random() < 0.03) return noise(upTo(200, random), random);
  let bytes = pick(corpus, random);
  for (let left = 1 + upTo(4, random); left > 0; left -= 1) bytes = changed(bytes, corpus, random);
  return bytes;
}

function changed(bytes: Uint8Array, corpus: readonly Uint8Array[], random: Random): Uint8Array {
  const at = upTo(bytes.length, random);
  switch (upTo(6, random)) {
    case 0:
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << upTo(7, random)));
    case 1:
      return withByte(bytes, at, pick(LARGE, random));
    case 2:
      return bytes.subarray(0, at);
    case 3:
      return join(
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + upTo(20, random))),
      );
    case 4:
      return join(bytes.subarray(0, at), pick(PIECES, random), bytes.subarray(at));
    case 5:
      return join(bytes.subarray(0, at), bytes.subarray(at >> 1, at), bytes.subarray(at));
    default: {
      const other = pick(corpus, random);
      return join(bytes.subarray(0, at), other.subarray(upTo(other.length, random)));
    }
  }
}

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice();
  // Past the end nothing is written.
  changed[at] = byte;
  return changed;
}

const noise = (length: number, random: Random): Uint8Array =>
  Uint8Array.from({ length }, () => upTo(255, random));

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
