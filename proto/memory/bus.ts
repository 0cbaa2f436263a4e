import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { err, ok, type Result } from '../../shared/result.js';
import type {
  Bus,
  BusMessage,
  BusState,
  RequestFailure,
  ServiceDefinition,
  ServiceEndpoint,
  ServiceRequest,
  Subscription,
} from '../bus.js';
import { discoveryEndpoints, SERVICE_ERROR, SERVICE_ERROR_CODE } from '../service-discovery.js';
import { subjectMatches } from '../subject-match.js';

type MessageHeaders = Readonly<Record<string, string>>;
type Reply = (data: Uint8Array, headers?: MessageHeaders) => void;
interface Listener {
  readonly pattern: string;
  /** Of the listeners with the same queue and pattern only the oldest is called; '' = everyone. */
  readonly queue: string;
  /** `reply`: null = it was published, and nobody waits for an answer. */
  readonly deliver: (message: BusMessage, reply: Reply | null) => void;
}

/** The shared middle of an in-process NATS: every `connect()` is one client of it. */
export interface MemoryHub {
  /** `publicKey`: as if the client had that key. */
  connect(publicKey?: string): Bus;
}

/**
 * In-process stand-in with the semantics of core NATS: wildcards, asynchronous in-order delivery,
 * no-responders, services.
 */
export function createMemoryHub(options: { readonly clock: Clock; readonly log: Log }): MemoryHub {
  const listeners = new Set<Listener>();
  let ids = 0;
  const nextId = (): string => {
    ids += 1;
    return `M${ids}`;
  };
  return {
    connect: (publicKey) => new MemoryBus({ ...options, listeners, nextId }, publicKey),
  };
}

/** A hub with one client. */
export const createMemoryBus = (options: { readonly clock: Clock; readonly log: Log }): Bus =>
  createMemoryHub(options).connect();

interface Hub {
  readonly clock: Clock;
  readonly log: Log;
  readonly listeners: Set<Listener>;
  readonly nextId: () => string;
}

class MemoryBus implements Bus {
  readonly publicKey: string | undefined;
  readonly #hub: Hub;
  readonly #own = new Set<Listener>();
  readonly #stateListeners = new Set<(state: BusState) => void>();
  /** Of the requests that wait for their answers. */
  readonly #waiting = new Set<AbortController>();
  #state: BusState = 'connected';

  constructor(hub: Hub, publicKey: string | undefined) {
    this.publicKey = publicKey;
    this.#hub = hub;
  }

  get state(): BusState {
    return this.#state;
  }

  publish(subject: string, data: Uint8Array, headers: MessageHeaders = {}): void {
    if (this.#state === 'connected') this.#dispatch(subject, { data, headers, reply: null });
  }

  subscribe(subject: string, handler: (message: BusMessage) => void): Subscription {
    return this.#listen({
      pattern: subject,
      queue: '',
      deliver: (message) => this.#guarded(message.subject, () => handler(message)),
    });
  }

  async request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: MessageHeaders },
  ): Promise<Result<BusMessage, RequestFailure>> {
    if (this.#state === 'closed') return err('closed');
    const settled = new AbortController();
    this.#waiting.add(settled);
    const answer = new Promise<Result<BusMessage, RequestFailure>>((resolve) => {
      const reply: Reply = (body, headers = {}) =>
        queueMicrotask(() =>
          resolve(ok({ subject: '_INBOX', data: new Uint8Array(body), headers: { ...headers } })),
        );
      const found = this.#dispatch(subject, { data, headers: options.headers ?? {}, reply });
      if (found === 0) resolve(err('no-responders'));
    });
    const silence = this.#hub.clock
      .sleep(options.timeoutMs, settled.signal)
      .then(
        (): Result<BusMessage, RequestFailure> =>
          err(this.#state === 'closed' ? 'closed' : 'timeout'),
      );
    const first = await Promise.race([answer, silence]);
    this.#waiting.delete(settled);
    settled.abort();
    return first;
  }

  async serve(service: ServiceDefinition): Promise<Subscription> {
    const discovery = discoveryEndpoints(service, this.#hub.nextId());
    const all = [
      ...service.endpoints.map((endpoint) => this.#serveOne(endpoint, 'q')),
      ...discovery.map((endpoint) => this.#serveOne(endpoint, '')),
    ];
    return {
      unsubscribe: () => {
        for (const one of all) one.unsubscribe();
      },
    };
  }

  onState(listener: (state: BusState) => void): Subscription {
    this.#stateListeners.add(listener);
    return { unsubscribe: () => void this.#stateListeners.delete(listener) };
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    for (const listener of this.#own) this.#hub.listeners.delete(listener);
    this.#own.clear();
    for (const each of this.#waiting) each.abort();
    for (const listener of this.#stateListeners) this.#guarded('state', () => listener('closed'));
  }

  #serveOne(endpoint: ServiceEndpoint, queue: string): Subscription {
    const deliver: Listener['deliver'] = (message, reply) => {
      if (reply === null) return;
      const request: ServiceRequest = {
        ...message,
        respond: (data, headers) => reply(data, headers),
      };
      const failure = this.#guarded(message.subject, () => endpoint.handle(request));
      if (failure !== undefined)
        reply(new Uint8Array(), { [SERVICE_ERROR]: failure, [SERVICE_ERROR_CODE]: '500' });
    };
    return this.#listen({ pattern: endpoint.subject, queue, deliver });
  }

  #listen(listener: Listener): Subscription {
    if (this.#state === 'closed') return { unsubscribe: () => {} };
    this.#own.add(listener);
    this.#hub.listeners.add(listener);
    return {
      unsubscribe: () => {
        this.#own.delete(listener);
        this.#hub.listeners.delete(listener);
      },
    };
  }

  /** Delivers later, in order; returns how many listeners match now. */
  #dispatch(
    subject: string,
    sent: { data: Uint8Array; headers: MessageHeaders; reply: Reply | null },
  ): number {
    const message: BusMessage = {
      subject,
      data: new Uint8Array(sent.data),
      headers: { ...sent.headers },
    };
    const queues = new Set<string>();
    let found = 0;
    for (const listener of this.#hub.listeners) {
      if (!subjectMatches(listener.pattern, subject)) continue;
      const group = `${listener.queue} ${listener.pattern}`;
      if (listener.queue !== '' && queues.has(group)) continue;
      queues.add(group);
      found += 1;
      queueMicrotask(() => {
        if (this.#hub.listeners.has(listener)) listener.deliver(message, sent.reply);
      });
    }
    return found;
  }

  /** Runs a handler; its exception is logged and its text returned. */
  #guarded(subject: string, run: () => void): string | undefined {
    try {
      run();
      return undefined;
    } catch (cause) {
      this.#hub.log.error('bus: a handler threw', { subject, error: messageOf(cause) });
      return messageOf(cause);
    }
  }
}
