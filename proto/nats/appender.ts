import {
  type ApiError,
  createInbox,
  ErrorCode,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  NatsError,
} from 'nats';
import type { Appended } from '../store.js';

/** One message for a stream, which drops repeats by the id. */
export interface StreamAppend {
  readonly stream: string;
  readonly subject: string;
  readonly id: string;
  readonly data: Uint8Array;
}

/** Which connection, and how long an answer may take. */
export interface AppenderOptions {
  readonly connection: NatsConnection;
  /** Deadline of one append, ms. */
  readonly timeoutMs: number;
  /** Where the answers for this key may come; undefined = anywhere. */
  readonly inboxPrefix?: string | undefined;
}

interface Waiting {
  readonly subject: string;
  readonly sentAtMs: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (cause: unknown) => void;
}

/** What a stream answers: that it has the message, or an error. */
interface Answer {
  readonly stream?: string;
  readonly duplicate?: boolean;
  readonly error?: ApiError;
}

const NO_RESPONDERS = 503;
const decoder = new TextDecoder();

/**
 * Appends messages to streams, and hears all answers on one subject. A request of the client makes
 * a timer, a race of two promises and, when it is answered, an error that nobody sees: too much
 * for an event of each limit that changes. Throws what a request throws.
 */
export class StreamAppender {
  readonly #options: AppenderOptions;
  /** In the order in which they were sent. */
  readonly #waiting = new Map<string, Waiting>();
  #inbox: string | undefined;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  #isFollowing = false;

  constructor(options: AppenderOptions) {
    this.#options = options;
  }

  /** Resolves when the stream has the message. */
  append(message: StreamAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const { subject, data } = message;
      const inbox = this.#listen();
      this.#sent += 1;
      const token = this.#sent.toString(36);
      this.#options.connection.publish(subject, data, {
        reply: `${inbox}.${token}`,
        headers: headersOf(message),
      });
      this.#waiting.set(token, { subject, sentAtMs: performance.now(), resolve, reject });
      this.#timer ??= this.#timerOf(this.#options.timeoutMs);
    });
  }

  /** The connection, not this, keeps a program running. */
  #timerOf(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.#endLate(), ms).unref();
  }

  #listen(): string {
    if (this.#inbox !== undefined) return this.#inbox;
    const { connection, inboxPrefix } = this.#options;
    const inbox = createInbox(inboxPrefix);
    connection.subscribe(`${inbox}.*`, {
      callback: (cause, answer) => {
        if (cause === null) return this.#settle(answer, inbox);
        this.#inbox = undefined;
        this.#rejectAll(cause);
      },
    });
    this.#inbox = inbox;
    if (!this.#isFollowing) void this.#follow();
    return inbox;
  }

  #settle(answer: Msg, inbox: string): void {
    const token = answer.subject.slice(inbox.length + 1);
    const waiting = this.#waiting.get(token);
    // After its deadline.
    if (waiting === undefined) return;
    this.#waiting.delete(token);
    try {
      waiting.resolve(appendedBy(answer));
    } catch (cause) {
      waiting.reject(cause);
    }
  }

  /** Ends those whose time is over; all have the same time. */
  #endLate(): void {
    const { timeoutMs } = this.#options;
    this.#timer = undefined;
    for (const [token, { sentAtMs, reject }] of this.#waiting) {
      const leftMs = sentAtMs + timeoutMs - performance.now();
      if (leftMs > 0) {
        this.#timer = this.#timerOf(leftMs);
        return;
      }
      this.#waiting.delete(token);
      reject(NatsError.errorForCode(ErrorCode.Timeout));
    }
  }

  /** What the server refuses is not answered, but said of the connection. */
  async #follow(): Promise<void> {
    this.#isFollowing = true;
    const { connection } = this.#options;
    void connection.closed().then(() => {
      this.#rejectAll(NatsError.errorForCode(ErrorCode.ConnectionClosed));
    });
    for await (const { permissionContext: refused } of connection.status())
      if (refused?.operation === 'publish') this.#refuse(refused.subject);
  }

  #refuse(subject: string): void {
    for (const [token, waiting] of this.#waiting) {
      if (waiting.subject !== subject) continue;
      this.#waiting.delete(token);
      waiting.reject(NatsError.errorForCode(ErrorCode.PermissionsViolation));
      return;
    }
  }

  #rejectAll(cause: unknown): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(cause);
  }
}

function headersOf({ id, stream }: StreamAppend): MsgHdrs {
  const made = headers();
  made.set('Nats-Msg-Id', id);
  made.set('Nats-Expected-Stream', stream);
  return made;
}

function appendedBy(answer: Msg): Appended {
  if (answer.data.length === 0 && answer.headers?.code === NO_RESPONDERS)
    throw NatsError.errorForCode(ErrorCode.NoResponders);
  const { stream = '', duplicate, error } = JSON.parse(decoder.decode(answer.data)) as Answer;
  if (error !== undefined) throw refusalBy(error);
  if (stream === '') throw NatsError.errorForCode(ErrorCode.JetStreamInvalidAck);
  return duplicate === true ? 'repeated' : 'stored';
}

// With the same code as the client's own request has.
function refusalBy(error: ApiError): NatsError {
  const refusal = new NatsError(error.description, String(error.code));
  refusal.api_error = error;
  return refusal;
}
