import type {
  Bus,
  BusMessage,
  BusState,
  RequestFailure,
  ServiceDefinition,
  ServiceRequest,
  Subscription,
} from '../../proto/bus.js';
import { messageOf } from '../../shared/errors.js';
import { err, type Result } from '../../shared/result.js';
import type { Cable, Nats } from './nats.js';
import { never, type Process } from './process.js';

type Headers = Readonly<Record<string, string>>;
/** As the real client: three pings of 3 s without an answer. */
const SILENCE_MS = 9000;

/** What is seen of messages, as the process says and hears them. */
export interface BusWatcher {
  readonly onPublish?: (subject: string, data: Uint8Array) => void;
  readonly onHeard?: (subject: string, data: Uint8Array) => void;
}

/**
 * One connection of one life of a process: the memory bus behind a way that loses, delays, doubles
 * and reorders.
 */
export class SimBus implements Bus {
  readonly #hub: Bus;
  readonly #listeners = new Set<(state: BusState) => void>();
  readonly #stopListening: () => void;
  #state: BusState = 'connected';
  #lastOutMs = 0;
  #lastInMs = 0;
  #brokenSinceMs: number | null = null;
  /** Changes when the connection is lost: what was under way is gone. */
  #connection = 0;
  readonly #process: Process;
  readonly #cable: Cable;
  readonly #nats: Nats;
  readonly #watcher: BusWatcher;

  constructor(process: Process, cable: Cable, nats: Nats, watcher: BusWatcher = {}) {
    this.#process = process;
    this.#cable = cable;
    this.#nats = nats;
    this.#watcher = watcher;
    this.#hub = nats.hub.connect();
    this.#stopListening = cable.onChange(() => this.#look());
    this.#look();
  }

  get state(): BusState {
    return this.#state;
  }

  /** The process ended: the server sees its connection close. */
  drop(): void {
    this.#stopListening();
    void this.#hub.close();
  }

  publish(subject: string, data: Uint8Array, headers: Headers = {}): void {
    if (this.#process.dies('crash at publish') || this.#state !== 'connected') return;
    this.#watcher.onPublish?.(subject, data);
    this.out(() => this.#hub.publish(subject, data, headers), { isMessage: true });
  }

  subscribe(subject: string, handler: (message: BusMessage) => void): Subscription {
    const hear = (message: BusMessage): void => {
      this.#watcher.onHeard?.(message.subject, message.data);
      this.#guard(() => handler(message));
    };
    return this.#hub.subscribe(subject, (message) =>
      this.in(() => hear(message), { isMessage: true }),
    );
  }

  async request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: Headers },
  ): Promise<Result<BusMessage, RequestFailure>> {
    if (!this.#process.isAlive) return never();
    const { timeoutMs, headers = {} } = options;
    const answer = new Promise<Result<BusMessage, RequestFailure>>((resolve) => {
      this.out(
        () =>
          void this.#hub
            .request(subject, data, { timeoutMs: 2 * timeoutMs, headers })
            .then((reply) => this.in(() => resolve(reply))),
      );
    });
    const silence = this.#process.later(timeoutMs, () => err<RequestFailure>('timeout'));
    return Promise.race([answer, silence]);
  }

  async serve(service: ServiceDefinition): Promise<Subscription> {
    const endpoints = service.endpoints.map((endpoint) => ({
      ...endpoint,
      handle: (request: ServiceRequest) =>
        this.in(() =>
          this.#guard(() =>
            endpoint.handle({
              ...request,
              respond: (data, headers) => {
                if (!this.#process.dies('crash at publish'))
                  this.out(() => request.respond(data, headers));
              },
            }),
          ),
        ),
    }));
    return this.#hub.serve({ ...service, endpoints });
  }

  onState(listener: (state: BusState) => void): Subscription {
    this.#listeners.add(listener);
    return { unsubscribe: () => void this.#listeners.delete(listener) };
  }

  /** A round trip; also resolves when the connection is lost meanwhile. */
  async flush(): Promise<void> {
    if (this.#state !== 'connected') return;
    const there = new Promise<void>((resolve) => this.out(() => this.in(resolve)));
    await Promise.race([there, this.#process.later(SILENCE_MS, () => undefined)]);
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.drop();
    this.#become('closed');
  }

  /** To the server. `isMessage`: faults of messages may befall it. */
  out(run: () => void, { isMessage = false } = {}): void {
    if (!this.#process.isAlive || this.#state !== 'connected' || this.#cable.isCutOut) return;
    const connection = this.#connection;
    const arrive = (): void => {
      if (this.#nats.isUp && connection === this.#connection && !this.#cable.isCutOut) run();
    };
    this.#lastOutMs = this.#travel(arrive, this.#lastOutMs, isMessage);
  }

  /** From the server to the process. */
  in(run: () => void, { isMessage = false } = {}): void {
    if (
      !this.#process.isAlive ||
      this.#state !== 'connected' ||
      this.#cable.isCutIn ||
      !this.#nats.isUp
    )
      return;
    const connection = this.#connection;
    const arrive = (): void => {
      if (connection === this.#connection && !this.#cable.isCutIn) this.#process.deliver(run);
    };
    this.#lastInMs = this.#travel(arrive, this.#lastInMs, isMessage);
  }

  /** When the last of what goes this way arrives. */
  #travel(arrive: () => void, lastMs: number, isMessage: boolean): number {
    const { world } = this.#process;
    const { timeline, faults } = world;
    if (isMessage && faults.strikes('message lost')) return lastMs;
    const usualMs = timeline.nowMs + world.between(0.3, 4);
    const lateMs = isMessage && faults.strikes('message late') ? world.between(100, 4000) : 0;
    const overtakes = isMessage && faults.strikes('message reordered');
    const atMs = overtakes ? usualMs + world.between(0, 300) : Math.max(usualMs + lateMs, lastMs);
    timeline.at(atMs, arrive);
    if (isMessage && faults.strikes('message twice'))
      timeline.at(atMs + world.between(0, 500), arrive);
    return overtakes ? lastMs : atMs;
  }

  #look(): void {
    const { timeline, random } = this.#process.world;
    if (!this.#cable.isBroken) {
      this.#brokenSinceMs = null;
      if (this.#state === 'reconnecting')
        timeline.after(500 + 500 * random(), () => this.#process.deliver(() => this.#reconnect()));
      return;
    }
    if (this.#brokenSinceMs !== null || this.#state !== 'connected') return;
    const sinceMs = timeline.nowMs;
    this.#brokenSinceMs = sinceMs;
    const noticeMs = this.#nats.isUp ? SILENCE_MS : 1;
    timeline.after(noticeMs, () =>
      this.#process.deliver(() => {
        if (this.#brokenSinceMs !== sinceMs) return;
        this.#connection += 1;
        this.#become('reconnecting');
      }),
    );
  }

  #reconnect(): void {
    if (this.#cable.isBroken || this.#state !== 'reconnecting') return;
    this.#connection += 1;
    this.#become('connected');
  }

  #become(state: BusState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    for (const listener of [...this.#listeners]) this.#guard(() => listener(state));
  }

  /**
   * A handler that throws would be logged by the real bus; here it is a broken promise: no input
   * may do that.
   */
  #guard(run: () => void): void {
    try {
      run();
    } catch (cause) {
      const { world, name } = this.#process;
      world.check(PROMISE_INPUT, false, () => ({
        node: '',
        text: `a handler of ${name} threw: ${messageOf(cause)}`,
      }));
    }
  }
}

/** The promise that any bytes may be sent to any process. */
export const PROMISE_INPUT = '8 no input crashes a process';
