import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headers, type JetStreamManager, type MsgRequest } from 'nats';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { type BucketPort, NatsBucket } from '../../../../proto/nats/bucket.js';
import { hintSubject, keySubject } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
import { ok } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';

describe('a bucket on NATS', () => {
  it('tells watchers of no key that they could not read', async () => {
    const bus = createMemoryBus({ clock: new ManualClock(), log: silentLog });
    const bucket = new NatsBucket('b', { bus } as unknown as BucketPort);
    const heard: string[] = [];
    await bucket.watch((key) => heard.push(key));
    const keys = ['leader', 'standby.c2', 'standby.x$y', 'a:b', 'ä', 'store.mark'];
    for (const key of keys) bus.publish(hintSubject('b', key), new Uint8Array());
    await settle();
    assert.deepEqual(heard, ['leader', 'standby.c2', 'store.mark']);
  });

  it('does not read markers again that cannot be old enough', async () => {
    const stream = new MarkerStream(30);
    const bucket = new NatsBucket('b', stream.port);
    const clear = () => bucket.clearMarkers({ olderThanMs: HOUR_MS, spare: 5, max: 10 });
    assert.deepEqual(await clear(), ok(0));
    assert.equal(stream.reads, 30);
    assert.deepEqual(await clear(), ok(0));
    stream.nowMs = 5 * 1000 + HOUR_MS;
    assert.deepEqual(await clear(), ok(0));
    assert.equal(stream.reads, 30, 'the sixth is an hour old now, and not older');
    stream.nowMs += 1;
    assert.deepEqual(await clear(), ok(6));
    assert.equal(stream.reads, 60);
    assert.deepEqual(await clear(), ok(6), 'and where some went, all are looked at');
    assert.equal(stream.reads, 90);
  });
});

const HOUR_MS = 3_600_000;

/** A stream of markers, one each second; what is purged is counted and stays. */
class MarkerStream {
  reads = 0;
  nowMs = 60_000;
  readonly port: BucketPort;

  constructor(messages: number) {
    const subjectOf = (at: number): string => keySubject('b', `key-${at}`);
    const all = Array.from({ length: messages }, (_, at) => subjectOf(at));
    const marker = headers();
    marker.set('KV-Operation', 'DEL');
    const subjects = Object.fromEntries(all.map((subject) => [subject, 1]));
    const state = { messages, last_seq: messages, subjects };
    const streams = {
      info: async () => ({ state, ts: new Date(this.nowMs).toISOString() }),
      getMessage: async (_: string, { last_by_subj: subject = '' }: LastBySubject) => {
        this.reads += 1;
        const seq = all.indexOf(subject) + 1;
        return { data: new Uint8Array(), seq, header: marker, time: new Date(1000 * (seq - 1)) };
      },
      purge: async () => ({ purged: 1 }),
    };
    const manager = { streams } as unknown as JetStreamManager;
    const js = { publish: async () => ({ seq: messages + 1 }) };
    const call = async (_: unknown, run: (asked: JetStreamManager) => Promise<unknown>) =>
      ok(await run(manager));
    this.port = { js, timeoutMs: 1000, call } as unknown as BucketPort;
  }
}

type LastBySubject = Extract<MsgRequest, { readonly last_by_subj: string }>;
