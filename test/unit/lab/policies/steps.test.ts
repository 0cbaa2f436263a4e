import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Policy } from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import {
  allocation,
  container,
  latency,
  limit,
  node,
  PARAMS,
  target,
} from '../../coordinator/build.js';
import { runToy, type ToyJob } from './toy.js';

function policyOf(name: string): Policy {
  const policy = LAB_POLICIES[name];
  assert.ok(policy !== undefined, name);
  return policy;
}
const job = (id: string, workSeconds: number, targetMs: number): ToyJob => ({
  id,
  workSeconds,
  targetMs,
});

describe('baseline parties', () => {
  it('steps down above 20 % slack and up under 5 %, a tenth of an equal share at a time', () => {
    const jobs = [job('fast', 0.1, 2000), job('late', 0.3, 500)];
    const { limits } = runToy(policyOf('parties'), jobs, 1, 2);
    assert.deepEqual(
      limits.map((row) => row.map((cores) => Number(cores.toFixed(2)))),
      [
        [0.5, 0.5],
        [0.45, 0.55],
        [0.4, 0.6],
      ],
    );
  });

  it('rests where slack is between 5 and 20 %', () => {
    const jobs = [job('fine', 0.45, 1000), job('too', 0.43, 1000)];
    const run = runToy(policyOf('parties'), jobs, 1, 6);
    assert.deepEqual(run.limits.at(-1), [0.5, 0.5]);
  });

  // One container with target 1 s on a node of its own; every report has a new request.
  const alone = (
    latencyMs: number,
    cores: number,
    memory: unknown,
    nowMs: number,
    hasNews = true,
  ) =>
    policyOf('parties').decide(
      {
        node: node('h1', {
          allocatableCpuCores: 2,
          allocations: [
            allocation('a-0', {
              target: target(1000),
              latencyMs,
              limit: limit(cores),
              report: container('a-0', {
                latency: latency(latencyMs, { totalCount: hasNews ? nowMs : 1000 }),
              }),
            }),
          ],
        }),
        nowMs,
        params: PARAMS,
      },
      memory,
    );
  const begun = () => alone(700, 1, policyOf('parties').start, 1000).memory;

  it('takes a step down back that left it short, and rests', () => {
    const down = alone(700, 1, begun(), 6000);
    assert.equal(down.limits[0]?.limit.cpuCores, 0.8);
    const back = alone(1200, 0.8, down.memory, 11_000);
    assert.equal(back.limits[0]?.limit.cpuCores, 1);
    assert.match(
      back.limits[0]?.reason ?? '',
      /slack -20 %: the step down to 0\.800 CPU went too far, back/,
    );
    const rest = alone(700, 1, back.memory, 16_000);
    assert.equal(rest.limits[0]?.limit.cpuCores, 1);
    assert.equal(alone(1500, 1, rest.memory, 21_000).limits[0]?.limit.cpuCores, 1, 'two intervals');
  });

  it('takes a step up back that did not make it faster', () => {
    const up = alone(1500, 1, begun(), 6000);
    assert.equal(up.limits[0]?.limit.cpuCores, 1.2);
    const back = alone(1500, 1.2, up.memory, 11_000);
    assert.equal(back.limits[0]?.limit.cpuCores, 1);
    assert.match(back.limits[0]?.reason ?? '', /the step up to 1\.200 CPU did not help, back/);
    assert.equal(
      alone(1400, 1.2, up.memory, 11_000).limits[0]?.limit.cpuCores,
      1.4,
      'one that helped is followed up',
    );
  });

  it('keeps the limit where nothing was answered since', () => {
    const { limits } = alone(1500, 1, begun(), 6000, false);
    assert.equal(limits[0]?.limit.cpuCores, 1);
    assert.match(limits[0]?.reason ?? '', /nothing new measured/);
  });

  it('leaves one with some slack alone even where CPU is free', () => {
    assert.equal(alone(900, 1, begun(), 6000).limits[0]?.limit.cpuCores, 1);
  });

  it('takes from the container with the most slack, never from one that is short', () => {
    const rich = [job('rich', 0.425, 1000), job('needy', 0.6, 1000)];
    const run = runToy(policyOf('parties'), rich, 1, 1);
    assert.deepEqual(run.limits.at(-1), [0.45, 0.55]);
    assert.match(run.reasons.at(-2) ?? '', /slack 15 %: gives 0\.050 CPU/);
    const short = [job('less', 0.49, 1000), job('more', 0.6, 1000)];
    const stuck = runToy(policyOf('parties'), short, 1, 1);
    assert.deepEqual(stuck.limits.at(-1), [0.5, 0.5]);
    assert.match(stuck.reasons.at(-1) ?? '', /slack -20 %: no CPU to be had$/);
  });
});

