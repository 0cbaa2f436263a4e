import {
  ErrorCode,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  NatsError,
} from 'nats';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Bus } from '../bus.js';
import {
  type Appended,
  BUCKETS,
  type BucketName,
  type EventLog,
  type HistoryLog,
  isCleared,
  type KeyReader,
  type KeyValueStore,
  type StoreFailure,
  type StoreProvider,
} from '../store.js';
import { assertStoreKey } from '../store-key.js';
import {
  auditStreamOf,
  bucketOf,
  bucketStreamOf,
  eventStreamOf,
  historyStreamOf,
  subjectsOf,
} from '../subjects.js';
import { StreamAppender } from './appender.js';
import { type BucketPort, NatsBucket } from './bucket.js';
import { type CallKind, Complaints } from './complaints.js';
import { directGet } from './direct-get.js';
import { ensureStream, STREAM_NOT_FOUND } from './ensure-stream.js';
import { apiCode } from './listing.js';
import {
  auditStream,
  bucketStream,
  eventStream,
  historyStream,
  MAX_BUCKET_BYTES,
  type StreamPlan,
} from './streams.js';

/** What the stores on JetStream need. */
export interface NatsStoreOptions {
  readonly connection: NatsConnection;
  readonly bus: Bus;
  readonly log: Log;
  /** Deadline of one call, ms. */
  readonly timeoutMs: number;
  /** First token of event subjects. */
  readonly root: string;
  /** Where the answers for this key may come; undefined = anywhere. */
  readonly inboxPrefix?: string | undefined;
}

/** A number alone says nothing where the server also gave words. */
const wordsOf = (cause: unknown): string =>
  (cause instanceof NatsError ? cause.api_error?.description : undefined) ?? messageOf(cause);

/** Which stream is asked, for what, and how to find out that it is gone. */
interface StoreCall {
  readonly stream: string;
  /** Default `read`. */
  readonly kind?: CallKind;
  readonly isGone?: () => Promise<boolean>;
}

const WRONG_LAST_SEQUENCE = 10071;
/** Error codes of JetStream that do not pass by waiting. */
const LASTING: Readonly<Record<number, StoreFailure>> = {
  10039: 'no-jetstream',
  10076: 'no-jetstream',
  10074: 'too-few-servers',
  10047: 'full',
  10054: 'refused',
  10097: 'refused',
};
/** A message that the client itself never sends. */
const NEVER_SENT: readonly string[] = [ErrorCode.MaxPayloadExceeded, ErrorCode.BadSubject];
/** The store of a stream refused a message; only the server's own text says why. */
const STORE_FAILED = 10077;
const isFull = (cause: unknown): boolean =>
  apiCode(cause) === STORE_FAILED &&
  cause instanceof NatsError &&
  /maximum bytes/i.test(cause.api_error?.description ?? '');

/** The buckets and streams of a cluster on JetStream. Reads go to the leader of each. */
export class NatsStores implements StoreProvider {
  readonly #options: NatsStoreOptions;
  readonly #js: JetStreamClient;
  readonly #appender: StreamAppender;
  #manager: Promise<JetStreamManager> | undefined;
  readonly #complaints: Complaints;

  constructor(options: NatsStoreOptions) {
    this.#options = options;
    this.#complaints = new Complaints(options.log);
    this.#js = options.connection.jetstream({ timeout: options.timeoutMs });
    this.#appender = new StreamAppender(options);
  }

