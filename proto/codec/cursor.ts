const [NIL, FALSE, TRUE] = [0xc0, 0xc2, 0xc3];

/**
 * Where reading stands in MessagePack bytes that nobody has checked. Reads the forms that agents
 * send; what it does not know it does not pass over, and says so.
 */
export class Cursor {
  at: number;
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isNull(): boolean {
    return this.bytes[this.at] === NIL;
  }

  /** Passes over the number that stands here; NaN = there is none. */
  number(): number {
    const { bytes, at } = this;
    const first = bytes[at] ?? NIL;
    if (first <= 0x7f || first >= 0xe0) {
      this.at = at + 1;
      return first <= 0x7f ? first : first - 0x100;
    }
    const width = first >= 0xcb && first <= 0xd2 ? (WIDTHS[first - 0xcb] ?? 0) : 0;
    if (width === 0 || at + 1 + width > bytes.length) return Number.NaN;
    this.at = at + 1 + width;
    return this.#numberAt(first, at + 1);
  }

  #numberAt(first: number, at: number): number {
    switch (first) {
      case 0xcb:
        return this.#view.getFloat64(at);
      case 0xcc:
        return this.#view.getUint8(at);
      case 0xcd:
        return this.#view.getUint16(at);
      case 0xce:
        return this.#view.getUint32(at);
      case 0xd0:
        return this.#view.getInt8(at);
      case 0xd1:
        return this.#view.getInt16(at);
      default:
        return this.#view.getInt32(at);
    }
  }

  /** Passes over the text that stands here if it is this one; only ASCII is known to be. */
  passesText(text: string): boolean {
    const { bytes, at } = this;
    const length = this.#textHead();
    const start = this.at;
    this.at = at;
    if (length !== text.length || start + length > bytes.length) return false;
    for (let i = 0; i < length; i += 1) {
      const byte = bytes[start + i] as number;
      if (byte !== text.charCodeAt(i) || byte > 0x7f) return false;
    }
    this.at = start + length;
    return true;
  }

  /** Passes over one value, at most `depth` deep; false = it is of a form not known here. */
  pass(depth: number): boolean {
    const { bytes, at } = this;
    const first = bytes[at] ?? -1;
    if (first === NIL || first === FALSE || first === TRUE) {
      this.at = at + 1;
      return true;
    }
    const length = this.#textHead();
    if (length >= 0) {
      this.at += length;
      return this.at <= bytes.length;
    }
    if (!Number.isNaN(this.number())) return true;
    const items = this.list();
    const left = items >= 0 ? items : 2 * this.map();
    if (left < 0 || depth === 0) return false;
    for (let i = 0; i < left; i += 1) if (!this.pass(depth - 1)) return false;
    return true;
  }

  /** Passes over the head of a text; its length in bytes, -1 = no text begins here. */
  #textHead(): number {
    const { bytes, at } = this;
    const first = bytes[at] ?? NIL;
    const isShort = first >= 0xa0 && first <= 0xbf;
    const width = isShort ? 0 : first === 0xd9 ? 1 : first === 0xda ? 2 : -1;
    if (width < 0 || at + 1 + width > bytes.length) return -1;
    this.at = at + 1 + width;
    return isShort ? first & 0x1f : this.#sizeAt(at + 1, width);
  }

  /** Passes over these bytes, from `from` to `to`, if they stand here. */
  passesBytes(expected: DataView, from = 0, to = expected.byteLength): boolean {
    const { at } = this;
    if (at + to - from > this.bytes.length) return false;
    const view = this.#view;
    const shift = at - from;
    let i = from;
    // Four at a time: most of a message is compared here.
    for (; i + 4 <= to; i += 4)
      if (view.getInt32(shift + i, true) !== expected.getInt32(i, true)) return false;
    for (; i < to; i += 1) if (view.getUint8(shift + i) !== expected.getUint8(i)) return false;
    this.at = at + to - from;
    return true;
  }

  /** Passes over the head of a list; how many values follow, -1 = no list begins here. */
  list(): number {
    return this.#head(0x90, 0xdc);
  }

  /** Passes over the head of a map; how many pairs follow, -1 = no map begins here. */
  map(): number {
    return this.#head(0x80, 0xde);
  }

  #head(short: number, long: number): number {
    const { bytes, at } = this;
    const first = bytes[at] ?? NIL;
    if (first >= short && first <= short + 0x0f) {
      this.at = at + 1;
      return first - short;
    }
    if (first !== long || at + 3 > bytes.length) return -1;
    this.at = at + 3;
    return this.#view.getUint16(at + 1);
  }

  #sizeAt(at: number, width: number): number {
    return width === 1 ? this.#view.getUint8(at) : this.#view.getUint16(at);
  }
}

/** Bytes of the numbers from `0xcb` on; 0 = a form that agents do not send (64 bits). */
const WIDTHS: readonly number[] = [8, 1, 2, 4, 0, 1, 2, 4];
