import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode, Events, type Msg, type NatsConnection, NatsError, type Status } from 'nats';
import { StreamAppender } from '../../../../proto/nats/appender.js';
import { apiCode } from '../../../../proto/nats/listing.js';
import { bytes } from '../../../lib/utf8.js';

type Deliver = (cause: NatsError | null, message: Msg) => void;

/** What the appender uses of a connection; answers are given by hand. */
class FakeConnection {
  readonly sent: { readonly subject: string; readonly reply: string; readonly id: string }[] = [];
  readonly subjects: string[] = [];
  #deliver: Deliver = () => {};
  #says: (status: Status) => void = () => {};

  publish(subject: string, _: Uint8Array, { reply, headers }: PublishedWith): void {
    if (subject === '') throw NatsError.errorForCode(ErrorCode.BadSubject);
    this.sent.push({ subject, reply, id: headers.get('Nats-Msg-Id') });
  }
  subscribe(subject: string, { callback }: { readonly callback: Deliver }): void {
    this.subjects.push(subject);
    this.#deliver = callback;
  }
  closed(): Promise<void> {
    return new Promise(() => {});
  }
  async *status(): AsyncGenerator<Status> {
    for (;;)
      yield await new Promise<Status>((resolve) => {
        this.#says = resolve;
      });
  }
  answer(id: string, answer: object): void {
    this.#deliver(null, messageTo(this.#replyOf(id), { data: bytes(JSON.stringify(answer)) }));
  }
  answerWithCode(id: string, code: number): void {
    const headers = { code } as Msg['headers'];
    this.#deliver(null, messageTo(this.#replyOf(id), { data: new Uint8Array(), headers }));
  }
  endInbox(): void {
    this.#deliver(NatsError.errorForCode(ErrorCode.PermissionsViolation), {} as Msg);
  }
  refuse(subject: string): void {
    const permissionContext = { operation: 'publish', subject };
    this.#says({ type: Events.Error, data: 'PERMISSIONS_VIOLATION', permissionContext });
  }
  #replyOf(id: string): string {
    return this.sent.find((each) => each.id === id)?.reply ?? '';
  }
}

interface PublishedWith {
  readonly reply: string;
  readonly headers: { get(name: string): string };
}

const messageTo = (subject: string, rest: object): Msg => ({ subject, ...rest }) as Msg;

function world(timeoutMs = 60_000) {
  const connection = new FakeConnection();
  const appender = new StreamAppender({
    connection: connection as unknown as NatsConnection,
    timeoutMs,
    inboxPrefix: '_INBOX.KEY',
  });
  const append = (id: string, subject = 'evt.a') =>
    appender.append({ stream: 'events', subject, id, data: bytes(id) });
  return { connection, append };
}

const codeOf = (cause: unknown): string => (cause instanceof NatsError ? cause.code : '');

describe('appending to streams', () => {
  it('hears the answers on one subject, in any order', async () => {
    const { connection, append } = world();
    const both = Promise.all([append('1'), append('2')]);
    connection.answer('2', { stream: 'events', seq: 2, duplicate: true });
    connection.answer('1', { stream: 'events', seq: 1 });
    assert.deepEqual(await both, ['stored', 'repeated']);
    assert.equal(connection.subjects.length, 1);
    assert.match(connection.subjects[0] ?? '', /^_INBOX\.KEY\.[^.]+\.\*$/);
  });

  it('throws what a stream answers, with the code of the error', async () => {
    const { connection, append } = world();
    const refused = append('1');
    const error = { code: 400, err_code: 10054, description: 'message size exceeds maximum' };
    connection.answer('1', { error });
    await assert.rejects(refused, (cause) => apiCode(cause) === 10054);
  });

  it('says that nobody answers for the subject', async () => {
    const { connection, append } = world();
    const lost = append('1');
    connection.answerWithCode('1', 503);
    await assert.rejects(lost, (cause) => codeOf(cause) === ErrorCode.NoResponders);
  });

  it('waits no longer than it may, and ignores what comes later', async () => {
    const { connection, append } = world(20);
    const late = append('1');
    await assert.rejects(late, (cause) => codeOf(cause) === ErrorCode.Timeout);
    connection.answer('1', { stream: 'events', seq: 1 });
    const next = append('2');
    connection.answer('2', { stream: 'events', seq: 2 });
    assert.equal(await next, 'stored');
  });

  it('hears that a subject is refused, of the oldest message to it', async () => {
    const { connection, append } = world();
    const [other, denied] = [append('1', 'evt.b'), append('2', 'evt.a')];
    await Promise.resolve();
    connection.refuse('evt.a');
    await assert.rejects(denied, (cause) => codeOf(cause) === ErrorCode.PermissionsViolation);
    connection.answer('1', { stream: 'events', seq: 1 });
    assert.equal(await other, 'stored');
  });

  it('listens again where the server ended the subscription', async () => {
    const { connection, append } = world();
    const denied = append('1');
    connection.endInbox();
    await assert.rejects(denied, (cause) => codeOf(cause) === ErrorCode.PermissionsViolation);
    const next = append('2');
    connection.answer('2', { stream: 'events', seq: 1 });
    assert.equal(await next, 'stored');
    assert.equal(connection.subjects.length, 2);
  });

  it('rejects what the client never sends, and goes on', async () => {
    const { connection, append } = world();
    const bad = append('1', '');
    await assert.rejects(bad, (cause) => codeOf(cause) === ErrorCode.BadSubject);
    const next = append('2');
    connection.answer('2', { stream: 'events', seq: 1 });
    assert.equal(await next, 'stored');
  });
});
