import type { Bus } from '../../proto/bus.js';
import type { MinuteRecord } from '../../proto/schemas/view.js';
import { encodeMinute } from '../../proto/view.js';
import { err, ok } from '../../shared/result.js';

/** A message of the stream: bytes, or a record; stored a second after its minute where not said. */
export interface KeptMinute {
  readonly atMs?: number;
  readonly data: MinuteRecord | Uint8Array;
}

const MINUTE_MS = 60_000;

/** A stream of minutes that knows when each was stored, as far as readers ask it (ADR-31). */
export class MinuteStream {
  readonly #kept: readonly { readonly atMs: number; readonly data: Uint8Array }[];
  /** Sequences that were asked for. */
  readonly asked: number[] = [];
  /** The sequence for which it does not answer. */
  silentAt: number | undefined;

  constructor(kept: readonly KeptMinute[]) {
    this.#kept = kept.map(({ atMs, data }) =>
      data instanceof Uint8Array
        ? { atMs: atMs ?? 0, data }
        : { atMs: atMs ?? (data.minute + 1) * MINUTE_MS + 1000, data: encodeMinute(data) },
    );
  }

  get bus(): Bus {
    return {
      request: async (_subject: string, bytes: Uint8Array) => {
        const query = JSON.parse(new TextDecoder().decode(bytes)) as { readonly seq?: number };
        const sequence = query.seq ?? this.#kept.length;
        this.asked.push(sequence);
        if (query.seq !== undefined && sequence === this.silentAt) return err('timeout' as const);
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
}
