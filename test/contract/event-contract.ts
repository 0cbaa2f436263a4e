import assert from 'node:assert/strict';
import { it } from 'mocha';
import { until } from '../lib/until.js';
import { bytes } from '../lib/utf8.js';
import { type Here, must } from './store-world.js';

/** What the streams of events and of the audit do. */
export function testEvents(here: () => Here): void {
  it('makes the audit where it is missing, and appends to it', async () => {
    const { world, cluster } = here();
    const subject = `dqoes.v1.${cluster}-new.audit.job-stop`;
    const log = world.stores.auditLog(`${cluster}-new`, { replicas: 1 });
    must(await log.append(subject, 'id-1', bytes('one')));
    const heard = await world.hear(subject);
    must(await log.append(subject, 'id-2', bytes('two')));
    await until(() => heard.includes('two'), 'the line');
  });
  it('says of a message that is too large that it is never taken', async () => {
    const { world, cluster } = here();
    const subject = `dqoes.v1.${cluster}.evt.job.placed`;
    const log = must(await world.stores.openEvents(cluster));
    const audit = world.stores.auditLog(cluster, { replicas: 1 });
    const large = await log.append(subject, 'large', new Uint8Array(64 * 1024 + 1));
    assert.deepEqual(large, { ok: false, error: 'refused' });
    const huge = await log.append(subject, 'huge', new Uint8Array(2 ** 20 + 1));
    assert.deepEqual(huge, { ok: false, error: 'refused' });
    const line = new Uint8Array(16 * 1024 + 1);
    const long = await audit.append(`dqoes.v1.${cluster}.audit.lost`, 'long', line);
    assert.deepEqual(long, { ok: false, error: 'refused' });
    must(await log.append(subject, 'small', bytes('small')));
  });
  it('appends events, which subscribers hear, and drops repeats by id', async () => {
    const { world, cluster } = here();
    const log = must(await world.stores.openEvents(cluster));
    const subject = `dqoes.v1.${cluster}.evt.job.placed`;
    const heard = await world.hear(`dqoes.v1.${cluster}.evt.>`);
    must(await log.append(subject, 'id-1', bytes('one')));
    must(await log.append(subject, 'id-1', bytes('one again')));
    must(await log.append(subject, 'id-2', bytes('two')));
    await until(() => heard.includes('two'), 'the last event');
    assert.ok(heard.includes('one'));
    assert.equal(await world.eventCount(cluster), 2);
  });
}
