import { err, ok, type Result } from '../../../../shared/result.js';

/** How a field is written. `raw`: kept as text of its bytes, to tell one from another. */
type Kind =
  | 'text'
  | 'raw'
  | 'varint'
  | 'zigzag'
  | 'fixed64'
  | 'double'
  | 'varints'
  | 'fixed64s'
  | 'doubles'
  | Table;
interface ProtobufField {
  readonly name: string;
  readonly kind: Kind;
  readonly isList?: true;
}
interface Table {
  readonly [number: number]: ProtobufField;
}

// Field numbers of opentelemetry-proto 1.x: collector/metrics/v1/metrics_service.proto and
// metrics/v1/metrics.proto. What is not here is skipped.
const ATTRIBUTE: Table = {
  1: { name: 'key', kind: 'text' },
  2: {
    name: 'value',
    kind: {
      1: { name: 'stringValue', kind: 'text' },
      2: { name: 'boolValue', kind: 'varint' },
      3: { name: 'intValue', kind: 'varint' },
      4: { name: 'doubleValue', kind: 'double' },
      5: { name: 'arrayValue', kind: 'raw' },
      6: { name: 'pairsValue', kind: 'raw' },
      7: { name: 'bytesValue', kind: 'raw' },
    },
  },
};
const BUCKETS: Table = {
  1: { name: 'offset', kind: 'zigzag' },
  2: { name: 'bucketCounts', kind: 'varints' },
};
const HISTOGRAM_POINT: Table = {
  9: { name: 'attributes', kind: ATTRIBUTE, isList: true },
  2: { name: 'startTimeUnixNano', kind: 'fixed64' },
  3: { name: 'timeUnixNano', kind: 'fixed64' },
  4: { name: 'count', kind: 'fixed64' },
  5: { name: 'sum', kind: 'double' },
  6: { name: 'bucketCounts', kind: 'fixed64s' },
  7: { name: 'explicitBounds', kind: 'doubles' },
};
const EXPONENTIAL_POINT: Table = {
  1: { name: 'attributes', kind: ATTRIBUTE, isList: true },
  2: { name: 'startTimeUnixNano', kind: 'fixed64' },
  3: { name: 'timeUnixNano', kind: 'fixed64' },
  4: { name: 'count', kind: 'fixed64' },
  5: { name: 'sum', kind: 'double' },
  6: { name: 'scale', kind: 'zigzag' },
  7: { name: 'zeroCount', kind: 'fixed64' },
  8: { name: 'positive', kind: BUCKETS },
};
const dataOf = (point: Table): Table => ({
  1: { name: 'dataPoints', kind: point, isList: true },
  2: { name: 'aggregationTemporality', kind: 'varint' },
});
const METRIC: Table = {
  1: { name: 'name', kind: 'text' },
  3: { name: 'unit', kind: 'text' },
  9: { name: 'histogram', kind: dataOf(HISTOGRAM_POINT) },
  10: { name: 'exponentialHistogram', kind: dataOf(EXPONENTIAL_POINT) },
};
const REQUEST: Table = {
  1: {
    name: 'resourceMetrics',
    isList: true,
    kind: {
      1: { name: 'resource', kind: 'raw' },
      2: {
        name: 'scopeMetrics',
        isList: true,
        kind: { 2: { name: 'metrics', kind: METRIC, isList: true } },
      },
    },
  },
};

/**
 * Reads an ExportMetricsServiceRequest into the shape of its JSON form, as far as response times
 * go. Bounded by the bytes given.
 */
export function decodeMetricsRequest(bytes: Uint8Array): Result<unknown, string> {
  try {
    return ok(new ProtobufReader(bytes).message(REQUEST, bytes.length));
  } catch {
    return err('the body is not a protobuf ExportMetricsServiceRequest');
  }
}

class ProtobufReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  message(table: Table, end: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    while (this.#at < end) {
      const tag = this.#varint();
      const field = table[Math.floor(tag / 8)];
      const wire = tag % 8;
      if (field === undefined) this.#skip(wire);
      else this.#store(result, field, wire);
    }
    if (this.#at !== end) throw new Error('a field is longer than its message');
    return result;
  }

  #store(
    result: Record<string, unknown>,
    { name, kind, isList }: ProtobufField,
    wire: number,
  ): void {
    const value = this.#value(kind, wire);
    const held = result[name];
    // Lists of numbers may come packed, or one by one: then a copy for each would take for ever.
    if (Array.isArray(value)) {
      if (!Array.isArray(held)) result[name] = value;
      else for (const each of value) held.push(each);
    } else if (isList === true) {
      if (Array.isArray(held)) held.push(value);
      else result[name] = [value];
    } else result[name] = value;
  }

  #value(kind: Kind, wire: number): unknown {
    if (typeof kind === 'object') return this.#inside(wire, (end) => this.message(kind, end));
    if (kind === 'text' || kind === 'raw') return this.#text(wire);
    if (kind === 'varints' || kind === 'fixed64s' || kind === 'doubles') {
      const one = NUMBER_OF[kind];
      if (wire !== 2) return [this.#number(one, wire)];
      return this.#inside(wire, (end) => {
        const numbers: number[] = [];
        while (this.#at < end) numbers.push(this.#number(one, WIRE_OF[one]));
        return numbers;
      });
    }
    return this.#number(kind, wire);
  }

  #number(kind: keyof typeof WIRE_OF, wire: number): number {
    if (wire !== WIRE_OF[kind]) throw new Error('a field has another wire type');
    if (kind === 'varint') return this.#varint();
    if (kind === 'zigzag') {
      const value = this.#varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
    const at = this.#take(8);
    return kind === 'double'
      ? this.#view.getFloat64(at, true)
      : Number(this.#view.getBigUint64(at, true));
  }

  #text(wire: number): string {
    return this.#inside(wire, (end) => {
      const from = this.#take(end - this.#at);
      return new TextDecoder().decode(this.#bytes.subarray(from, end));
    });
  }

  #inside<T>(wire: number, read: (end: number) => T): T {
    if (wire !== 2) throw new Error('a field has another wire type');
    const end = this.#varint() + this.#at;
    if (!(end <= this.#bytes.length)) throw new Error('a field is longer than the body');
    return read(end);
  }

  #skip(wire: number): void {
    if (wire === 0) this.#varint();
    else if (wire === 1) this.#take(8);
    else if (wire === 2) this.#inside(wire, (end) => this.#take(end - this.#at));
    else if (wire === 5) this.#take(4);
    else throw new Error('no such wire type');
  }

  /** Moves on; where the bytes begin. */
  #take(count: number): number {
    const from = this.#at;
    this.#at += count;
    if (count < 0 || this.#at > this.#bytes.length) throw new Error('the body ends too soon');
    return from;
  }

  #varint(): number {
    let [value, factor] = [0, 1];
    for (let count = 0; count < 10; count += 1) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new Error('a number does not end');
  }
}

const WIRE_OF = { varint: 0, zigzag: 0, fixed64: 1, double: 1 } as const;
const NUMBER_OF = { varints: 'varint', fixed64s: 'fixed64', doubles: 'double' } as const;
