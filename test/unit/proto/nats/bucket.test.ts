import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { type BucketPort, NatsBucket } from '../../../../proto/nats/bucket.js';
import { hintSubject } from '../../../../proto/subjects.js';
import { silentLog } from '../../../../shared/log.js';
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
});
