import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import {
  type LogReply,
  MAX_READS_IN_FLIGHT,
  MAX_READS_WAITING,
  serveLogs,
} from '../../../../agent/inbox/log-service.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
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
  readonly hub = createMemoryHub({ clock: new ManualClock(), log: silentLog });
  readonly bus = this.hub.connect();
  readonly replies: LogReply[] = [];
  readonly #open: (() => void)[] = [];
  maxInFlight = 0;

  /** `publicKey`: of the agent; undefined = the cluster has no keys. */
  async serve(publicKey?: string): Promise<void> {
    const bus = this.hub.connect(publicKey);
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

  /** `key`: of who asks; undefined = it does not say. */
  ask(count: number, key?: string): Promise<readonly LogReply[]> {
    const data = new TextEncoder().encode(JSON.stringify({ allocation: 'a-1' as AllocationId }));
    const subject = subjects.logsFor(NODE, key);
    const one = async (): Promise<LogReply> => {
      const answer = await this.bus.request(subject, data, { timeoutMs: 60_000 });
      assert.ok(answer.ok);
      const reply = JSON.parse(new TextDecoder().decode(answer.value.data)) as LogReply;
      this.replies.push(reply);
      return reply;
    };
    return Promise.all(Array.from({ length: count }, one));
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
  beforeEach(() => {
    world = new World();
  });

  it('reads two at once, keeps eight waiting and refuses the rest at once', async () => {
    await world.serve();
    void world.ask(300);
    await settle();
    assert.equal(world.replies.length, 300 - ADMITTED);
    assert.deepEqual(new Set(world.refused), new Set(['service.busy']));
    await world.answerAll();
    assert.equal(world.replies.length, 300);
    assert.equal(world.refused.length, 300 - ADMITTED);
    assert.equal(world.maxInFlight, MAX_READS_IN_FLIGHT);
  });

  it('takes the next ones when those are answered', async () => {
    await world.serve();
    void world.ask(ADMITTED);
    await world.answerAll();
    void world.ask(ADMITTED);
    await world.answerAll();
    assert.deepEqual(world.refused, []);
    assert.equal(world.replies.length, 2 * ADMITTED);
  });

  it('reads for another key although one takes all places', async () => {
    await world.serve('UA');
    void world.ask(300, 'U1');
    await settle();
    const asked = world.ask(1, 'U2');
    await world.answerAll();
    assert.deepEqual(await asked, [{ lines: ['a line'] }]);
    assert.equal(world.refused.length, 301 - ADMITTED);
  });

  it('does not believe who asks where there are no keys', async () => {
    await world.serve();
    void world.ask(300, 'U1');
    await settle();
    const [answer] = await world.ask(1, 'U2');
    assert.ok(answer !== undefined && 'fault' in answer);
    assert.equal(answer.fault.code, 'service.busy');
    await world.answerAll();
  });
});
