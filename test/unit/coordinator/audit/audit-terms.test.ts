import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { decodeAudit } from '../../../../proto/audit.js';
import type { AuditLine } from '../../../../proto/schemas/audit.js';
import type { StoreFailure, StoreProvider } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { err, type Fault, ok } from '../../../../shared/result.js';
import { job, SETTINGS } from '../build.js';
import { World } from '../world.js';

describe('the audit of a process that leads more than once, or ends', () => {
  let world: World;
  let lines: AuditLine[];
  let failure: StoreFailure | undefined;
  let areEventsTaken: boolean;
  let putMs: number;
  let stop: AbortController;
  let ended: Promise<readonly Fault[] | null>;

  /** With an audit that can fail, and jobs that take their time to store. */
  const observed = (stores: StoreProvider): StoreProvider => ({
    install: (...args) => stores.install(...args),
    openEvents: async (...args) => {
      const opened = await stores.openEvents(...args);
      if (!opened.ok) return opened;
      return ok({
        append: async (...given) =>
          areEventsTaken ? opened.value.append(...given) : err('unknown'),
      });
    },
    openHistory: (...args) => stores.openHistory(...args),
    reader: (...args) => stores.reader(...args),
    auditLog: () => ({
      append: async (_subject, _id, data) => {
        if (failure !== undefined) return err(failure);
        const line = decodeAudit(data);
        assert.ok(line.ok);
        lines.push(line.value);
        return ok(undefined);
      },
    }),
    open: async (cluster, bucket) => {
      const opened = await stores.open(cluster, bucket);
      if (!opened.ok || bucket !== 'jobs') return opened;
      const put: typeof opened.value.put = async (...given) => {
        if (putMs > 0) await world.clock.sleep(putMs);
        return opened.value.put(...given);
      };
      return ok({ ...opened.value, put });
    },
  });
  const written = () => lines.map(({ verb, job: of, epoch }) => `${epoch} ${verb} ${of ?? ''}`);

  beforeEach(async () => {
    world = await World.make();
    [lines, failure, putMs, stop] = [[], undefined, 0, new AbortController()];
    areEventsTaken = true;
    ended = runWithLeaderElection(SETTINGS, {
      bus: world.hub.connect(),
      stores: observed(world.stores),
      clock: world.clock,
      log: silentLog,
      newNonce: randomUUID,
      signal: stop.signal,
    });
    await world.clock.advance(0);
  });
  afterEach(async () => {
    stop.abort();
    for (let i = 0; i < 50; i += 1) await world.clock.advance(100);
    await ended;
  });

  it('goes on in the next term with the lines that wait', async () => {
    failure = 'full';
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    world.stores.destroy('test', 'profiles');
    await world.live(20);
    failure = undefined;
    await world.live(2);
    assert.deepEqual(written(), ['1 leader ', '1 job-submit a', '1 job-submit b', '2 leader ']);
  });

  it('goes on in the next term with the events that wait, too', async () => {
    areEventsTaken = false;
    await world.call('job-submit', { jobs: [job('a')] });
    world.stores.destroy('test', 'profiles');
    await world.live(20);
    areEventsTaken = true;
    await world.live(5);
    const told = world.events.filter((type) => /submitted|elected/.test(type));
    assert.deepEqual(told, ['coordinator.elected', 'job.submitted', 'coordinator.elected']);
  });

  it('has the line of a change that was half way through when it ended', async () => {
    putMs = 1000;
    void world.call('job-submit', { jobs: [job('a')] });
    await world.clock.advance(50);
    stop.abort();
    await world.clock.advance(2000);
    assert.deepEqual(written(), ['1 leader ', '1 job-submit a']);
  });

  it('does not wait for ever for such a change', async () => {
    putMs = 3_600_000;
    void world.call('job-submit', { jobs: [job('a')] });
    await world.clock.advance(50);
    stop.abort();
    await world.clock.advance(10_000);
    assert.equal(await ended, null);
  });
});
