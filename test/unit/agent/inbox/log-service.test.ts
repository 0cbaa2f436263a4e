import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import {
  type LogReply,
  MAX_READS_IN_FLIGHT,
  MAX_READS_WAITING,
  serveLogs,
} from '../../../../agent/inbox/log-service.js';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { AllocationId, ContainerId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { ok } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { NODE } from '../enforce/build.js';

const subjects = subjectsOf('test');
const ADMITTED = MAX_READS_IN_FLIGHT + MAX_READS_WAITING;

/** A log service whose engine answers when the test says so. */
class World {
  readonly bus = createMemoryBus({ clock: new ManualClock(), log: silentLog });
  readonly replies: LogReply[] = [];
  readonly #open: (() => void)[] = [];
  maxInFlight = 0;

  async serve(): Promise<void> {
    const { bus } = this;
    await serveLogs({
      bus,
      subjects,
      node: NODE,
      version: 'test',
      clock: new ManualClock(),
      engine: {
        openLog: () => assert.fail('nobody follows'),
        tailLogs: () => {
          const answered = new Promise<void>((resolve) => this.#open.push(resolve));
          this.maxInFlight = Math.max(this.maxInFlight, this.#open.length);
          return answered.then(() => ok(['a line']));
        },
      },
      containerOf: () => 'c' as ContainerId,
    });
  }

  ask(count: number): void {
    const data = new TextEncoder().encode(JSON.stringify({ allocation: 'a-1' as AllocationId }));
    for (let i = 0; i < count; i += 1)
      void this.bus.request(subjects.logs(NODE), data, { timeoutMs: 60_000 }).then((answer) => {
        assert.ok(answer.ok);
        this.replies.push(JSON.parse(new TextDecoder().decode(answer.value.data)) as LogReply);
      });
  }

  /** The engine answers all it was asked, again and again, until nothing is asked any more. */
  async answerAll(): Promise<void> {
    await settle();
    while (this.#open.length > 0) {
      for (const open of this.#open.splice(0)) open();
      await settle();
    }
  }

  get refused(): readonly string[] {
    return this.replies.flatMap((reply) => ('fault' in reply ? [reply.fault.code] : []));
  }
}

describe('agent: requests for logs', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.serve();
  });

  it('reads two at once, keeps eight waiting and refuses the rest at once', async () => {
    world.ask(300);
    await settle();
    assert.equal(world.replies.length, 300 - ADMITTED);
    assert.deepEqual(new Set(world.refused), new Set(['service.busy']));
    await world.answerAll();
    assert.equal(world.replies.length, 300);
    assert.equal(world.refused.length, 300 - ADMITTED);
    assert.equal(world.maxInFlight, MAX_READS_IN_FLIGHT);
  });

  it('takes the next ones when those are answered', async () => {
    world.ask(ADMITTED);
    await world.answerAll();
    world.ask(ADMITTED);
    await world.answerAll();
    assert.deepEqual(world.refused, []);
    assert.equal(world.replies.length, 2 * ADMITTED);
  });
});
