/**
 * Label names and values in turn: `[name, value, name, value, …]`, as written, escapes resolved.
 */
export type FlatLabels = readonly string[];

/** What one line of a page says, or what is wrong with it. */
export type ReadLine =
  | {
      readonly kind: 'sample';
      readonly name: string;
      readonly labels: FlatLabels;
      readonly value: number;
    }
  | { readonly kind: 'type'; readonly name: string; readonly type: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'fault'; readonly message: string };

const NOTHING: ReadLine = { kind: 'nothing' };
const NO_LABELS: FlatLabels = [];
/** More labels on one sample are refused. */
const MAX_LABELS = 128;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;

const Char = {
  tab: 9,
  space: 32,
  quote: 34,
  hash: 35,
  comma: 44,
  equals: 61,
  backslash: 92,
  open: 123,
  close: 125,
} as const;

/**
 * Reads one line of the Prometheus text format 0.0.4 or of OpenMetrics 1.0, without its newline:
 * names with `:`, names in quotes (`{"a.b", x="y"}`), escaped label values, trailing commas, `+Inf`
 * and `NaN`, timestamps, exemplars. `wants` says which samples matter; others are skipped after
 * their name, unread.
 */
export function readMetricLine(line: string, wants?: (name: string) => boolean): ReadLine {
  const at = skipBlanks(line, 0);
  if (at === line.length) return NOTHING;
  const first = line.charCodeAt(at);
  if (first === Char.hash) return readComment(line, at);
  const nameEnd = first === Char.open ? at : endOfName(line, at);
  const name = line.slice(at, nameEnd);
  if (first !== Char.open && !NAME.test(name)) return notMetrics(line);
  if (first !== Char.open && wants !== undefined && !wants(name)) return NOTHING;
  const reader = new SampleReader(line, nameEnd);
  const labels = reader.labels();
  if (labels === undefined)
    return name === '' ? notMetrics(line) : fault(line, 'has labels that do not end');
  const value = reader.value();
  if (value === undefined)
    return name === '' ? notMetrics(line) : fault(line, 'has no number as its value');
  const isQuotedName = name === '' && labels.length % 2 === 1;
  if (name === '' && !isQuotedName) return notMetrics(line);
  if (isQuotedName)
    return { kind: 'sample', name: labels[0] ?? '', labels: labels.slice(1), value };
  return labels.length % 2 === 0
    ? { kind: 'sample', name, labels, value }
    : fault(line, 'has a label without a name');
}

/** A number as Go's ParseFloat takes it in this format; `undefined` when it is none. */
export function parseMetricNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === 'nan') return Number.NaN;
  if (word === '+inf' || word === 'inf') return Number.POSITIVE_INFINITY;
  return word === '-inf' ? Number.NEGATIVE_INFINITY : undefined;
}

// `# TYPE name histogram`, `# EOF`; every other comment says nothing that counts.
function readComment(line: string, at: number): ReadLine {
  const words = line.slice(at, at + 600).split(/[ \t]+/, 4);
  if (words[1] === 'EOF') return { kind: 'end' };
  if (words[1] !== 'TYPE' || words[2] === undefined || words[3] === undefined) return NOTHING;
  return { kind: 'type', name: words[2], type: words[3].trim() };
}

const notMetrics = (line: string): ReadLine => fault(line, 'is not a line of metrics');
const fault = (line: string, message: string): ReadLine => ({
  kind: 'fault',
  message: `${JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)} ${message}`,
});

function endOfName(line: string, from: number): number {
  let at = from;
  while (at < line.length) {
    const char = line.charCodeAt(at);
    if (char === Char.open || char === Char.space || char === Char.tab) return at;
    at += 1;
  }
  return at;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (
    at < line.length &&
    (line.charCodeAt(at) === Char.space || line.charCodeAt(at) === Char.tab)
  )
    at += 1;
  return at;
}

/** Reads what follows a name: labels, value, timestamp, exemplar. */
class SampleReader {
  readonly #line: string;
  #at: number;
  constructor(line: string, at: number) {
    this.#line = line;
    this.#at = at;
  }

  /**
   * A quoted name makes the list odd: it stands first. `undefined` when the braces do not close or
   * hold something else.
   */
  labels(): string[] | undefined {
    this.#skip();
    if (this.#line.charCodeAt(this.#at) !== Char.open) return NO_LABELS as string[];
    this.#at += 1;
    const labels: string[] = [];
    while (labels.length <= 2 * MAX_LABELS) {
      this.#skip();
      const char = this.#line.charCodeAt(this.#at);
      if (char === Char.close) {
        this.#at += 1;
        return labels;
      }
      if (!(char === Char.quote ? this.#quotedName(labels) : this.#pair(labels))) return undefined;
      this.#skip();
      if (this.#line.charCodeAt(this.#at) === Char.comma) this.#at += 1;
      else if (this.#line.charCodeAt(this.#at) !== Char.close) return undefined;
    }
    return undefined;
  }

  /** The value, when what follows it is a timestamp, an exemplar or nothing. */
  value(): number | undefined {
    this.#skip();
    const value = parseMetricNumber(this.#word());
    this.#skip();
    if (value === undefined || this.#at === this.#line.length) return value;
    if (this.#line.charCodeAt(this.#at) === Char.hash) return value;
    const hasTimestamp = parseMetricNumber(this.#word()) !== undefined;
    this.#skip();
    const isOver = this.#at === this.#line.length || this.#line.charCodeAt(this.#at) === Char.hash;
    return hasTimestamp && isOver ? value : undefined;
  }

  #pair(labels: string[]): boolean {
    const start = this.#at;
    const equals = this.#line.indexOf('=', start);
    if (equals === -1) return false;
    const name = this.#line.slice(start, equals).trimEnd();
    if (!NAME.test(name)) return false;
    this.#at = equals + 1;
    this.#skip();
    const value = this.#quoted();
    if (value === undefined) return false;
    labels.push(name, value);
    return true;
  }

  /** `"http.server"` alone is the metric's name, `"a.b"="c"` a label. */
  #quotedName(labels: string[]): boolean {
    const text = this.#quoted();
    if (text === undefined) return false;
    this.#skip();
    if (this.#line.charCodeAt(this.#at) !== Char.equals) {
      labels.push(text);
      return labels.length === 1;
    }
    this.#at += 1;
    this.#skip();
    const value = this.#quoted();
    if (value === undefined) return false;
    labels.push(text, value);
    return true;
  }

  #quoted(): string | undefined {
    if (this.#line.charCodeAt(this.#at) !== Char.quote) return undefined;
    const start = this.#at + 1;
    let end = this.#line.indexOf('"', start);
    const escaped = this.#line.indexOf('\\', start);
    if (end === -1) return undefined;
    if (escaped === -1 || escaped > end) {
      this.#at = end + 1;
      return this.#line.slice(start, end);
    }
    for (end = escaped; end < this.#line.length; end += 1) {
      const char = this.#line.charCodeAt(end);
      if (char === Char.quote) break;
      if (char === Char.backslash) end += 1;
    }
    if (end >= this.#line.length) return undefined;
    this.#at = end + 1;
    return this.#line
      .slice(start, end)
      .replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char));
  }

  #word(): string {
    const start = this.#at;
    while (this.#at < this.#line.length) {
      const char = this.#line.charCodeAt(this.#at);
      if (char === Char.space || char === Char.tab) break;
      this.#at += 1;
    }
    return this.#line.slice(start, this.#at);
  }

  #skip(): void {
    this.#at = skipBlanks(this.#line, this.#at);
  }
}