describe('baseline captain', () => {
  const report = (throttledRatio: number, usageCores: number, total: number) =>
    container('a-0', {
      cpu: { usageCores, usageTotalSeconds: total, throttledRatio, pressureRatio: null },
      latency: latency(1000, { totalCount: total }),
    });
  const step = (
    memory: unknown,
    nowMs: number,
    cores: number,
    ratio: number,
    usageCores: number,
    latencyMs = 1000,
  ) =>
    policyOf('captain').decide(
      {
        node: node('h1', {
          allocatableCpuCores: 2,
          allocations: [
            allocation('a-0', {
              latencyMs,
              observedAtMs: nowMs,
              limit: limit(cores),
              report: report(ratio, usageCores, nowMs),
            }),
          ],
        }),
        nowMs,
        params: PARAMS,
      },
      memory,
    );
  const started = () => step(policyOf('captain').start, 1000, 1, 0, 0.5).memory;

  it('raises by the throttle ratio above three times its target', () => {
    const { limits } = step(started(), 6000, 1, 1, 1);
    // Mean of 0 and 1 against a target of 0.1: 1 + 0.5 − 0.3.
    assert.equal(limits[0]?.limit.cpuCores, 1.2);
    assert.match(
      limits[0]?.reason ?? '',
      /throttled in 50 % of periods, target 10 %: up from 1\.000 CPU/,
    );
  });

  it('lowers to what the use calls for, at most to a half', () => {
    assert.equal(step(started(), 6000, 1, 0, 0.5).limits[0]?.limit.cpuCores, 0.5);
    assert.equal(
      step(started(), 6000, 1, 0, 0.01).limits[0]?.limit.cpuCores,
      1,
      'a wide spread calls for a margin',
    );
  });

  it('cuts to a half at most', () => {
    const calm = step(policyOf('captain').start, 1000, 1, 0, 0.1).memory;
    assert.equal(step(calm, 6000, 1, 0, 0.1).limits[0]?.limit.cpuCores, 0.5);
  });

  it('keeps more above the use after it was throttled', () => {
    // Throttled in 20 % of periods against a target of 10 %: margin 3.1 deviations of 0.0707 above
    // 0.6.
    const { limits } = step(started(), 6000, 1, 0.4, 0.6);
    assert.ok(
      Math.abs((limits[0]?.limit.cpuCores ?? 0) - 0.8192) < 1e-4,
      String(limits[0]?.limit.cpuCores),
    );
  });

  it('counts a report once', () => {
    const once = step(policyOf('captain').start, 1000, 1, 0.5, 0.5).memory;
    assert.deepEqual(step(once, 1000, 1, 0.5, 0.5).memory, once);
  });

  it('makes the throttle target looser while too fast', () => {
    const early = step(started(), 6000, 1, 0, 0.5, 100);
    assert.match(early.limits[0]?.reason ?? '', /target 15 %/);
  });

  it('takes a cut back that made it throttle', () => {
    const cut = step(started(), 6000, 1, 0, 0.5);
    const back = step(cut.memory, 11_000, 0.5, 1, 0.5);
    assert.equal(back.limits[0]?.limit.cpuCores, 1);
    assert.match(back.limits[0]?.reason ?? '', /takes the last cut back/);
  });

  it('makes the throttle target stricter while too slow', () => {
    const late = step(started(), 6000, 1, 0, 0.5, 3000);
    assert.match(late.limits[0]?.reason ?? '', /target 6 %/);
  });
});
