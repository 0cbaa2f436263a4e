import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MemoryStores } from '../../../proto/memory/store.js';
import { timedStores } from '../../../proto/timed-stores.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { bytes } from '../../lib/utf8.js';

describe('stores whose operations are timed', () => {
  it('note each operation of buckets and streams; a conflict is no failure', async () => {
    const clock = new ManualClock();
    const noted: string[] = [];
    const stores = timedStores(new MemoryStores({ clock }), clock, (operation, _, failure) =>
      noted.push(failure === undefined ? operation : `${operation}: ${failure}`),
    );
    assert.ok((await stores.install('main', { replicas: 1 })).ok);
    const [bucket, events, history] = [
      await stores.open('main', 'jobs'),
      await stores.openEvents('main'),
      await stores.openHistory('main'),
    ];
    assert.ok(bucket.ok && events.ok && history.ok);
    const audit = stores.auditLog('main', { replicas: 1 });
    await bucket.value.put('a', bytes('1'), 0);
    await bucket.value.put('a', bytes('2'), 0);
    await bucket.value.get('a');
    for (const log of [events.value, history.value, audit])
      assert.ok((await log.append('subject', 'id', bytes('x'))).ok);
    const again = await history.value.append('subject', 'id', bytes('x'));
    assert.equal(again.ok && again.value, 'repeated');
    assert.deepEqual(noted, ['put', 'put', 'get', 'append', 'append', 'append', 'append']);
  });
});