  async install(
    cluster: string,
    options: { readonly replicas: 1 | 3 },
  ): Promise<Result<void, StoreFailure>> {
    const { allEvents, allMinutes } = subjectsOf(cluster, this.#options.root);
    const { replicas } = options;
    const plans = [
      ...BUCKETS.map((bucket) =>
        bucketStream(bucketOf(cluster, bucket), {
          replicas,
          maxBytes: MAX_BUCKET_BYTES[bucket],
        }),
      ),
      eventStream(eventStreamOf(cluster), { subject: allEvents, replicas }),
      historyStream(historyStreamOf(cluster), { subject: allMinutes, replicas }),
      this.#auditPlan(cluster, options),
    ];
    for (const plan of plans) {
      const made = await this.#ensure(plan);
      if (!made.ok) return made;
    }
    return ok(undefined);
  }

  async open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>> {
    const name = bucketOf(cluster, bucket);
    const found = await this.#call(
      { stream: bucketStreamOf(name) },
      async (manager) => void (await manager.streams.info(bucketStreamOf(name))),
    );
    if (!found.ok) return found;
    const opened = new NatsBucket(name, this.#bucketPort());
    const loaded = isCleared(bucket) ? await opened.load() : found;
    return loaded.ok ? ok(opened) : loaded;
  }

  /** Reads by direct get. Not every client may ask whether the stream exists, so this does not. */
  reader(cluster: string, bucket: BucketName): KeyReader {
    const { connection, timeoutMs } = this.#options;
    const name = bucketOf(cluster, bucket);
    return {
      get: (key) => {
        assertStoreKey(key);
        const read = () => directGet({ connection, bucket: name, key, timeoutMs });
        return this.#call({ stream: bucketStreamOf(name), isGone: async () => false }, read);
      },
    };
  }

  async openEvents(cluster: string): Promise<Result<EventLog, StoreFailure>> {
    const log = await this.#openLog(eventStreamOf(cluster));
    return log.ok ? ok(withoutRepeats(log.value)) : log;
  }

  openHistory(cluster: string): Promise<Result<HistoryLog, StoreFailure>> {
    return this.#openLog(historyStreamOf(cluster));
  }

  async #openLog(stream: string): Promise<Result<HistoryLog, StoreFailure>> {
    const found = await this.#call(
      { stream },
      async (manager) => void (await manager.streams.info(stream)),
    );
    if (!found.ok) return found;
    return ok({ append: (...message) => this.#append(stream, message) });
  }

  auditLog(cluster: string, options: { readonly replicas: 1 | 3 }): EventLog {
    const plan = this.#auditPlan(cluster, options);
    const log = withoutRepeats({ append: (...message) => this.#append(plan.name, message) });
    return {
      append: async (...message) => {
        const appended = await log.append(...message);
        // Where somebody else listens to the subject, a missing stream is but silent.
        if (appended.ok || !['missing-bucket', 'unknown'].includes(appended.error)) return appended;
        const made = await this.#ensure(plan);
        return made.ok ? log.append(...message) : made;
      },
    };
  }

  #auditPlan(cluster: string, { replicas }: { readonly replicas: 1 | 3 }): StreamPlan {
    const subject = subjectsOf(cluster, this.#options.root).allAudit;
    return auditStream(auditStreamOf(cluster), { subject, replicas });
  }

  #append(
    stream: string,
    [subject, id, data]: Parameters<EventLog['append']>,
  ): Promise<Result<Appended, StoreFailure>> {
    const message = { stream, subject, id, data };
    return this.#call({ stream, kind: 'write' }, () => this.#appender.append(message));
  }

  #bucketPort(): BucketPort {
    return {
      js: this.#js,
      bus: this.#options.bus,
      timeoutMs: this.#options.timeoutMs,
      call: (call, run) => this.#call(call, run),
    };
  }

  #ensure(plan: StreamPlan): Promise<Result<void, StoreFailure>> {
    return this.#call({ stream: plan.name }, (manager) => ensureStream(manager, plan));
  }

  /** Runs one call and names its failure; a call without an answer is always `unknown`. */
  async #call<T>(
    { stream, kind = 'read', isGone = () => this.#isGone(stream) }: StoreCall,
    run: (manager: JetStreamManager) => Promise<T>,
  ): Promise<Result<T, StoreFailure>> {
    if (this.#options.bus.state !== 'connected') return err('unknown');
    try {
      const value = await run(await this.#managerOf());
      this.#complaints.worked(stream, kind);
      return ok(value);
    } catch (cause) {
      return err(await this.#failureOf({ stream, kind, isGone }, cause));
    }
  }

  async #failureOf(call: Required<StoreCall>, cause: unknown): Promise<StoreFailure> {
    const { stream, isGone } = call;
    if (apiCode(cause) === WRONG_LAST_SEQUENCE) return 'conflict';
    if (apiCode(cause) === STREAM_NOT_FOUND) return this.#missing(stream);
    if (isFull(cause)) return this.#complain(call, 'full', cause);
    const lasting = LASTING[apiCode(cause) ?? 0] ?? this.#lastingFailure(cause);
    if (lasting !== undefined) return this.#complain(call, lasting, cause);
    // "No responders" for a stream's subject: the stream is gone, or JetStream has no leader just
    // now.
    if (cause instanceof NatsError && cause.code === ErrorCode.NoResponders && (await isGone()))
      return this.#missing(stream);
    return this.#complain(call, 'unknown', cause);
  }

  // Servers say when they connect whether they store anything. One that does and has no responders
  // is electing.
  #lastingFailure(cause: unknown): StoreFailure | undefined {
    if (!(cause instanceof NatsError)) return undefined;
    if (cause.code === ErrorCode.PermissionsViolation) return 'denied';
    if (NEVER_SENT.includes(cause.code)) return 'refused';
    const hasNone = this.#options.connection.info?.jetstream !== true;
    return hasNone && cause.code === ErrorCode.NoResponders ? 'no-jetstream' : undefined;
  }

  #complain({ stream, kind }: StoreCall, failure: StoreFailure, cause: unknown): StoreFailure {
    this.#complaints.failed(stream, kind ?? 'read', { failure, error: wordsOf(cause) });
    return failure;
  }

  #missing(stream: string): StoreFailure {
    this.#options.log.warn('store: the stream does not exist', { stream });
    return 'missing-bucket';
  }

  async #isGone(stream: string): Promise<boolean> {
    try {
      await (await this.#managerOf()).streams.info(stream);
      return false;
    } catch (cause) {
      return apiCode(cause) === STREAM_NOT_FOUND;
    }
  }

  #managerOf(): Promise<JetStreamManager> {
    this.#manager ??= this.#options.connection.jetstreamManager({
      timeout: this.#options.timeoutMs,
      checkAPI: false,
    });
    return this.#manager;
  }
}

/** The same log where a repeat is as good as stored. */
const withoutRepeats = (log: HistoryLog): EventLog => ({
  append: async (...message) => {
    const appended = await log.append(...message);
    return appended.ok ? ok(undefined) : appended;
  },
});
