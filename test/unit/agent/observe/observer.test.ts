import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { err } from '../../../../shared/result.js';
import { container, containerId, desired, jobSpec, ownLabels } from './build.js';
import { PlannedServer } from './planned-server.js';
import { own, world } from './world.js';

const FACE = 'face-0' as AllocationId;

describe('Observer', () => {
  it('reports usage between two collects, applied and observed limits', async () => {
    const { clock, usage, observer, collect } = world();
    usage.set(4242, 10);
    await observer.sync(own());
    await clock.advance(1000);
    usage.set(4242, 10.5);
    const limit = { cpuCores: 1, periodUs: 100_000 };
    const [report] = await collect(new Map(), new Map([[FACE, limit]]));
    assert.equal(report?.cpu?.usageCores, 0.5);
    assert.equal(report?.memory?.workingSetBytes, 5);
    assert.deepEqual(report?.applied, limit);
    assert.deepEqual(report?.observed, { cpuCores: null, periodUs: 100_000 });
    assert.equal(report?.latency, null);
    assert.equal(report?.reason, '');
    await observer.close();
  });

  it('folds log lines into response times, told apart by the change of the limit', async () => {
    const { clock, say, observer, collect } = world();
    await observer.sync(own());
    say('{"ms":100}');
    await clock.advance(1000);
    say('{"ms":200}');
    say('hello');
    say('{"ms":1.2.3}');
    const [report] = await collect(new Map([[FACE, 1500]]));
    assert.equal(report?.latency?.window.count, 2);
    assert.equal(report?.latency?.window.meanMs, 150);
    assert.equal(report?.latency?.sinceChangeCount, 1);
    assert.equal(report?.latency?.rejectedCount, 1);
    await observer.close();
  });

  it('takes no number from where a long line was cut', async () => {
    const { sink, observer, collect } = world();
    await observer.sync(own());
    sink()?.onLine('{"prompt":"…","ms":12', true);
    sink()?.onLine('{"ms":50,"prompt":"…', true);
    const [report] = await collect();
    assert.equal(report?.latency?.window.count, 1);
    assert.equal(report?.latency?.window.meanMs, 50);
    assert.equal(report?.latency?.rejectedCount, 1);
    await observer.close();
  });

  it('says why a log cannot be read, until it can', async () => {
    const { sink, observer, collect } = world();
    await observer.sync(own());
    sink()?.onFault?.('configured logging driver does not support reading');
    const reasonNow = async () => (await collect())[0]?.reason;
    assert.equal(
      await reasonNow(),
      'the log cannot be followed: configured logging driver does not support reading',
    );
    sink()?.onFault?.('');
    assert.equal(await reasonNow(), '');
    await observer.close();
  });

  it('holds one handle of a container that a list and a report open at once', async () => {
    const { broken, open, observer, collect } = world();
    await observer.sync(own());
    broken.add(4242);
    await collect();
    assert.equal(open.handles, 0);
    broken.delete(4242);
    await Promise.all([collect(), collect()]);
    assert.equal(open.handles, 1);
    await observer.close();
    assert.equal(open.handles, 0);
  });

  it('says for a minute that lines of a log were skipped', async () => {
    const { clock, sink, observer } = world();
    await observer.sync(own());
    sink()?.onSkip();
    await clock.advance(59_000);
    assert.match(observer.warnings().join(), /^dqoes-face-0: its log is longer .*are skipped/);
    await clock.advance(2000);
    assert.deepEqual(observer.warnings(), []);
    await observer.close();
  });

  it('starts again with a new life: no usage or response times of the old one', async () => {
    const { clock, usage, open, say, observer, collect } = world();
    usage.set(4242, 100);
    await observer.sync(own());
    say('{"ms":100}');
    await clock.advance(1000);
    usage.set(77, 1);
    await observer.sync(own({ pid: 77, startedAt: '2026-03-03T00:00:00Z' }));
    assert.deepEqual(open, { handles: 1, followers: 1 });
    await clock.advance(1000);
    usage.set(77, 1.25);
    const [report] = await collect();
    assert.equal(report?.cpu?.usageCores, 0.25);
    assert.equal(report?.latency, null);
    await observer.close();
  });

  it('keeps what is open when nothing changed, and closes what left', async () => {
    const { open, observer, collect } = world();
    await observer.sync(own());
    await observer.sync(own());
    assert.deepEqual(open, { handles: 1, followers: 1 });
    await observer.sync(own({ running: false, exitCode: 1, pid: 0 }));
    assert.deepEqual(open, { handles: 0, followers: 0 });
    const [report] = await collect();
    assert.equal(report?.state, 'failed');
    assert.equal(report?.reason, 'exited with code 1');
    assert.deepEqual([report?.cpu, report?.latency, report?.observed], [null, null, null]);
    await observer.sync([]);
    assert.deepEqual(await collect(), []);
    await observer.close();
  });

  it('follows the log anew when the pattern changes', async () => {
    const { open, observer } = world();
    await observer.sync(own());
    await observer.sync(
      own({}, jobSpec({ latency: { source: 'log', pattern: 't=(?<value>\\d+)', unit: 's' } })),
    );
    assert.deepEqual(open, { handles: 1, followers: 1 });
    await observer.close();
    assert.deepEqual(open, { handles: 0, followers: 0 });
  });

  it('asks a container at its new address when its networks have changed', async () => {
    const http = new PlannedServer();
    const { clock, open, observer } = world({ http });
    const asked = (address: string) =>
      own(
        { addresses: [address], exposedPorts: [8000] },
        jobSpec({ latency: { source: 'prometheus' } }),
      );
    await observer.sync(asked('172.17.0.2'));
    await clock.advance(0);
    // Another container may have the old one by now.
    await observer.sync(asked('172.18.0.7'));
    http.asked.splice(0);
    await clock.advance(10_000);
    assert.deepEqual([...new Set(http.asked.map(({ host }) => host))], ['172.18.0.7']);
    assert.equal(open.handles, 1);
    await observer.close();
  });

  it('goes on with a log that it need not ask for, whatever the address', async () => {
    const { say, observer, collect } = world();
    await observer.sync(own());
    say('{"ms":5}');
    await observer.sync(own({ addresses: ['172.18.0.7'] }));
    assert.equal((await collect())[0]?.latency?.window.count, 1);
    await observer.close();
  });

  it('lets one container that cannot be read not stop the others', async () => {
    const { clock, usage, observer, collect } = world();
    const containers = [
      container({ labels: ownLabels('face-0'), pid: 13 }),
      container({ id: containerId('b2'), labels: ownLabels('face-1'), pid: 14 }),
      container({ id: containerId('c3'), labels: ownLabels('face-2'), pid: 15 }),
    ];
    const desiredAll = ['face-0', 'face-1', 'face-2'].map((id) => desired(id));
    await observer.sync(workloadsOf({ containers, desired: desiredAll }).workloads);
    await clock.advance(1000);
    usage.set(15, 1);
    const reports = await collect();
    assert.deepEqual(
      reports.map((report) => [report.cpu?.usageCores ?? null, report.reason]),
      [
        [null, 'process 13 is gone'],
        [null, 'broken driver'],
        [1, ''],
      ],
    );
    await observer.close();
  });

  it('opens a handle again after a read failed, without inventing usage', async () => {
    const { clock, usage, broken, open, observer, collect } = world();
    await observer.sync(own());
    broken.add(4242);
    await clock.advance(1000);
    const [failed] = await collect();
    assert.equal(failed?.cpu, null);
    assert.equal(failed?.observed, null);
    assert.equal(failed?.reason, 'the cgroup is gone');
    assert.equal(open.handles, 0);
    broken.clear();
    usage.set(4242, 50);
    await clock.advance(1000);
    const [first] = await collect();
    assert.equal(first?.cpu, null);
    assert.equal(first?.memory?.currentBytes, 10);
    await clock.advance(1000);
    usage.set(4242, 51);
    assert.equal((await collect())[0]?.cpu?.usageCores, 1);
    assert.equal((await collect())[0]?.reason, '');
    await observer.close();
  });

  it('does not measure an interval that is too short, and loses nothing by it', async () => {
    const { clock, usage, observer, collect } = world();
    await observer.sync(own());
    await clock.advance(10);
    usage.set(4242, 0.01);
    assert.equal((await collect())[0]?.cpu, null);
    await clock.advance(990);
    usage.set(4242, 1);
    assert.equal((await collect())[0]?.cpu?.usageCores, 1);
    await observer.close();
  });

  it('reports a pattern that is refused as the reason', async () => {
    const { observer, collect } = world({
      compile: () => err('the pattern cannot be matched in linear time'),
    });
    await observer.sync(own());
    assert.equal((await collect())[0]?.reason, 'the pattern cannot be matched in linear time');
    await observer.close();
  });

  it('hands pushed times to the container of the address, and counts other senders', async () => {
    const { clock, observer, collect, pushed } = world({ push: true });
    await observer.start();
    const pushToken = 'secret-of-this-container';
    await observer.sync(own({ pushToken }, jobSpec({ latency: { source: 'push' } })));
    pushed(
      { address: '::ffff:172.17.0.2' },
      [
        { latencyMs: 10, weight: 1 },
        { latencyMs: 30, weight: 5 },
      ],
      [],
    );
    pushed({ address: '10.9.9.9' }, [{ latencyMs: 1, weight: 1 }], []);
    pushed({ address: '127.0.0.1', token: pushToken }, [{ latencyMs: 20, weight: 1 }], []);
    pushed({ address: '127.0.0.1', token: 'face-0' }, [{ latencyMs: 1, weight: 1 }], []);
    await clock.advance(500);
    const [report] = await collect();
    assert.equal(report?.latency?.window.count, 3);
    assert.equal(report?.latency?.totalCount, 7);
    assert.equal(report?.latency?.newestAgeMs, 500);
    assert.match(observer.warnings().join(), /^2 pushed response times .*DQOES_PUSH_TOKEN/);
    await observer.close();
  });

  it('refuses pushes for a container whose source is the log', async () => {
    const { say, observer, collect, pushed } = world({ push: true });
    await observer.start();
    await observer.sync(own());
    say('{"ms":5}');
    pushed({ address: '172.17.0.2' }, [{ latencyMs: 10, weight: 1 }], []);
    const [report] = await collect();
    assert.equal(report?.latency?.window.count, 1);
    assert.equal(report?.latency?.rejectedCount, 1);
    await observer.close();
  });

  it('does nothing more after close', async () => {
    const { open, observer } = world();
    await observer.close();
    await observer.sync(own());
    assert.deepEqual(open, { handles: 0, followers: 0 });
  });
});
