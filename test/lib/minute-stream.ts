import type { Bus } from '../../proto/bus.js';
import type { MinuteRecord } from '../../proto/schemas/view.js';
import { subjectMatches } from '../../proto/subject-match.js';
import { encodeMinute } from '../../proto/view.js';
import { err, ok } from '../../shared/result.js';

/** A message of the stream: bytes, or a record; stored a second after its minute where not said. */
export interface KeptMinute {
  readonly atMs?: number;
  readonly data: MinuteRecord | Uint8Array;
  /** Absent = it is on every subject. */
  readonly subject?: string;
}
interface StoredHere {
  readonly atMs: number;
  readonly data: Uint8Array;
  readonly subject?: string | undefined;
}

const MINUTE_MS = 60_000;

/** A stream that knows when each message was stored, as far as readers ask it (ADR-31). */
export class MinuteStream {
  readonly #kept: StoredHere[];
  /** Sequences that were asked for. */
  readonly asked: number[] = [];
  /** The sequence for which it does not answer. */
  silentAt: number | undefined;

  constructor(kept: readonly KeptMinute[]) {
    this.#kept = kept.map(stored);
  }

  add(...more: readonly KeptMinute[]): void {
    this.#kept.push(...more.map(stored));
  }

  /** It was lost, and is made again with these. */
  makeAgain(kept: readonly KeptMinute[]): void {
    this.#kept.splice(0, this.#kept.length, ...kept.map(stored));
  }

  get bus(): Bus {
    return {
      request: async (_subject: string, bytes: Uint8Array) => {
        const query = JSON.parse(new TextDecoder().decode(bytes)) as Query;
        const from = query.seq ?? this.#kept.length;
        this.asked.push(from);
        if (query.seq !== undefined && from === this.silentAt) return err('timeout' as const);
        const sequence = this.#nextOf(from, query.next_by_subj);
        const found = this.#kept[sequence - 1];
        const nothing = { subject: '', data: new Uint8Array(), headers: { Status: '404' } };
        if (found === undefined) return ok(nothing);
        const headers = {
          'Nats-Sequence': String(sequence),
          'Nats-Time-Stamp': new Date(found.atMs).toISOString(),
        };
        return ok({ subject: '', data: found.data, headers });
      },
    } as unknown as Bus;
  }

  #nextOf(from: number, pattern: string | undefined): number {
    let sequence = from;
    for (; sequence <= this.#kept.length; sequence += 1) {
      const subject = this.#kept[sequence - 1]?.subject;
      if (pattern === undefined || subject === undefined) break;
      if (subjectMatches(pattern, subject)) break;
    }
    return sequence;
  }
}

interface Query {
  readonly seq?: number;
  readonly next_by_subj?: string;
}

const stored = ({ atMs, data, subject }: KeptMinute): StoredHere =>
  data instanceof Uint8Array
    ? { atMs: atMs ?? 0, data, subject }
    : { atMs: atMs ?? (data.minute + 1) * MINUTE_MS + 1000, data: encodeMinute(data), subject };
