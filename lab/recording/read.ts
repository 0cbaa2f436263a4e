import { assertNever, err, type Fault, ok, type Result } from '../../shared/result.js';
import { isRecord } from './check.js';
import { type FileLine, FileLines } from './file-lines.js';
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
/** Longest line; the report of a full node is far shorter. */
const MAX_LINE_BYTES = 32 * 1024 * 1024;
/**
 * Number of container reports that are held, about 1 kB each. Ten containers with one report per
 * second for a day are 864 000.
 */
export const MAX_ROWS = 1_000_000;
/** Number of limits of desired states, policies and events that are held, beside those. */
export const MAX_DECISIONS = 1_000_000;

/** Reads a whole recording; see `RecordingReader`. */
export function readRecording(text: string): Result<ReadRecording> {
  const reader = new RecordingReader();
  reader.push(new TextEncoder().encode(text));
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
  readonly #lines = new FileLines(MAX_LINE_BYTES, (line) => this.#line(line));
  #lineNumber = 0;
  #moreFaults = 0;
  #lastMs = 0;
  #rows = 0;
  #decisions = 0;

  /** Takes the next piece of the file, cut anywhere. */
  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  /** Whether no further piece changes the answer: this is no recording, however long it is. */
  get isOver(): boolean {
    return this.#header === undefined && (this.#faults.length > 0 || this.#lines.isTooLong);
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
    const isTooLong = this.#lines.isTooLong;
    const rest = this.#lines.end();
    if (rest === undefined || (rest.ok && rest.value.trim() === '')) return false;
    if (isTooLong || (rest.ok && isRecord(parsed(rest.value)))) {
      this.#line(rest);
      return false;
    }
    this.#lineNumber += 1;
    return true;
  }

  #line(line: FileLine): void {
    this.#lineNumber += 1;
    if (line.ok && line.value.trim() === '') return;
    // Without a header one fault is enough.
    if (this.#header === undefined && this.#faults.length > 0) return;
    const complaint = line.ok ? this.#complaintOf(parsed(line.value)) : line.error;
    if (complaint !== undefined) this.#fault(complaint);
  }

  // Keeps a good line; returns what is wrong with a bad one.
  #complaintOf(value: unknown): string | undefined {
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
        return this.#keepDecision(this.#desired, line, line.allocations.length);
      case 'policy':
        return this.#keepDecision(this.#policies, line, 1);
      case 'event':
        return this.#keepDecision(this.#events, line, 1);
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
    else if (!isFull) return tooMany(MAX_ROWS, 'reports of containers');
    return undefined;
  }

  #keepDecision<T extends RecordingLine>(kept: T[], line: T, count: number): string | undefined {
    const isFull = this.#decisions > MAX_DECISIONS;
    this.#decisions += count;
    if (this.#decisions <= MAX_DECISIONS) kept.push(line);
    else if (!isFull) return tooMany(MAX_DECISIONS, 'limits and events');
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

const tooMany = (most: number, of: string): string =>
  `more than ${most} ${of}: record a shorter time with --for`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
