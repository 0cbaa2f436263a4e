import {
  DebugEvents,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  NatsError,
  type ServiceMsg,
} from 'nats';
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

type Headers = Readonly<Record<string, string>>;

/**
 * `Bus` over one NATS connection; made by `connectNats`. Subscriptions and services outlive
 * reconnects.
 */
export class NatsBus implements Bus {
  readonly #connection: NatsConnection;
  readonly #log: Log;
  readonly #listeners = new Set<(state: BusState) => void>();
  #state: BusState = 'connected';

  constructor(connection: NatsConnection, log: Log) {
    this.#connection = connection;
    this.#log = log;
    void this.#followStatus();
    void connection.closed().then((cause) => {
      if (cause instanceof Error)
        log.error('bus: the NATS connection closed', { error: cause.message });
      this.#become('closed');
    });
  }

  get state(): BusState {
    return this.#state;
  }

  publish(subject: string, data: Uint8Array, sent: Headers = {}): void {
    if (this.#state !== 'connected') return;
    try {
      this.#connection.publish(subject, data, headersOption(sent));
    } catch (cause) {
      this.#log.warn('bus: a message was not published', { subject, error: messageOf(cause) });
    }
  }

  subscribe(subject: string, handler: (message: BusMessage) => void): Subscription {
    if (this.#state === 'closed') return { unsubscribe: () => {} };
    const subscription = this.#connection.subscribe(subject, {
      callback: (cause, message) => {
        if (cause !== null)
          this.#log.error('bus: a subscription was refused', { subject, error: cause.message });
        else this.#guarded(message.subject, () => handler(messageFrom(message)));
      },
    });
    return { unsubscribe: () => subscription.unsubscribe() };
  }

  async request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: Headers },
  ): Promise<Result<BusMessage, RequestFailure>> {
    if (this.#state === 'closed') return err('closed');
    try {
      const sent = { timeout: options.timeoutMs, ...headersOption(options.headers ?? {}) };
      return ok(messageFrom(await this.#connection.request(subject, data, sent)));
    } catch (cause) {
      return err(this.#failureOf(cause));
    }
  }

  async serve(service: ServiceDefinition): Promise<Subscription> {
    const { name, version, description } = service;
    const running = await this.#connection.services.add({ name, version, description });
    for (const endpoint of service.endpoints) {
      running.addEndpoint(endpoint.name, {
        subject: endpoint.subject,
        ...(endpoint.metadata === undefined ? {} : { metadata: endpoint.metadata }),
        handler: (cause, message) => this.#serveOne(endpoint, { cause, message }),
      });
    }
    void running.stopped.then((cause) => {
      if (cause !== null)
        this.#log.error('bus: a service stopped', { service: name, error: cause.message });
    });
    await this.flush();
    return { unsubscribe: () => void running.stop() };
  }

  onState(listener: (state: BusState) => void): Subscription {
    this.#listeners.add(listener);
    return { unsubscribe: () => void this.#listeners.delete(listener) };
  }

  /** Also resolves when the connection is lost meanwhile: what was published is then dropped. */
  async flush(): Promise<void> {
    if (this.#state !== 'connected') return;
    await this.#connection.flush().catch(() => {});
  }

  async close(): Promise<void> {
    await this.#connection.close();
    this.#become('closed');
  }

  #serveOne(
    endpoint: ServiceEndpoint,
    call: { readonly cause: NatsError | null; readonly message: ServiceMsg },
  ): void {
    const { cause, message } = call;
    if (cause !== null) {
      this.#log.error('bus: an endpoint was refused', { error: cause.message });
      return;
    }
    const request: ServiceRequest = {
      ...messageFrom(message),
      respond: (data, sent = {}) =>
        this.#guarded(message.subject, () => message.respond(data, headersOption(sent))),
    };
    const failure = this.#guarded(message.subject, () => endpoint.handle(request));
    if (failure !== undefined) message.respondError(500, headerText(failure));
  }

  #failureOf(cause: unknown): RequestFailure {
    const code = cause instanceof NatsError ? cause.code : '';
    if (code === '503') return 'no-responders';
    if (this.#state === 'closed' || code === 'CONNECTION_CLOSED' || code === 'CONNECTION_DRAINING')
      return 'closed';
    if (code !== 'TIMEOUT' && code !== 'DISCONNECT')
      this.#log.warn('bus: a request failed', { error: messageOf(cause) });
    return 'timeout';
  }

  async #followStatus(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'disconnect') this.#become('reconnecting');
      else if (status.type === 'reconnect') this.#become('connected');
      else if (status.type === DebugEvents.StaleConnection) dropSocket(this.#connection);
      else if (status.type === 'error') {
        const refused =
          status.permissionContext === undefined ? {} : { ...status.permissionContext };
        this.#log.warn('bus: NATS reported an error', { error: String(status.data), ...refused });
      }
    }
  }

  #become(state: BusState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    for (const listener of this.#listeners) this.#guarded('state', () => listener(state));
  }

  /** Runs a handler; its exception is logged and its text returned. */
  #guarded(subject: string, run: () => void): string | undefined {
    try {
      run();
      return undefined;
    } catch (cause) {
      this.#log.error('bus: a handler threw', { subject, error: messageOf(cause) });
      return messageOf(cause);
    }
  }
}

/**
 * Lets go of a connection on which pings are not answered. The client itself first waits until the
 * kernel has taken what was written: for a quarter of an hour, where the way to the server is cut
 * and more was written than fits into the socket's buffer.
 */
function dropSocket(connection: NatsConnection): void {
  const { protocol } = connection as unknown as ConnectionInside;
  protocol?.transport?.socket?.destroy();
}
interface ConnectionInside {
  readonly protocol?: { readonly transport?: { readonly socket?: { destroy(): void } } };
}

/** Header values end at a line break; an exception's text may hold some. */
const headerText = (text: string): string => text.replace(/[\r\n]+/g, ' ').slice(0, 500);

function headersOption(plain: Headers): { headers?: MsgHdrs } {
  const entries = Object.entries(plain);
  if (entries.length === 0) return {};
  const result = headers();
  for (const [name, value] of entries) result.set(name, headerText(value));
  return { headers: result };
}

function messageFrom(message: Msg | ServiceMsg): BusMessage {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name of message.headers?.keys() ?? []) plain[name] = message.headers?.get(name) ?? '';
  return { subject: message.subject, data: message.data, headers: plain };
}
