import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { MinuteWriter } from '../../../../coordinator/dispatch/minute-writer.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { minuteAt } from '../../../../coordinator/view/minutes.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import type { HistoryLog, StoreFailure } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { decodeMinute } from '../../../../proto/view.js';
import { silentLog } from '../../../../shared/log.js';
import { err } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container, latency, report, target } from '../build.js';

const CLUSTER = 'main';

/** A clock whose wall time may be wrong. */
class WrongClock extends ManualClock {
  shiftMs = 0;
  override wall(): number {
    return super.wall() + this.shiftMs;
  }
}

/** A node that answers two requests a second, and leaders that come and go. */
class History {
  readonly clock = new WrongClock();
  readonly stores = new MemoryStores({ clock: this.clock });
  second = 0;
  /** How long the stream takes for each record, ms. */
  slowMs = 0;
  /** Where nodes have to be approved. */
  isApproved = true;

  /** `never`: ids of records that the stream never takes, and what it says. */
  async lead(epoch: number, never?: (id: string) => StoreFailure | null): Promise<MinuteWriter> {
    const opened = await this.stores.openHistory(CLUSTER);
    const store = await this.stores.open(CLUSTER, 'profiles');
    assert.ok(opened.ok && store.ok);
    const { value } = opened;
    const history: HistoryLog = {
      append: async (subject, id, data) => {
        if (this.slowMs > 0) await this.clock.sleep(this.slowMs);
        const failure = never?.(id) ?? null;
        return failure === null ? value.append(subject, id, data) : err(failure);
      },
    };
    const writer = new MinuteWriter({
      history,
      store: store.value,
      subjects: subjectsOf(CLUSTER),
      clock: this.clock,
      pace: paceOf(this.clock),
      log: silentLog,
      epoch,
      leads: () => true,
    });
    await writer.start();
    return writer;
  }

  /** Seconds pass; the node reports each; the leader hears it. */
  async live(seconds: number, leader?: MinuteWriter): Promise<void> {
    for (let i = 0; i < seconds; i += 1) {
      await this.clock.advance(1000);
      this.second += 1;
      leader?.observe(this.#state());
      await this.clock.advance(0);
    }
  }

  #state() {
    const { second } = this;
    const said = report('h1', {
      sequence: second,
      sentAtMs: second * 1000,
      containers: [
        container('a-1', {
          target: target(100),
          latency: latency(100, { totalCount: second * 2, totalMs: second * 200 }),
        }),
      ],
    });
    const atMs = this.clock.now();
    const identity = { incarnation: 'i', epoch: 1, policy: 'equal' } as const;
    const start = emptyState({ ...identity, registration: 'approved' });
    const node = { atMs, node: said.node, registration: null, isApproved: this.isApproved };
    const known = reduce(start, { kind: 'node-known', ...node });
    return reduce(known, { kind: 'reports', atMs, reports: [{ atMs, report: said }] });
  }

  /** As when more was stored at a time than ever after: what lay behind stays as it is now. */
  async leaveBehind(): Promise<void> {
    const store = await this.stores.open(CLUSTER, 'profiles');
    assert.ok(store.ok);
    const now = await store.value.get('minutes.0');
    assert.ok(now.ok && now.value !== null);
    await store.value.put('minutes.1', now.value.value);
  }

  get records(): readonly MinuteRecord[] {
    return this.stores.minutesOf(CLUSTER).map((bytes) => {
      const record = decodeMinute(bytes);
      assert.ok(record.ok, JSON.stringify(record));
      return record.value;
    });
  }

  /** Requests in all records. */
  get requests(): number {
    const rows = this.records.flatMap(({ allocations }) => allocations);
    return rows.reduce((total, { requests }) => total + requests, 0);
  }

  /** Every minute has at most one record. */
  assertNoneTwice(): void {
    const minutes = this.records.map(({ minute }) => minute);
    assert.equal(new Set(minutes).size, minutes.length, JSON.stringify(minutes));
  }
}

