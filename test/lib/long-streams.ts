import { encodeAudit } from '../../proto/audit.js';
import { encodeEvent, eventSubject } from '../../proto/event.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import type { AuditLine } from '../../proto/schemas/audit.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';

const BATCH = 200;

/** Fills the streams of a cluster on a real NATS server, as a coordinator does. */
export class LongStreams {
  readonly #client: NatsClient;
  readonly #cluster: string;

  private constructor(client: NatsClient, cluster: string) {
    this.#client = client;
    this.#cluster = cluster;
  }

  /** Makes the streams. */
  static async make(client: NatsClient, cluster: string): Promise<LongStreams> {
    stored(await client.stores.install(cluster, { replicas: 1 }));
    return new LongStreams(client, cluster);
  }

  /** Limits of the job `a`, with the ids `e<number>`, from one number to another. */
  async addEvents(first: number, last: number): Promise<void> {
    const log = stored(await this.#client.stores.openEvents(this.#cluster));
    const subjects = subjectsOf(this.#cluster);
    await inBatches(first, last, (number) => {
      const event = limitChanged(number);
      return log.append(eventSubject(subjects, event.type), event.id, encodeEvent(event));
    });
  }

  /** Lines with the ids `i.1.<number>`, by two people. */
  async addAuditLines(first: number, last: number): Promise<void> {
    const log = this.#client.stores.auditLog(this.#cluster, { replicas: 1 });
    const subjects = subjectsOf(this.#cluster);
    await inBatches(first, last, (number) => {
      const line = auditLine(number);
      return log.append(subjects.audit(line.verb), line.id, encodeAudit(line));
    });
  }
}

/** The event of that number. */
export const limitChanged = (number: number): DqoesEvent => ({
  ...{ id: `e${number}`, source: '/test', timeMs: Date.now() },
  type: 'dqoes.allocation.limit-changed',
  data: {
    ...{ job: 'a' as JobName, allocation: 'a-1' as AllocationId, node: 'h1' as NodeId },
    from: { cpuCores: 0.5, periodUs: 100_000 },
    to: { cpuCores: 0.5 + (number % 7) / 10, periodUs: 100_000 },
    reason: `800ms expected for 800ms (0.17 CPU-s per request), decision ${number}`,
  },
});

/** The line of that number. */
export const auditLine = (number: number): AuditLine => ({
  ...{ id: `i.1.${number}`, timeMs: 1_700_000_000_000 + number, coordinator: 'c1', epoch: 1 },
  ...{ who: number % 2 === 0 ? 'sue' : 'tom', role: 'submitter', verb: 'job-submit' },
  ...{ job: 'a' as JobName, outcome: 'done' },
  after: `1 x face:1.4, target 800ms p95, cpu 0.05, ${number}`,
});

/** One batch is sent at once: the connection keeps their order. */
async function inBatches(
  first: number,
  last: number,
  append: (number: number) => Promise<Result<unknown, string>>,
): Promise<void> {
  for (let from = first; from <= last; from += BATCH) {
    const count = Math.min(BATCH, last - from + 1);
    const made = Array.from({ length: count }, (_, at) => append(from + at));
    for (const each of await Promise.all(made)) stored(each);
  }
}

function stored<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(`not stored: ${result.error}`);
  return result.value;
}
