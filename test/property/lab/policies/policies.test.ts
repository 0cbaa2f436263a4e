import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type {
  Policy,
  PolicyInput,
  SnapshotAllocation,
} from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { type CpuLimit, guaranteedCores, weightedCores } from '../../../../shared/command.js';
import {
  allocation,
  container,
  latency,
  node,
  PARAMS,
  target,
} from '../../../unit/coordinator/build.js';

const BASELINES = ['static', 'pi', 'pi-fixed', 'parties', 'captain'];
/** Policies that set every limit whenever they set one. */
const WITH_GUARANTEES = ['weights', 'weights-equal', 'burst'];
const CAPACITY = 2;

interface Shape {
  readonly latencyMs: number | null;
  readonly targetMs: number;
  readonly throttledRatio: number;
  readonly usageCores: number;
  readonly newRequests: number;
  readonly isPresent: boolean;
}
const shapeOf: fc.Arbitrary<Shape> = fc.record({
  latencyMs: fc.option(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { freq: 5 }),
  targetMs: fc.double({ min: 1, max: 1e5, noNaN: true }),
  throttledRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  usageCores: fc.double({ min: 0, max: 4, noNaN: true }),
  newRequests: fc.nat({ max: 20 }),
  isPresent: fc.boolean(),
});
/** Rounds of evaluation of up to six containers that come and go. */
const roundsOf = fc.array(
  fc.tuple(fc.nat({ max: 12_000 }), fc.array(shapeOf, { minLength: 6, maxLength: 6 })),
  {
    minLength: 1,
    maxLength: 12,
  },
);

const shape = (change: Partial<Shape>): Shape => ({
  ...{ latencyMs: null, targetMs: 1, throttledRatio: 0, usageCores: 0, newRequests: 0 },
  isPresent: true,
  ...change,
});
/** A request is answered in no time at all, by a source whose clock is coarse. */
const NO_TIME: readonly (readonly [number, Shape[]])[] = [
  [1, [shape({})]],
  [1, [shape({ latencyMs: 0.01, newRequests: 1 })]],
  [1, [shape({ latencyMs: 0.01, newRequests: 1 })]],
  [0, [shape({})]],
];

interface Round {
  readonly input: PolicyInput;
  readonly memory: unknown;
  readonly output: ReturnType<Policy['decide']>;
}

function play(
  policy: Policy,
  rounds: readonly (readonly [number, readonly Shape[]])[],
): readonly Round[] {
  const limits = new Map<string, CpuLimit>();
  const totals = new Map<string, number>();
  let memory: unknown = policy.start;
  let nowMs = 0;
  return rounds.map(([waitMs, shapes]) => {
    nowMs += waitMs;
    const allocations = shapes.flatMap((shape, i) =>
      shape.isPresent ? [seen(`j${i}-0`, shape, nowMs, limits, totals)] : [],
    );
    const input = {
      node: node('h1', { allocatableCpuCores: CAPACITY, allocations }),
      nowMs,
      params: PARAMS,
    };
    const before = memory;
    const output = policy.decide(input, before);
    for (const { allocation: id, limit: to } of output.limits) limits.set(id, to);
    memory = output.memory;
    return { input, memory: before, output };
  });
}

function seen(
  id: string,
  shape: Shape,
  nowMs: number,
  limits: ReadonlyMap<string, CpuLimit>,
  totals: Map<string, number>,
): SnapshotAllocation {
  const total = (totals.get(id) ?? 0) + shape.newRequests;
  totals.set(id, total);
  const cpu = {
    usageCores: shape.usageCores,
    usageTotalSeconds: total * 0.1,
    throttledRatio: shape.throttledRatio,
    pressureRatio: null,
  };
  return allocation(id, {
    target: target(shape.targetMs),
    latencyMs: shape.latencyMs,
    observedAtMs: nowMs,
    limit: limits.get(id) ?? null,
    report: container(id, {
      cpu,
      latency: shape.latencyMs === null ? null : latency(shape.latencyMs, { totalCount: total }),
    }),
  });
}

