import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Container } from '../../../../lab/host/container.js';
import { JobDraws } from '../../../../lab/host/draws.js';
import { EVEN_MACHINE, REAL_MACHINE, speedSteps } from '../../../../lab/host/machine.js';
import { HostNode } from '../../../../lab/host/node.js';
import { assertNear, hostWith, limit, meanOf, model } from '../sim/build.js';

const HOUR_MS = 3_600_000;
const at = { seed: 1, node: 'h1' };

describe('the speed of a simulated machine', () => {
  it('is the same for the same seed and host, another for others, and none for an even one', () => {
    const steps = speedSteps(REAL_MACHINE, 60_000, at);
    assert.deepEqual(speedSteps(REAL_MACHINE, 60_000, at), steps);
    assert.notDeepEqual(speedSteps(REAL_MACHINE, 60_000, { ...at, seed: 2 }), steps);
    assert.notDeepEqual(speedSteps(REAL_MACHINE, 60_000, { ...at, node: 'h2' }), steps);
    assert.deepEqual(speedSteps(EVEN_MACHINE, 60_000, at), []);
  });

  it('varies slowly around 1 by its spread', () => {
    const slow = { ...REAL_MACHINE, dipRatio: 0 };
    const values = speedSteps(slow, 20 * HOUR_MS, at).map(({ speed }) => Math.log(speed));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const covariance = (lag: number): number =>
      values
        .slice(lag)
        .reduce((sum, value, i) => sum + (value - mean) * ((values[i] ?? 0) - mean), 0) /
      (values.length - lag);
    assertNear(Math.sqrt(covariance(0)), REAL_MACHINE.speedSpread, 0.05, 'spread');
    assertNear(covariance(40) / covariance(0), Math.exp(-1), 0.1, 'memory of 20 s');
  });

  it('drops in bursts of the length, depth and number asked for', () => {
    const steps = speedSteps({ ...REAL_MACHINE, speedSpread: 0 }, HOUR_MS, at);
    const dips = steps.flatMap(({ atMs, speed }, i) => {
      const before = steps[i - 1]?.speed ?? 1;
      const end = steps.findIndex((each, k) => k > i && each.speed !== speed);
      const endMs = steps[end]?.atMs ?? HOUR_MS;
      return speed < 1 && before !== speed ? [{ lengthMs: endMs - atMs, loss: 1 - speed }] : [];
    });
    // One in four seconds and its own length of 0.44 s on average.
    assertNear(dips.length, 3600 / 4.44, 0.1, 'number');
    for (const { lengthMs, loss } of dips) {
      assert.ok(lengthMs >= 79 && lengthMs <= 801, String(lengthMs));
      assert.ok(loss >= 0.25 * 0.15 - 1e-9 && loss <= 0.15 + 1e-9, String(loss));
    }
  });
});

describe('a container on a simulated machine', () => {
  it('needs more CPU for a request on a slower one, from then on', () => {
    const { host, running } = hostWith(2, [{ model: model(), limit: limit(0.5) }]);
    const [one] = running;
    assert.ok(one !== undefined);
    host.advance(20_000);
    const [count, usageMs] = [one.samples.length, one.container.usageMs];
    host.setSpeed(0.8);
    host.advance(60_000);
    const costMs = (one.container.usageMs - usageMs) / (one.samples.length - count);
    assertNear(costMs, 100 / 0.8, 0.01);
    assertNear(meanOf(one.samples.slice(count + 1)), 250, 0.02);
  });

  it('pays for each throttle: the shorter the period, the dearer a request', () => {
    const costMs = (periodUs: number, resumeMs: number): number => {
      const host = new HostNode(2, 0);
      let answered = 0;
      const container = new Container({
        model: model(),
        draws: new JobDraws(1, 'a', 0),
        limit: limit(0.15, periodUs),
        nowMs: 0,
        resumeMs,
        onSample: () => {
          answered += 1;
        },
      });
      host.add(container);
      host.advance(300_000);
      return container.usageMs / answered;
    };
    assertNear(costMs(10_000, 0), 100, 0.01, 'free');
    // 100 core-ms at 0.15 of 10 ms: 66.7 throttles, and the added work has some of its own.
    const { resumeMs } = REAL_MACHINE;
    assertNear(costMs(10_000, resumeMs), 100 / (1 - resumeMs / 1.5), 0.01, '10 ms');
    assertNear(costMs(5000, resumeMs), 100 / (1 - resumeMs / 0.75), 0.01, '5 ms');
    assertNear(costMs(100_000, resumeMs), 100 / (1 - resumeMs / 15), 0.01, '100 ms');
  });

  it('takes CPU to start, which a small limit makes long', () => {
    const startMs = REAL_MACHINE.startMs;
    const firstAnswerMs = (cores: number | null): number => {
      const host = new HostNode(2, 0);
      const answers: number[] = [];
      const container = new Container({
        model: model(),
        draws: new JobDraws(1, 'a', 0),
        limit: { cpuCores: cores, periodUs: 10_000 },
        nowMs: 0,
        startMs,
        onSample: ({ endedAtMs }) => void answers.push(endedAtMs),
      });
      host.add(container);
      host.advance(60_000);
      assertNear(container.usageMs, startMs + 100 * answers.length, 100 / container.usageMs);
      return (answers[0] ?? Number.NaN) - container.startsAtMs;
    };
    assertNear(firstAnswerMs(null), startMs + 100, 0.01);
    assertNear(firstAnswerMs(0.1), (startMs + 100) / 0.1, 0.01);
  });
});
