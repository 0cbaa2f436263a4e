import {
  headers,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  NatsError,
  type StoredMsg,
} from 'nats';
import { messageOf } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { err, ok, type Result } from '../shared/result.js';
import type { Bus, Subscription } from './bus.js';
import { bucketStream, eventStream, hintSubject, type StreamPlan } from './nats-streams.js';
import {
  BUCKETS,
  type BucketName,
  type EventLog,
  type KeyValueStore,
  type StoredValue,
  type StoreFailure,
  type StoreProvider,
} from './store.js';
import { assertStoreKey } from './store-key.js';
import { bucketOf, eventStreamOf, subjectsOf } from './subjects.js';

export interface NatsStoreOptions {
  readonly connection: NatsConnection;
  readonly bus: Bus;
  readonly log: Log;
  /** Deadline of one call, ms. */
  readonly timeoutMs: number;
  /** First token of event subjects. */
  readonly root: string;
}

const STREAM_NOT_FOUND = 10059;
const MESSAGE_NOT_FOUND = 10037;
const WRONG_LAST_SEQUENCE = 10071;
const NAME_IN_USE = 10058;
const READERS = 16;

/** JetStream KV buckets and the event stream of a cluster; made by `connectNats`. Reads go to the stream's leader. */
export class NatsStores implements StoreProvider {
  readonly #options: NatsStoreOptions;
  readonly #js: JetStreamClient;
  #manager: Promise<JetStreamManager> | undefined;

  constructor(options: NatsStoreOptions) {
    this.#options = options;
    this.#js = options.connection.jetstream({ timeout: options.timeoutMs });
  }

  async install(cluster: string, options: { readonly replicas: 1 | 3 }): Promise<Result<void, StoreFailure>> {
    const events = subjectsOf(cluster, this.#options.root).allEvents;
    const plans = [
      ...BUCKETS.map((bucket) => bucketStream(bucketOf(cluster, bucket), options.replicas)),
      eventStream(eventStreamOf(cluster), { subject: events, replicas: options.replicas }),
    ];
    for (const plan of plans) {
      const made = await this.#ensure(plan);
      if (!made.ok) return made;
    }
    return ok(undefined);
  }

  async open(cluster: string, bucket: BucketName): Promise<Result<KeyValueStore, StoreFailure>> {
    const name = bucketOf(cluster, bucket);
    const found = await this.#call(`KV_${name}`, async (manager) => void (await manager.streams.info(`KV_${name}`)));
    return found.ok ? ok(new NatsBucket(name, this.#bucketPort())) : found;
  }

  async openEvents(cluster: string): Promise<Result<EventLog, StoreFailure>> {
    const stream = eventStreamOf(cluster);
    const found = await this.#call(stream, async (manager) => void (await manager.streams.info(stream)));
    if (!found.ok) return found;
    const append: EventLog['append'] = (subject, id, data) =>
      this.#call(stream, async () => {
        await this.#js.publish(subject, data, { msgID: id, expect: { streamName: stream } });
      });
    return ok({ append });
  }

  #bucketPort(): BucketPort {
    return {
      js: this.#js,
      bus: this.#options.bus,
      call: (stream, run) => this.#call(stream, run),
    };
  }