describe('the writer of minutes', () => {
  let history: History;
  beforeEach(async () => {
    history = new History();
    await history.stores.install(CLUSTER, { replicas: 1 });
    const intoMinute = history.clock.wall() % 60_000;
    if (intoMinute > 0) await history.clock.advance(60_000 - intoMinute);
  });

  it('writes one record a minute', async () => {
    await history.live(245, await history.lead(1));
    assert.equal(history.records.length, 4);
    assert.deepEqual(
      history.records.map(({ partial }) => partial ?? false),
      [true, false, false, false],
      'of the first the first second is missing',
    );
  });

  for (const [failure, minutes] of [
    ['unknown', 10],
    ['refused', 2],
  ] as const)
    it(`drops a record that the stream never takes (${failure}), and no other`, async () => {
      let first: string | undefined;
      const writer = await history.lead(1, (id) => {
        first ??= id;
        return id === first ? failure : null;
      });
      await history.live(60 * minutes + 5, writer);
      assert.deepEqual([writer.dropped, history.records.length], [1, minutes - 1]);
    });

  it('a leader that stops in a minute leaves it to the next, and nothing is lost', async () => {
    const first = await history.lead(1);
    await history.live(90, first);
    await first.stop();
    await history.live(5);
    await history.live(90, await history.lead(2));
    assert.deepEqual(
      history.records.map(({ epoch, partial }) => [epoch, partial ?? false]),
      [
        [1, true],
        [1, true],
        [2, false],
      ],
    );
    history.assertNoneTwice();
    assert.equal(history.requests, (179 - 1) * 2, 'all but those before the first report');
  });

  it('what a longer round left behind is not taken for what was stored last', async () => {
    const first = await history.lead(1);
    await history.live(30, first);
    await history.leaveBehind();
    await history.live(60, first);
    await first.stop();
    await history.live(5);
    await history.live(90, await history.lead(2));
    history.assertNoneTwice();
    assert.equal(history.requests, (179 - 1) * 2);
  });

  it('a node that is first heard late in a minute counts no request twice', async () => {
    const begun = minuteAt(history.clock.wall());
    const first = await history.lead(1);
    await history.live(51);
    await history.live(12, first);
    await history.live(12);
    await history.live(130, await history.lead(2));
    history.assertNoneTwice();
    const ended = Math.max(...history.records.map(({ minute }) => minute));
    const answered = ((ended - begun + 1) * 60 - 52 - 1) * 2;
    assert.ok(history.requests <= answered, `${history.requests} counted of ${answered}`);
  });

  // A leader begins 7 s into a minute, so that it stores what is open 22, 37, 52, 67 … s into it.
  // Killed at any second, and followed at any other: no request twice; what is lost is marked.
  for (const killedAt of [59, 60, 61, 63, 66, 68, 80, 119, 121, 126])
    for (const silent of [1, 12, 45, 70])
      it(`killed ${killedAt} s into a minute, the next leads ${silent} s later`, async () => {
        const begun = minuteAt(history.clock.wall());
        await history.live(7);
        await history.live(killedAt - 7, await history.lead(1));
        await history.live(silent);
        await history.live(130, await history.lead(2));
        history.assertNoneTwice();
        const ended = Math.max(...history.records.map(({ minute }) => minute));
        const answered = ((ended - begun + 1) * 60 - 8 - 1) * 2;
        const counted = history.requests;
        assert.ok(counted <= answered, `${counted} requests counted of ${answered}`);
        const isMarked = history.records.some(({ partial }, at) => at > 0 && partial === true);
        if (counted < answered) assert.ok(isMarked, `${counted} of ${answered}, and not marked`);
      });

  for (const aheadFor of [5, 40, 200])
    it(`a clock far ahead for ${aheadFor} s: no request is lost or counts twice`, async () => {
      const leader = await history.lead(1);
      await history.live(90, leader);
      history.clock.shiftMs = 60_000_000;
      await history.live(aheadFor, leader);
      history.clock.shiftMs = 0;
      await history.live(150 + 60, leader);
      history.assertNoneTwice();
      const before = Math.floor((300 + aheadFor) / 60) * 60;
      assert.equal(history.requests, (before - 1 - 1) * 2, 'all but those of the open minute');
    });

  it('a leader with a clock far ahead is followed by one with the true time', async () => {
    const first = await history.lead(1);
    await history.live(90, first);
    history.clock.shiftMs = 60_000_000;
    await history.live(20, first);
    await first.stop();
    history.clock.shiftMs = 0;
    await history.live(130, await history.lead(2));
    const records = history.records.map(({ minute, epoch }) => `${minute}.${epoch}`);
    assert.equal(new Set(records).size, records.length, JSON.stringify(records));
    assert.equal(history.requests, (239 - 1) * 2);
  });

  it('what a node says that waits to be approved is not counted', async () => {
    history.isApproved = false;
    const writer = await history.lead(1);
    await history.live(130, writer);
    assert.deepEqual(history.records, []);
    history.isApproved = true;
    await history.live(120, writer);
    assert.equal(history.requests, (239 - 131) * 2, 'from its first report as one of the cluster');
  });

  it('a leader hands over in time though the stream takes its records slowly', async () => {
    let isDown = true;
    const leader = await history.lead(1, () => (isDown ? 'unknown' : null));
    for (let minute = 0; minute < 100; minute += 1) {
      await history.live(3, leader);
      await history.clock.advance(57_000);
      history.second += 57;
    }
    [isDown, history.slowMs] = [false, 2000];
    let hasStopped = false;
    void leader.stop().then(() => {
      hasStopped = true;
    });
    await history.clock.advance(9000);
    assert.deepEqual([hasStopped, history.records.length > 0], [true, true]);
  });

  it('without a stream of minutes it does nothing', async () => {
    const store = await history.stores.open(CLUSTER, 'profiles');
    assert.ok(store.ok);
    const writer = new MinuteWriter({
      history: null,
      store: store.value,
      subjects: subjectsOf(CLUSTER),
      clock: history.clock,
      pace: paceOf(history.clock),
      log: silentLog,
      epoch: 1,
      leads: () => true,
    });
    await writer.start();
    await history.live(70, writer);
    await writer.stop();
    const kept = await store.value.list();
    assert.ok(kept.ok);
    assert.deepEqual(kept.value, []);
  });
});
