import { assertNever, err, type Fault, ok, type Result } from '../../shared/result.js';
import { isRecord } from './check.js';
import { headerShape, LINE_SHAPES } from './shapes.js';
import type {
  DesiredLine,
  EventLine,
  PolicyLine,
  Recording,
  RecordingHeader,
  RecordingLine,
  ReportLine,
} from './types.js';

/** A recording, and what a reader should know about it. */
export interface ReadRecording {
  readonly recording: Recording;
  /** One sentence for each part of the file that is not used. */
  readonly warnings: readonly string[];
}

const MAX_FAULTS = 20;
/** Longest line, UTF-16 units; the report of a full node is far shorter. */
const MAX_LINE = 32 * 1024 * 1024;
/**
 * Number of container reports that are held, about 1 kB each. Ten containers with one report per
 * second for a day are 864 000.
 */
export const MAX_ROWS = 1_000_000;

/** Reads a whole recording; see `RecordingReader`. */
export function readRecording(text: string): Result<ReadRecording> {
  const reader = new RecordingReader();
  reader.push(text);
  return reader.end();
}

/**
 * Reads a recording piece by piece. Returns all faults, each with its line; never throws. A last
 * line that a crash cut off is left out with a warning. Lines of unknown kind are ignored, as a
 * newer recorder may write some.
 */
export class RecordingReader {
  readonly #faults: Fault[] = [];
  #header: RecordingHeader | undefined;
  readonly #reports: ReportLine[] = [];
  readonly #desired: DesiredLine[] = [];
  readonly #policies: PolicyLine[] = [];
  readonly #events: EventLine[] = [];
  readonly #unknownKinds = new Map<string, number>();
  #rest = '';
  #lineNumber = 0;
  #moreFaults = 0;
  #lastMs = 0;
  #rows = 0;

  /** Takes the next piece of the text, cut anywhere. */
  push(chunk: string): void {
    const pieces = chunk.split('\n');
    const [first = ''] = pieces;
    if (pieces.length === 1) {
      if (this.#rest.length <= MAX_LINE) this.#rest += first;
      return;
    }
    this.#line(this.#rest + first);
    for (const piece of pieces.slice(1, -1)) this.#line(piece);
    this.#rest = pieces.at(-1) ?? '';
  }

  /** The recording, after the last piece; or all faults. */
  end(): Result<ReadRecording> {
    const isCut = this.#lastLineIsCut();
    const header = this.#header;
    const reports = this.#reports;
    const desired = this.#desired;
    const policies = this.#policies;
    const events = this.#events;
    const faults = this.#faults;
    if (header === undefined && faults.length === 0)
      this.#fault(
        'the file holds no recording: its first line, the header, is missing or cut off',
        Math.max(1, this.#lineNumber),
      );
    if (header === undefined || faults.length > 0) return err(this.#allFaults());
    const warnings = [...this.#unknownKinds].map(
      ([kind, count]) => `${count} lines of unknown kind ${kind} are ignored`,
    );
    if (isCut)
      warnings.push(`line ${this.#lineNumber} is cut off and ignored: the recorder was killed`);
    return ok({ recording: { header, reports, desired, policies, events }, warnings });
  }

  // Every line ends with a line feed; text after the last one may be complete by chance.
  #lastLineIsCut(): boolean {
    const rest = this.#rest;
    this.#rest = '';
    if (rest.trim() === '') return false;
    if (isRecord(parsed(rest))) {
      this.#line(rest);
      return false;
    }
    this.#lineNumber += 1;
    return true;
  }

  #line(text: string): void {
    this.#lineNumber += 1;
    if (text.trim() === '') return;
    const complaint = this.#complaintOf(text.length > MAX_LINE ? undefined : parsed(text));
    if (complaint !== undefined) this.#fault(complaint);
  }

  // Keeps a good line; returns what is wrong with a bad one.
  #complaintOf(value: unknown): string | undefined {
    // Without a header one fault is enough.
    if (this.#header === undefined && this.#faults.length > 0) return undefined;
    if (!isRecord(value)) return 'this is no JSON object: every line of a recording is one';
    if (this.#header !== undefined) return this.#take(value);
    const complaint = headerShape(value, '');
    if (complaint !== undefined)
      return `this is no header of a recording that this version reads: ${complaint}`;
    this.#header = value as unknown as RecordingHeader;
    return undefined;
  }

  #take(value: Readonly<Record<string, unknown>>): string | undefined {
    const kind = typeof value.kind === 'string' ? value.kind : '';
    const shape = Object.hasOwn(LINE_SHAPES, kind) ? LINE_SHAPES[kind] : undefined;
    if (shape === undefined) return this.#leaveAside(kind);
    const complaint = shape(value, '');
    if (complaint !== undefined) return complaint;
    const atMs = value.atMs as number;
    if (atMs < this.#lastMs)
      return `atMs is ${atMs}: expected at least the ${this.#lastMs} of the line before`;
    this.#lastMs = atMs;
    return this.#keep(value as unknown as RecordingLine);
  }

  #leaveAside(kind: string): string | undefined {
    if (kind === '') return 'kind is missing: expected report, desired, policy or event';
    if (kind === 'header') return 'there is a second header: one file holds one recording';
    const name = JSON.stringify(kind.slice(0, 40));
    if (this.#unknownKinds.size < MAX_FAULTS)
      this.#unknownKinds.set(name, (this.#unknownKinds.get(name) ?? 0) + 1);
    return undefined;
  }

  #keep(line: RecordingLine): string | undefined {
    switch (line.kind) {
      case 'desired':
        this.#desired.push(line);
        return undefined;
      case 'policy':
        this.#policies.push(line);
        return undefined;
      case 'event':
        this.#events.push(line);
        return undefined;
      case 'report':
        return this.#keepReport(line);
      default:
        return assertNever(line);
    }
  }

  #keepReport(line: ReportLine): string | undefined {
    const isFull = this.#rows > MAX_ROWS;
    this.#rows += line.containers.length;
    if (this.#rows <= MAX_ROWS) this.#reports.push(line);
    else if (!isFull)
      return `more than ${MAX_ROWS} reports of containers: record a shorter time with --for`;
    return undefined;
  }

  #fault(message: string, line = this.#lineNumber): void {
    if (this.#faults.length >= MAX_FAULTS) this.#moreFaults += 1;
    else this.#faults.push({ code: 'recording.bad', field: '', message, line, column: 1 });
  }

  #allFaults(): readonly Fault[] {
    const last = this.#faults.at(-1);
    if (this.#moreFaults === 0 || last === undefined) return this.#faults;
    return [
      ...this.#faults,
      { ...last, message: `and ${this.#moreFaults} more faults from here on` },
    ];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