  async #ensure(plan: StreamPlan): Promise<Result<void, StoreFailure>> {
    return this.#call(plan.name, async (manager) => {
      try {
        await manager.streams.add(plan);
      } catch (cause) {
        if (apiCode(cause) !== NAME_IN_USE) throw cause;
      }
    });
  }

  /** Runs one call and sorts its failure. A call that got no answer is `unknown`, never a guess. */
  async #call<T>(stream: string, run: (manager: JetStreamManager) => Promise<T>): Promise<Result<T, StoreFailure>> {
    if (this.#options.bus.state !== 'connected') return err('unknown');
    try {
      return ok(await run(await this.#managerOf()));
    } catch (cause) {
      return err(await this.#failureOf(stream, cause));
    }
  }

  async #failureOf(stream: string, cause: unknown): Promise<StoreFailure> {
    if (apiCode(cause) === WRONG_LAST_SEQUENCE) return 'conflict';
    if (apiCode(cause) === STREAM_NOT_FOUND) return this.#missing(stream);
    // "No responders" for a stream's subject: the stream is gone, or JetStream has no leader just now.
    if (cause instanceof NatsError && cause.code === '503' && (await this.#isGone(stream)))
      return this.#missing(stream);
    this.#options.log.warn('store: a call failed', { stream, error: messageOf(cause) });
    return 'unknown';
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
    this.#manager ??= this.#options.connection.jetstreamManager({ timeout: this.#options.timeoutMs, checkAPI: false });
    return this.#manager;
  }
}

interface BucketPort {
  readonly js: JetStreamClient;
  readonly bus: Bus;
  call<T>(stream: string, run: (manager: JetStreamManager) => Promise<T>): Promise<Result<T, StoreFailure>>;
}

/** One bucket in the layout every NATS client knows: stream `KV_<name>`, subjects `$KV.<name>.<key>`, delete markers. */
class NatsBucket implements KeyValueStore {
  readonly #name: string;
  readonly #stream: string;
  readonly #port: BucketPort;

  constructor(name: string, port: BucketPort) {
    this.#name = name;
    this.#stream = `KV_${name}`;
    this.#port = port;
  }

  async get(key: string): Promise<Result<StoredValue | null, StoreFailure>> {
    assertStoreKey(key);
    const last = await this.#last(key);
    return last.ok ? ok(last.value === null || last.value.deleted ? null : last.value.stored) : last;
  }

  async put(key: string, value: Uint8Array, expectedRevision?: number): Promise<Result<number, StoreFailure>> {
    assertStoreKey(key);
    const written = await this.#write(key, value, expectedRevision);
    if (written.ok || written.error !== 'conflict' || expectedRevision !== 0) return written;
    // A delete marker still counts as a message: creating means replacing exactly that marker.
    const last = await this.#last(key);
    if (!last.ok) return last;
    return last.value?.deleted === true ? this.#write(key, value, last.value.stored.revision) : written;
  }

  async delete(key: string): Promise<Result<void, StoreFailure>> {
    assertStoreKey(key);
    return this.#port.call(this.#stream, async (manager) => {
      const subject = this.#subject(key);
      const marker = headers();
      marker.set('KV-Operation', 'DEL');
      const { seq } = await this.#port.js.publish(subject, new Uint8Array(), {
        headers: marker,
        expect: { streamName: this.#stream },
      });
      // The marker has told the watchers; without this, markers of short-lived keys would pile up for ever.
      await manager.streams.purge(this.#stream, { filter: subject, seq: seq + 1 });
    });
  }

  async list(): Promise<Result<readonly StoredValue[], StoreFailure>> {
    const prefix = this.#subject('');
    const info = await this.#port.call(this.#stream, (manager) =>
      manager.streams.info(this.#stream, { subjects_filter: `${prefix}>` }),
    );
    if (!info.ok) return info;
    const keys = Object.keys(info.value.state.subjects ?? {}).map((subject) => subject.slice(prefix.length));
    const values: StoredValue[] = [];
    for (let at = 0; at < keys.length; at += READERS) {
      const batch = await Promise.all(keys.slice(at, at + READERS).map((key) => this.get(key)));
      for (const one of batch) {
        if (!one.ok) return one;
        if (one.value !== null) values.push(one.value);
      }
    }
    return ok(values);
  }

  async watch(onChange: (key: string) => void): Promise<Subscription> {
    const prefix = hintSubject(this.#name, '');
    const subscription = this.#port.bus.subscribe(`${prefix}>`, (hint) => onChange(hint.subject.slice(prefix.length)));
    await this.#port.bus.flush();
    return subscription;
  }

  #subject(key: string): string {
    return `$KV.${this.#name}.${key}`;
  }

  #write(key: string, value: Uint8Array, expected: number | undefined): Promise<Result<number, StoreFailure>> {
    return this.#port.call(this.#stream, async () => {
      const expect = {
        streamName: this.#stream,
        ...(expected === undefined ? {} : { lastSubjectSequence: expected }),
      };
      return (await this.#port.js.publish(this.#subject(key), value, { expect })).seq;
    });
  }

  #last(key: string): Promise<Result<{ stored: StoredValue; deleted: boolean } | null, StoreFailure>> {
    return this.#port.call(this.#stream, async (manager) => {
      try {
        const message = await manager.streams.getMessage(this.#stream, { last_by_subj: this.#subject(key) });
        return { stored: { key, value: message.data, revision: message.seq }, deleted: isMarker(message) };
      } catch (cause) {
        if (apiCode(cause) === MESSAGE_NOT_FOUND) return null;
        throw cause;
      }
    });
  }
}

const isMarker = (message: StoredMsg): boolean => ['DEL', 'PURGE'].includes(message.header.get('KV-Operation'));

const apiCode = (cause: unknown): number | undefined =>
  cause instanceof NatsError ? cause.api_error?.err_code : undefined;