describe('laws of the baselines', () => {
  for (const name of BASELINES) {
    const policy = LAB_POLICIES[name];
    if (policy === undefined) throw new Error(name);

    it(`${name}: every limit is finite and names an existing container, with a reason`, () => {
      fc.assert(
        fc.property(roundsOf, (rounds) => {
          for (const { input, output } of play(policy, rounds)) {
            const ids = input.node.allocations.map(({ id }) => id as string);
            for (const { allocation: id, limit: to, reason } of output.limits) {
              assert.ok(ids.includes(id));
              assert.ok(
                to.cpuCores !== null && to.cpuCores >= 0.001 && to.cpuCores <= CAPACITY,
                `${to.cpuCores}`,
              );
              assert.match(reason, /\d/);
            }
          }
        }),
        { numRuns: 100 },
      );
    });

    it(`${name}: never asks for more than the node has`, () => {
      fc.assert(
        fc.property(roundsOf, (rounds) => {
          for (const { input, output } of play(policy, rounds)) {
            const asked = new Map(output.limits.map((one) => [one.allocation, one.limit.cpuCores]));
            const total = input.node.allocations.reduce(
              (sum, one) => sum + (asked.get(one.id) ?? one.limit?.cpuCores ?? 0),
              0,
            );
            // A container that comes back holds its old limit in this world: only what the policy
            // sets is its own.
            if (output.limits.length === input.node.allocations.length)
              assert.ok(total <= CAPACITY + 1e-6, `${total}`);
          }
        }),
        { numRuns: 100 },
      );
    });

    it(`${name}: same input and memory, same answer, also through JSON`, () => {
      fc.assert(
        fc.property(roundsOf, (rounds) => {
          for (const { input, memory, output } of play(policy, rounds))
            assert.deepEqual(policy.decide(input, JSON.parse(JSON.stringify(memory))), output);
        }),
        { numRuns: 50 },
      );
    });
  }

  for (const name of WITH_GUARANTEES) {
    const policy = LAB_POLICIES[name];
    if (policy === undefined) throw new Error(name);

    it(`${name}: guarantees at most the node, and repeats itself, also through JSON`, () => {
      fc.assert(
        fc.property(roundsOf, (rounds) => {
          for (const { input, memory, output } of play(policy, rounds)) {
            assert.deepEqual(policy.decide(input, JSON.parse(JSON.stringify(memory))), output);
            const total = output.limits.reduce(
              (sum, { limit: to }) => sum + guaranteedCores(to),
              0,
            );
            assert.ok(total <= CAPACITY + 1e-6, `${total}`);
            for (const { limit: to, reason } of output.limits) {
              assert.ok(
                weightedCores(to) >= 0.001 && weightedCores(to) <= CAPACITY,
                `${weightedCores(to)}`,
              );
              assert.match(reason, /\d/);
            }
          }
        }),
        { numRuns: 100, examples: [[NO_TIME.map(([ms, shapes]) => [ms, shapes])]] },
      );
    });
  }

  for (const name of BASELINES.filter((one) => one !== 'static'))
    it(`${name}: acts once per interval when nobody comes`, () => {
      const policy = LAB_POLICIES[name];
      if (policy === undefined) throw new Error(name);
      fc.assert(
        fc.property(
          fc.array(fc.array(shapeOf, { minLength: 3, maxLength: 3 }), {
            minLength: 12,
            maxLength: 12,
          }),
          (shapes) => {
            const rounds = shapes.map(
              (row) => [1000, row.map((one) => ({ ...one, isPresent: true }))] as const,
            );
            const acted = play(policy, rounds).flatMap(({ output }, k) =>
              output.limits.length > 0 ? [k] : [],
            );
            assert.deepEqual(acted, [0, 5, 10]);
          },
        ),
        { numRuns: 30 },
      );
    });
});
