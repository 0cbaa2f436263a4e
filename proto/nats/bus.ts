import {
  DebugEvents,
  ErrorCode,
  type Msg,
  type NatsConnection,
  NatsError,
  nuid,
  type Status,
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
import { discoveryEndpoints, SERVICE_ERROR, SERVICE_ERROR_CODE } from '../service-discovery.js';
import { isHint, isInbox } from '../subjects.js';
import { isTrial } from '../trial.js';
import { type Headers, headersOption, isReadFromStream, messageFrom } from './message.js';
import { errorFields, isRefusal } from './refusal.js';
import { type ServerPin, STRANGERS } from './server-user.js';
import { dropSocket, serverSeenBy } from './socket.js';

/** Something that the key of this client may not do. */
export interface Refusal {
  /** True = it may not listen on the subject; false = it may not publish there. */
  readonly listening: boolean;
  readonly subject: string;
}

/** Who is told what the server refuses. */
export interface BusListeners {
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
  /** A connection that was made is not made again: the server knows the key no more. */
  readonly onKeyRefused?: (() => void) | undefined;
}

/** What the bus knows beside its connection. */
export interface BusOptions extends BusListeners {
  /** Of the key in use; absent = none is. */
  readonly publicKey?: string | undefined;
  /** Tells the server from another user's program on its port; absent = nothing does. */
  readonly pin?: ServerPin | undefined;
}

interface Listening {
  readonly subject: string;
  /** Each message goes to one of those who share a queue; '' = to all. */
  readonly queue: string;
  readonly deliver: (message: Msg) => void;
}

/** Instances of a service share its requests (NATS ADR-32). */
const SERVICE_QUEUE = 'q';
const MAX_REFUSALS_KEPT = 100;
const REFUSAL_CURE =
  'check which key this program uses (nats.credentials) and what its role may do, and after an ' +
  'upgrade run dqoes auth update where the keys are made (docs/security.md)';

/**
 * `Bus` over one NATS connection; made by `connectNats`. Subscriptions and services outlive
 * reconnects.
 */
export class NatsBus implements Bus {
  readonly publicKey: string | undefined;
  readonly #connection: NatsConnection;
  readonly #log: Log;
  readonly #listeners = new Set<(state: BusState) => void>();
  readonly #onRefused: (refusal: Refusal) => void;
  readonly #onKeyRefused: () => void;
  /** What was refused so far; each is reported once. */
  readonly #refused = new Set<string>();
  readonly #pin: ServerPin | undefined;
  /** Of the last server that was not used; '' = the last one is. */
  #stranger = '';
  #lastError = '';
  /** Requests without an inbox are reported once: anybody can send many. */
  #hasTold = false;
  #state: BusState = 'connected';

  constructor(
    connection: NatsConnection,
    log: Log,
    { publicKey, onRefused = () => {}, onKeyRefused = () => {}, pin }: BusOptions = {},
  ) {
    this.publicKey = publicKey;
    this.#connection = connection;
    this.#log = log;
    this.#onRefused = onRefused;
    this.#onKeyRefused = onKeyRefused;
    this.#pin = pin;
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
    const mayBeRead = isHint(subject) || isInbox(subject);
    return this.#listen({
      subject,
      queue: '',
      deliver: (message) => {
        if (mayBeRead || !isReadFromStream(message))
          this.#guarded(message.subject, () => handler(messageFrom(message)));
      },
    });
  }

  #listen({ subject, queue, deliver }: Listening): Subscription {
    if (this.#state === 'closed') return { unsubscribe: () => {} };
    const subscription = this.#connection.subscribe(subject, {
      ...(queue === '' ? {} : { queue }),
      callback: (cause, message) => {
        if (!this.#isTrusted) return;
        if (cause === null) deliver(message);
        else if (cause.code !== ErrorCode.PermissionsViolation)
          this.#log.error('bus: a subscription ended', { subject, error: cause.message });
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
    if (!this.#isTrusted) return err('timeout');
    try {
      const sent = { timeout: options.timeoutMs, ...headersOption(options.headers ?? {}) };
      return ok(messageFrom(await this.#connection.request(subject, data, sent)));
    } catch (cause) {
      return err(this.#failureOf(cause));
    }
  }

  async serve(service: ServiceDefinition): Promise<Subscription> {
    const answering = [
      ...service.endpoints.map((endpoint) => this.#answer(endpoint, SERVICE_QUEUE)),
      ...discoveryEndpoints(service, nuid.next()).map((endpoint) => this.#answer(endpoint, '')),
    ];
    await this.flush();
    return {
      unsubscribe: () => {
        for (const each of answering) each.unsubscribe();
      },
    };
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

  #answer(endpoint: ServiceEndpoint, queue: string): Subscription {
    return this.#listen({
      subject: endpoint.subject,
      queue,
      deliver: (message) => this.#serveOne(endpoint, message),
    });
  }

  #serveOne(endpoint: ServiceEndpoint, message: Msg): void {
    const { subject, reply = '' } = message;
    // One without an address may be the answer to another request, which its sender had sent here.
    if (!isInbox(reply)) {
      if (this.#hasTold || isTrial(messageFrom(message))) return;
      this.#log.warn('bus: a request names no inbox for its answer', { subject });
      this.#hasTold = true;
      return;
    }
    const request: ServiceRequest = {
      ...messageFrom(message),
      respond: (data, sent = {}) =>
        this.#guarded(message.subject, () => {
          if (this.#isTrusted) message.respond(data, headersOption(sent));
        }),
    };
    const failure = this.#guarded(message.subject, () => endpoint.handle(request));
    if (failure !== undefined)
      request.respond(new Uint8Array(), { [SERVICE_ERROR]: failure, [SERVICE_ERROR_CODE]: '500' });
  }

  #failureOf(cause: unknown): RequestFailure {
    const code = cause instanceof NatsError ? cause.code : '';
    if (code === '503') return 'no-responders';
    if (code === ErrorCode.PermissionsViolation) return 'denied';
    if (this.#state === 'closed' || code === 'CONNECTION_CLOSED' || code === 'CONNECTION_DRAINING')
      return 'closed';
    if (code !== 'TIMEOUT' && code !== 'DISCONNECT')
      this.#log.warn('bus: a request failed', { error: messageOf(cause) });
    return 'timeout';
  }

  async #followStatus(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'disconnect') this.#become('reconnecting');
      else if (status.type === 'reconnect') this.#onReconnect();
      else if (status.type === DebugEvents.StaleConnection) dropSocket(this.#connection);
      else if (status.type === 'error') this.#onError(status);
    }
  }

  // Subscriptions have been sent again by now; what comes for them is not looked at before this.
  #onReconnect(): void {
    const stranger = this.#pin?.strangerIn(serverSeenBy(this.#connection));
    if (stranger === undefined) {
      this.#lastError = '';
      this.#stranger = '';
      this.#become('connected');
      return;
    }
    dropSocket(this.#connection);
    // Each try to connect again meets the same.
    const seen = JSON.stringify(stranger);
    if (seen === this.#stranger) return;
    this.#stranger = seen;
    const { kind, ...its } = stranger;
    this.#log.error(STRANGERS[kind], { server: this.#connection.getServer(), ...its });
  }

  /** Between the loss of a connection and the look at who serves the next one nobody is. */
  get #isTrusted(): boolean {
    return this.#pin === undefined || this.#state === 'connected';
  }

  #onError({ data, permissionContext: refused }: Status): void {
    if (refused === undefined) {
      const error = String(data);
      // Each try to connect again with a key that was revoked meets the same.
      if (error !== this.#lastError)
        this.#log.warn('bus: NATS reported an error', errorFields(error));
      this.#lastError = error;
      if (this.#state === 'reconnecting' && isRefusal(error)) this.#onKeyRefused();
      return;
    }
    const { operation, subject } = refused;
    const refusal = { listening: operation === 'subscription', subject };
    const line = `${operation} ${subject}`;
    if (this.#refused.has(line)) return;
    if (this.#refused.size < MAX_REFUSALS_KEPT) this.#refused.add(line);
    const text = refusal.listening ? 'bus: not allowed to listen' : 'bus: not allowed to publish';
    this.#log.error(text, { subject, cure: REFUSAL_CURE });
    this.#onRefused(refusal);
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
