import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type LeaderHandle, startLeader } from '../../../../cli/up/leader.js';
import {
  type MonitoredCoordinator,
  monitorCoordinator,
} from '../../../../coordinator/monitored.js';
import { timedStores } from '../../../../proto/timed-stores.js';
import { silentLog } from '../../../../shared/log.js';
import { Samples } from '../../../../shared/monitoring/samples.js';
import { seriesOf } from '../../../lib/samples.js';
import { job, SETTINGS } from '../build.js';
import { World } from '../world.js';

describe('metrics of one coordinator', () => {
  let world: World;
  let leading: LeaderHandle;
  let monitored: MonitoredCoordinator;

  const scraped = () => {
    const samples = new Samples();
    monitored.source.collect(samples);
    return seriesOf(samples);
  };

  beforeEach(async () => {
    world = await World.make();
    monitored = monitorCoordinator(500);
    const { clock, hub } = world;
    const { meter, onLeading } = monitored;
    const stores = timedStores(world.stores, clock, (...one) => meter.store(...one));
    const ports = { bus: hub.connect(), stores, clock, log: silentLog, meter, onLeading };
    const starting = startLeader(SETTINGS, ports);
    await clock.advance(0);
    const started = await starting;
    assert.ok(started.ok);
    leading = started.value;
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(12);
  });
  afterEach(async () => {
    const stopped = leading.stop();
    await world.clock.advance(100);
    await stopped;
  });

  it('count decisions by policy and kind, and events by type, as they were published', () => {
    const series = scraped();
    assert.equal(series['dqoes_decisions_total{policy=dqoes,reason=place}'], 1);
    const counted = Object.entries(series).flatMap(([name, count]) => {
      const type = /^dqoes_coordinator_events_total\{type=dqoes\.(.*)\}$/.exec(name)?.[1];
      return type === undefined || count === 0 ? [] : [[type, count]];
    });
    assert.equal(series['dqoes_coordinator_events_total{type=dqoes.coordinator.store-lost}'], 0);
    const seen = new Map<string, number>();
    for (const type of world.events) seen.set(type, (seen.get(type) ?? 0) + 1);
    assert.ok(seen.size >= 3);
    assert.deepEqual(new Map(counted as [string, number][]), seen);
  });

  it('count passes, and the operations of the store by kind', () => {
    const series = scraped();
    assert.ok((series.dqoes_coordinator_pass_seconds_count ?? 0) > 0);
    for (const operation of ['get', 'put', 'list', 'append'])
      assert.ok(
        (series[`dqoes_store_operation_seconds_count{operation=${operation}}`] ?? 0) > 0,
        operation,
      );
    assert.deepEqual(
      Object.keys(series).filter((name) => name.includes('store_failures')),
      [],
    );
  });

  it('count what the store refuses by kind', async () => {
    world.stores.destroy('test', 'desired');
    await world.call('job-submit', { jobs: [job('b')] });
    await world.live(4);
    const failures = Object.keys(scraped()).filter((name) => name.includes('store_failures'));
    assert.ok(
      failures.some((name) => name.includes('failure=missing-bucket')),
      failures.join(),
    );
  });

  it('export the cluster while they lead, and only what they did afterwards', async () => {
    const before = scraped();
    assert.equal(before.dqoes_coordinator_leader, 1);
    assert.equal(before['dqoes_job_replicas{job_name=a}'], 1);
    const stopped = leading.stop();
    await world.clock.advance(100);
    await stopped;
    const after = scraped();
    assert.equal(after.dqoes_coordinator_leader, 0);
    assert.deepEqual(
      Object.keys(after).filter((name) => /^dqoes_(?:job|node|cluster|allocation)/.test(name)),
      [],
    );
    assert.equal(after.dqoes_coordinator_elections_total, 1);
  });
});
