import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { playBench } from '../../../../cli/bench/bench.js';
import type { BenchEnvironment } from '../../../../cli/bench/environment.js';
import type { BenchListener, BenchPlan } from '../../../../cli/bench/plan.js';
import type { BenchSystem } from '../../../../cli/bench/system.js';
import { benchOrder } from '../../../../lab/bench/order.js';
import { ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { job, profile, scenario } from '../../lab/bench/build.js';
import { finish, workingSystem } from './fake-system.js';

const plan = (policies: readonly string[], repetitions: number): BenchPlan => ({
  scenarios: [scenario({ jobs: [job('a'), job('b')] })],
  blocks: benchOrder(1, policies, repetitions),
  calibrateMs: 1000,
  known: { profiles: new Map(), allocatableCores: null, blocks: [] },
});

/**
 * A world that notes in order what is opened, played and closed. `died` of each system is the
 * test's to give.
 */
function worldOf(
  clock: ManualClock,
  died: (policy: string) => Promise<string> = () => new Promise(() => {}),
) {
  const story: string[] = [];
  const abort = new AbortController();
  const world: BenchEnvironment = {
    open: async ({ policy, windowMs, reportMs }) => {
      story.push(`open ${policy.name} ${windowMs}/${reportMs}`);
      const { system } = workingSystem(clock);
      const opened: BenchSystem = {
        nodeCores: system.nodeCores,
        reportMs,
        submit: (specs) => system.submit(specs),
        stop: (name) => system.stop(name),
        look: () => ({ ...system.look(), ageMs: clock.now() % reportMs }),
        onLimit: () => {},
        onMove: () => {},
        died: died(policy.name),
        close: async () => void story.push(`close ${policy.name}`),
      };
      return ok(opened);
    },
    burner: { burn: () => {}, stop: async () => {} },
    foreign: {
      start: ({ bursts }) => void story.push(`foreign ${bursts.length}`),
      usedMs: () => 0,
      stop: async () => {},
    },
    machineCores: 2,
    clock,
    signal: abort.signal,
  };
  const listener: BenchListener = {
    step: () => {},
    problem: (sentence) => story.push(sentence),
    profiled: (profiles) => story.push(`profiled ${profiles.size}`),
    measured: ({ targetsMs }) => story.push(`targets ${Math.round(targetsMs.a ?? 0)}`),
    runBegins: () => {},
    runEnded: (score, record) =>
      story.push(`score ${score.policy} ${score.repetition} ${record.intervals.length}`),
  };
  return { story, world, listener, abort };
}

describe('lab bench: the whole', () => {
  it('profiles once, measures before each block, and runs each on a fresh system', async () => {
    const clock = new ManualClock(0);
    const { story, world, listener } = worldOf(clock);
    const played = await finish(
      clock,
      playBench(plan(['default', 'oracle'], 2), world, listener),
      100,
      20_000,
    );
    assert.ok(played.ok);
    // 0.02 CPU-s at a quarter of 1.9 cores.
    const measure = ['open equal 10000/500', 'close equal', 'targets 42'];
    const run = (policy: string, repetition: number) => [
      `open ${policy} 5000/1000`,
      `close ${policy}`,
      `score ${policy} ${repetition} 6`,
    ];
    assert.deepEqual(story, [
      ...['open equal 10000/500', 'profiled 1', 'close equal'],
      ...[...measure, ...run('default', 1), ...run('oracle', 1)],
      ...[...measure, ...run('oracle', 2), ...run('default', 2)],
    ]);
  });

  it('goes on with what a bench before has measured', async () => {
    const clock = new ManualClock(0);
    const { story, world, listener } = worldOf(clock);
    const whole = plan(['default', 'dqoes'], 2);
    const [first, second] = whole.blocks;
    assert.ok(first !== undefined && second !== undefined);
    const measures = {
      repetition: 1,
      scenario: 'test',
      nodeCores: [1.9],
      workSeconds: { 'ocr-det x2, 1 thread': 0.02 },
      targetsMs: { a: 55, b: 55 },
    };
    const known = {
      profiles: new Map([['ocr-det x2, 1 thread, closed', profile(0.02)]]),
      allocatableCores: 1.9,
      blocks: [measures],
    };
    const rest = { ...whole, known, blocks: [{ ...first, policies: ['dqoes'] }, second] };
    const played = await finish(clock, playBench(rest, world, listener), 100, 20_000);
    assert.ok(played.ok);
    // No profile, and the second half of the first block has the targets of the first half.
    assert.deepEqual(story, [
      ...['open dqoes 5000/1000', 'close dqoes', 'score dqoes 1 6'],
      ...['open equal 10000/500', 'close equal', 'targets 42'],
      ...['open dqoes 5000/1000', 'close dqoes', 'score dqoes 2 6'],
      ...['open default 5000/1000', 'close default', 'score default 2 6'],
    ]);
  });

  it('ends in words when a part dies, and closes what is open', async () => {
    const clock = new ManualClock(0);
    const died = async (policy: string): Promise<string> => {
      if (policy !== 'dqoes') return new Promise(() => {});
      await clock.sleep(7000);
      return 'NATS ended by itself: killed';
    };
    const { story, world, listener } = worldOf(clock, died);
    const played = await finish(
      clock,
      playBench(plan(['default', 'dqoes', 'equal'], 1), world, listener),
      100,
      20_000,
    );
    assert.ok(!played.ok);
    assert.match(played.error[0]?.message ?? '', /NATS ended by itself/);
    assert.deepEqual(story.slice(-3), ['score default 1 6', 'open dqoes 5000/1000', 'close dqoes']);
  });

  it('starts nothing more once it is told to end', async () => {
    const clock = new ManualClock(0);
    const { story, world, listener, abort } = worldOf(clock);
    const work = playBench(plan(['default'], 1), world, listener);
    await clock.advance(1000);
    abort.abort();
    const played = await finish(clock, work, 100);
    assert.ok(!played.ok);
    assert.deepEqual(story, ['open equal 10000/500', 'close equal']);
  });
});
