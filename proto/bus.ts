import type { Result } from '../shared/result.js';

/** One message as it came off the wire; never trusted. */
export interface BusMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  /** `Status` holds the status of an answer of the server itself, as 404. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What `subscribe` and the like return; `unsubscribe` may be called more than once. */
export interface Subscription {
  unsubscribe(): void;
}

/** A request to a service endpoint, and how to answer it. */
export interface ServiceRequest extends BusMessage {
  respond(data: Uint8Array, headers?: Readonly<Record<string, string>>): void;
}

/** One verb of a service, at the subject `subject`. */
export interface ServiceEndpoint {
  readonly name: string;
  readonly subject: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly handle: (request: ServiceRequest) => void;
}

/** A service as NATS discovery shows it (ADR-32). */
export interface ServiceDefinition {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly endpoints: readonly ServiceEndpoint[];
}

/** `denied`: the key of this client may not ask this. */
export type RequestFailure = 'no-responders' | 'timeout' | 'closed' | 'denied';
export type BusState = 'connected' | 'reconnecting' | 'closed';

/**
 * Publish/subscribe with request/reply. Drivers: `nats/bus.ts`, `memory/bus.ts`; both pass
 * `test/contract/bus`.
 */
export interface Bus {
  readonly state: BusState;
  /** Public key by which the server knows this client; absent = it has none. */
  readonly publicKey?: string | undefined;
  /** At most once; dropped silently when disconnected (callers hold their own newest-wins slot). */
  publish(subject: string, data: Uint8Array, headers?: Readonly<Record<string, string>>): void;
  /**
   * `subject` may hold the wildcards `*` and `>`. A throwing handler is logged and does not stop
   * the subscription.
   */
  subscribe(subject: string, handler: (message: BusMessage) => void): Subscription;
  request(
    subject: string,
    data: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Result<BusMessage, RequestFailure>>;
  /**
   * Registers a service that `$SRV` discovery finds (NATS ADR-32). What does not ask for its answer
   * in an inbox is ignored: the answer would go elsewhere with the rights of the service, and what
   * asks for none may be the answer of another service.
   */
  serve(service: ServiceDefinition): Promise<Subscription>;
  onState(listener: (state: BusState) => void): Subscription;
  /** Resolves when everything published so far has reached the server. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
