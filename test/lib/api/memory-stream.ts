import type { Bus } from '../../../proto/bus.js';
import { subjectMatches } from '../../../proto/subject-match.js';
import { directGetCall } from '../../../proto/subjects.js';

interface Kept {
  readonly sequence: number;
  readonly subject: string;
  readonly data: Uint8Array;
}
type Query = {
  readonly seq?: number;
  readonly next_by_subj?: string;
  readonly last_by_subj?: string;
};

/** What a stream in memory keeps, read as JetStream has it read (direct get, NATS ADR-31). */
export class MemoryStream {
  readonly #kept: Kept[] = [];
  readonly #ids = new Set<string>();
  readonly #wallMs: () => number;
  /** Messages that were asked for so far. */
  asked = 0;

  constructor(wallMs: () => number) {
    this.#wallMs = wallMs;
  }

  /** An id that was there before is not kept again. */
  keep(subject: string, id: string, data: Uint8Array): void {
    if (this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#kept.push({ sequence: this.#kept.length + 1, subject, data });
  }

  /** The messages so far, oldest first. */
  get messages(): readonly Uint8Array[] {
    return this.#kept.map(({ data }) => data);
  }

  /** Answers those who ask for messages of the stream of that name. */
  async serve(bus: Bus, name: string): Promise<void> {
    const handle: Parameters<Bus['serve']>[0]['endpoints'][number]['handle'] = (request) => {
      this.asked += 1;
      const found = this.#find(JSON.parse(new TextDecoder().decode(request.data)) as Query);
      if (found === undefined) request.respond(new Uint8Array(), { Status: '404' });
      else
        request.respond(found.data, {
          'Nats-Sequence': String(found.sequence),
          'Nats-Time-Stamp': new Date(this.#wallMs()).toISOString(),
        });
    };
    const endpoints = [{ name: 'get', subject: directGetCall(name), handle }];
    await bus.serve({ name: 'streams', version: '1.0.0', description: 'messages', endpoints });
  }

  #find({ seq = 1, next_by_subj, last_by_subj }: Query): Kept | undefined {
    if (last_by_subj !== undefined)
      return this.#kept.findLast(({ subject }) => subjectMatches(last_by_subj, subject));
    if (next_by_subj === undefined) return this.#kept[seq - 1];
    return this.#kept.slice(Math.max(0, seq - 1)).find(({ subject }) => {
      return subjectMatches(next_by_subj, subject);
    });
  }
}
