import { PROTOTYPE_KEYS } from '../../shared/ids.js';
import { isPrototypeKey } from './words.js';

/**
 * Why a decoder must not read these MessagePack bytes; `undefined` = it may. Refused are: nesting
 * deeper than `maxDepth`, lengths beyond the bytes, extension types, keys that are no text or reach
 * a prototype, and more or less than one value. Builds nothing: time O(bytes), memory O(maxDepth).
 */
export function messagePackFault(bytes: Uint8Array, maxDepth: number): string | undefined {
  return new Scan(bytes, maxDepth).fault();
}

/**
 * Where the value ends that begins at `start`, checked as by `messagePackFault`; `undefined` = a
 * decoder must not read it.
 */
export function messagePackEnd(
  bytes: Uint8Array,
  start: number,
  maxDepth: number,
): number | undefined {
  return new Scan(bytes, maxDepth, start).end();
}

const BEYOND = 'a length goes beyond the message';
const EARLY = 'it ends early';

type ValueKind = 'scalar' | 'text' | 'array' | 'map';

/**
 * Types whose length or count follows in `width` bytes; 0 = what follows the first byte is `size`
 * long.
 */
interface Form {
  readonly kind: ValueKind;
  readonly width: 0 | 1 | 2 | 4;
  readonly size: number;
}

/**
 * By first byte; null = an extension type or one never used
 * (https://github.com/msgpack/msgpack/blob/master/spec.md).
 */
const FORMS: readonly (Form | null)[] = Array.from({ length: 256 }, (_, first) => formOf(first));

function formOf(first: number): Form | null {
  if (first <= 0x7f || first >= 0xe0) return { kind: 'scalar', width: 0, size: 0 };
  if (first <= 0x8f) return { kind: 'map', width: 0, size: first & 0x0f };
  if (first <= 0x9f) return { kind: 'array', width: 0, size: first & 0x0f };
  if (first <= 0xbf) return { kind: 'text', width: 0, size: first & 0x1f };
  const fixed = {
    192: 0,
    194: 0,
    195: 0,
    202: 4,
    203: 8,
    204: 1,
    205: 2,
    206: 4,
    207: 8,
    208: 1,
    209: 2,
    210: 4,
    211: 8,
  }[first];
  if (fixed !== undefined) return { kind: 'scalar', width: 0, size: fixed };
  const sized = {
    196: ['scalar', 1],
    197: ['scalar', 2],
    198: ['scalar', 4],
    217: ['text', 1],
    218: ['text', 2],
    219: ['text', 4],
    220: ['array', 2],
    221: ['array', 4],
    222: ['map', 2],
    223: ['map', 4],
  }[first] as readonly [ValueKind, 1 | 2 | 4] | undefined;
  return sized === undefined ? null : { kind: sized[0], width: sized[1], size: 0 };
}

class Scan {
  readonly #view: DataView;
  /**
   * Of each open array or map: values still to come, a map counting keys and values; and whether it
   * is a map.
   */
  readonly #left: Int32Array;
  readonly #isMap: Uint8Array;
  /** Of the innermost; -1 = all are full. */
  #depth = 0;
  #at: number;

  readonly #bytes: Uint8Array;
  readonly #maxDepth: number;

  constructor(bytes: Uint8Array, maxDepth: number, start = 0) {
    this.#bytes = bytes;
    this.#at = start;
    this.#maxDepth = maxDepth;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = new Int32Array(maxDepth + 1);
    this.#isMap = new Uint8Array(maxDepth + 1);
    this.#left[0] = 1;
  }

  fault(): string | undefined {
    const fault = this.#scan();
    if (fault !== undefined) return fault;
    return this.#at === this.#bytes.length ? undefined : 'bytes follow the message';
  }

  end(): number | undefined {
    const fault = this.#scan();
    return fault !== undefined || this.#at > this.#bytes.length ? undefined : this.#at;
  }

  /** Passes over one value. What it returns is wrong with it. */
  #scan(): string | undefined {
    const left = this.#left;
    const isMap = this.#isMap;
    for (;;) {
      let depth = this.#depth;
      while (depth >= 0 && left[depth] === 0) depth -= 1;
      this.#depth = depth;
      if (depth < 0) return undefined;
      const missing = left[depth] ?? 0;
      left[depth] = missing - 1;
      // Keys stand at every second place of a map.
      const fault = this.#value(isMap[depth] === 1 && missing % 2 === 0);
      if (fault !== undefined) return fault;
    }
  }

  #value(isKey: boolean): string | undefined {
    const bytes = this.#bytes;
    const first = bytes[this.#at];
    if (first === undefined) return EARLY;
    const form = FORMS[first];
    if (form === null || form === undefined) return 'it holds an extension type';
    const { kind, width } = form;
    const start = this.#at + 1 + width;
    if (start > bytes.length) return EARLY;
    const size = width === 0 ? form.size : this.#sizeAt(this.#at + 1, width);
    if (isKey && kind !== 'text') return 'a key is not a text';
    const isOpen = kind === 'array' || kind === 'map';
    this.#at = isOpen ? start : start + size;
    const children = kind === 'map' ? 2 * size : isOpen ? size : 0;
    if (this.#at + children > bytes.length) return BEYOND;
    if (isKey) return this.#keyFault(start, size);
    return children > 0 ? this.#open(children, kind === 'map') : undefined;
  }

  #sizeAt(at: number, width: 1 | 2 | 4): number {
    if (width === 1) return this.#view.getUint8(at);
    return width === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #open(children: number, isMap: boolean): string | undefined {
    if (this.#depth >= this.#maxDepth) return `nested deeper than ${this.#maxDepth}`;
    this.#depth += 1;
    this.#left[this.#depth] = children;
    this.#isMap[this.#depth] = isMap ? 1 : 0;
    return undefined;
  }

  #keyFault(start: number, length: number): string | undefined {
    if (!PROTOTYPE_KEY_LENGTHS.has(length)) return undefined;
    const key = String.fromCharCode(...this.#bytes.subarray(start, start + length));
    return isPrototypeKey(key) ? `the key ${key} is not allowed` : undefined;
  }
}

const PROTOTYPE_KEY_LENGTHS: ReadonlySet<number> = new Set(
  PROTOTYPE_KEYS.map(({ length }) => length),
);
