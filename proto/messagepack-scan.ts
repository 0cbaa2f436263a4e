import { isPrototypeKey } from './check.js';

interface Frame {
  /** Values still to come; a map counts keys and values. */
  left: number;
  readonly isMap: boolean;
}

/**
 * Walks MessagePack bytes without building anything: says why a decoder must not see them, or `undefined` when it may.
 * Refused: more nesting than `maxDepth`, lengths beyond the bytes, extension types, keys that are no text or reach a
 * prototype, more or less than one value. Costs O(bytes) and memory O(maxDepth).
 */
export function messagePackFault(bytes: Uint8Array, maxDepth: number): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const open: Frame[] = [{ left: 1, isMap: false }];
  let at = 0;
  for (let frame = innermost(open); frame !== undefined; frame = innermost(open)) {
    const token = tokenAt(view, at);
    if (typeof token === 'string') return token;
    const fault = token.end + token.children > bytes.length ? BEYOND : keyFault(bytes, token, frame);
    if (fault !== undefined) return fault;
    frame.left -= 1;
    if (token.children > 0) {
      if (open.length > maxDepth) return `nested deeper than ${maxDepth}`;
      open.push({ left: token.children, isMap: token.kind === 'map' });
    }
    at = token.end;
  }
  return at === bytes.length ? undefined : 'bytes follow the message';
}

const BEYOND = 'a length goes beyond the message';

/** The frame that still waits for values; leaves those that are full. */
function innermost(open: Frame[]): Frame | undefined {
  while (open.at(-1)?.left === 0) open.pop();
  return open.at(-1);
}

interface Token {
  readonly kind: 'scalar' | 'text' | 'array' | 'map';
  /** Where the text begins; only meaningful for text. */
  readonly start: number;
  readonly end: number;
  readonly children: number;
}

/** Payload bytes after the first one of the fixed-size types 0xc0–0xd3. */
const FIXED: Readonly<Record<number, number>> = {
  192: 0, // nil
  194: 0, // false
  195: 0, // true
  202: 4, // float 32
  203: 8, // float 64
  204: 1, // uint 8–64
  205: 2,
  206: 4,
  207: 8,
  208: 1, // int 8–64
  209: 2,
  210: 4,
  211: 8,
};

/** The token that begins at `at`, or why there is none (https://github.com/msgpack/msgpack/blob/master/spec.md). */
function tokenAt(view: DataView, at: number): Token | string {
  if (at >= view.byteLength) return 'it ends early';
  const first = view.getUint8(at);
  if (first <= 0x7f || first >= 0xe0) return scalar(at, 0);
  if (first <= 0x8f) return { kind: 'map', start: at, end: at + 1, children: (first & 0x0f) * 2 };
  if (first <= 0x9f) return { kind: 'array', start: at, end: at + 1, children: first & 0x0f };
  if (first <= 0xbf) return { kind: 'text', start: at + 1, end: at + 1 + (first & 0x1f), children: 0 };
  const fixed = FIXED[first];
  if (fixed !== undefined) return scalar(at, fixed);
  return sizedToken(view, at, first);
}

const scalar = (at: number, payload: number): Token => ({
  kind: 'scalar',
  start: at,
  end: at + 1 + payload,
  children: 0,
});

/** Types whose length or count follows in 1, 2 or 4 bytes. */
function sizedToken(view: DataView, at: number, first: number): Token | string {
  const width = { 196: 1, 197: 2, 198: 4, 217: 1, 218: 2, 219: 4, 220: 2, 221: 4, 222: 2, 223: 4 }[first];
  if (width === undefined) return 'it holds an extension type';
  const start = at + 1 + width;
  if (start > view.byteLength) return 'it ends early';
  const size = width === 1 ? view.getUint8(at + 1) : width === 2 ? view.getUint16(at + 1) : view.getUint32(at + 1);
  if (first <= 198) return { kind: 'scalar', start, end: start + size, children: 0 };
  if (first <= 219) return { kind: 'text', start, end: start + size, children: 0 };
  if (first <= 221) return { kind: 'array', start, end: start, children: size };
  return { kind: 'map', start, end: start, children: size * 2 };
}

const LONGEST_PROTOTYPE_KEY = 'constructor'.length;

/** Keys stand at every second place of a map. */
function keyFault(bytes: Uint8Array, token: Token, frame: Frame): string | undefined {
  if (!frame.isMap || frame.left % 2 !== 0) return undefined;
  if (token.kind !== 'text') return 'a key is not a text';
  if (token.end - token.start > LONGEST_PROTOTYPE_KEY) return undefined;
  const key = String.fromCharCode(...bytes.subarray(token.start, token.end));
  return isPrototypeKey(key) ? `the key ${key} is not allowed` : undefined;
}
