import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { mapInBatches } from '../../../../coordinator/pacing/batches.js';
import { type Pace, paceOf, runSteps } from '../../../../coordinator/pacing/pace.js';
import { SerialQueue } from '../../../../coordinator/pacing/serial-queue.js';
import { RefusalCache } from '../../../../coordinator/schedule/placement/refusal-cache.js';
import { atOnce, type Steps } from '../../../../shared/steps.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { container, job, jobName } from '../build.js';
import { placementRequestOf } from '../cluster-build.js';
import { WORKERS, World } from '../world.js';

/** Stops work at its first yield until the gate opens. */
class Gate implements Pace {
  isShut = false;
  yielding = 0;
  #open: () => void = () => {};
  #opened: Promise<void> = Promise.resolve();

  shut(): void {
    this.isShut = true;
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }
  open(): void {
    this.isShut = false;
    this.#open();
  }
  begin() {
    const isOver = (): boolean => this.isShut;
    return {
      get isOver() {
        return isOver();
      },
      yield: async () => {
        this.yielding += 1;
        await this.#opened;
        this.yielding -= 1;
      },
    };
  }
}

function* counting(times: number, onStep: () => void = () => {}): Steps<number> {
  let count = 0;
  for (; count < times; count += 1) {
    onStep();
    yield;
  }
  return count;
}

describe('long work in slices', () => {
  it('yields when its slice is over, and ends with the same result', async () => {
    let nowMs = 0;
    const slept: number[] = [];
    const sleep = async (ms: number): Promise<void> => void slept.push(ms);
    const slice = paceOf({ now: () => nowMs, wall: () => 0, sleep }).begin();
    const work = (): void => {
      nowMs += 10;
    };
    assert.equal(await runSteps(counting(10, work), slice), 10);
    assert.deepEqual(slept, [0, 0, 0]);
    assert.equal(atOnce(counting(10)), 10);
  });

  it('does not yield on a clock that stands still', async () => {
    const clock = new ManualClock();
    assert.equal(await runSteps(counting(1000), paceOf(clock).begin()), 1000);
    assert.equal(clock.sleeping, 0);
  });

  it('runs the next piece after one that failed, in the order of the calls', async () => {
    const turns = new SerialQueue();
    const order: number[] = [];
    const failing = turns.run(async () => {
      await settle();
      order.push(1);
      throw new Error('broken');
    });
    const next = turns.run(() => order.push(2));
    assert.equal(turns.size, 2);
    await assert.rejects(failing, /broken/);
    await next;
    await settle();
    assert.deepEqual([order, turns.size], [[1, 2], 0]);
  });

  it('works on no more items at once than the size of a batch', async () => {
    let [now, most] = [0, 0];
    const results = await mapInBatches([1, 2, 3, 4, 5], 2, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await settle();
      now -= 1;
      return item * 2;
    });
    assert.deepEqual([results, most], [[2, 4, 6, 8, 10], 2]);
  });
});

describe('what every node refused', () => {
  it('is refused again for the same demand, but not for a heavier job or another demand', () => {
    const refused = new RefusalCache();
    const wanted = (weight: number, minCores = 1) =>
      placementRequestOf(job('a', { weight, resources: { cpu: { minCores } } }), null);
    refused.add(wanted(2), []);
    const known = [wanted(2), wanted(1), wanted(3), wanted(2, 0.5)].map((each) =>
      refused.refusalsOf(each),
    );
    assert.deepEqual(known, [[], [], null, null]);
  });
});

describe('coordinator: while it decides', () => {
  let world: World;
  let gate: Gate;
  beforeEach(async () => {
    world = await World.make();
    gate = new Gate();
    world.pace = gate;
  });
  afterEach(async () => {
    gate.open();
    await world.stop();
  });
  const isDeciding = () => gate.yielding > 0;

  it('accepts new jobs, answers, and places them in the next pass', async () => {
    await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    gate.shut();
    await world.live(1);
    assert.ok(isDeciding());
    const answer = await world.call('job-submit', { jobs: [job('b')] });
    assert.ok(answer.ok);
    // Who asks workers waits until they have decided.
    const listed = WORKERS > 0 ? undefined : await world.call('job-list', {});
    if (listed !== undefined)
      assert.deepEqual(listed.ok && listed.value.jobs.map(({ spec }) => spec.name), ['a', 'b']);
    assert.equal(world.coresOf('a'), undefined);
    gate.open();
    await world.live(2);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ id }) => id),
      ['a-1', 'b-1'],
    );
  });

  it('acknowledges a stop only afterwards, so that the job is not placed again', async () => {
    await world.start();
    await world.call('job-submit', { jobs: [job('a'), job('b')] });
    gate.shut();
    await world.live(1);
    assert.ok(isDeciding());
    let isAnswered = false;
    const stopped = world.call('job-stop', { name: jobName('a') }).then((answer) => {
      isAnswered = true;
      return answer;
    });
    await world.live(2);
    assert.ok(!isAnswered);
    gate.open();
    await world.live(2);
    assert.ok((await stopped).ok);
    await world.live(1);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ id }) => id),
      ['b-1'],
    );
  });

  it('stops no container whose job was submitted meanwhile', async () => {
    await world.start();
    gate.shut();
    world.agent.others = [container('a-1')];
    await world.live(1);
    assert.ok(isDeciding());
    await world.call('job-submit', { jobs: [job('a')] });
    gate.open();
    await world.live(2);
    const told = world.agent.commands.map(({ allocations }) =>
      allocations.map(({ id }) => id).join(),
    );
    assert.ok(told.length > 0 && told.every((ids) => ids === 'a-1'), JSON.stringify(told));
  });
});
