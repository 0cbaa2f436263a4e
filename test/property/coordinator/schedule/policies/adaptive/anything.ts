import fc from 'fast-check';
import { POLICIES } from '../../../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../../../coordinator/schedule/schedule.js';
import {
  FAIRNESS,
  PERIOD_RULES,
  type PolicyParams,
  type SnapshotAllocation,
  type SnapshotNode,
} from '../../../../../../coordinator/schedule/types.js';
import { STATISTICS, TARGET_MODES } from '../../../../../../shared/qoe.js';
import {
  allocation,
  container,
  job,
  latency,
  node,
  PARAMS,
  snapshot,
  target,
  wantedJob,
} from '../../../../../unit/coordinator/build.js';
import { between, magnitude } from './arbitraries.js';

const params: fc.Arbitrary<PolicyParams> = fc
  .record({
    fairness: fc.constantFrom(...FAIRNESS),
    period: fc.constantFrom(...PERIOD_RULES),
    reserveRatio: fc.constantFrom(0, 0, 0.1),
  })
  .map((change) => ({ ...PARAMS, ...change }));

const targets = fc.record({
  latencyMs: magnitude(10, 10_000),
  statistic: fc.constantFrom(...STATISTICS),
  toleranceRatio: fc.constantFrom(0.02, 0.1, 0.3),
  mode: fc.constantFrom(...TARGET_MODES),
});

/** What one report says happened; counters may fall, lives change, latency be absent. */
const happening = fc.record({
  usedSeconds: fc.oneof(
    { weight: 9, arbitrary: between(0, 3) },
    { weight: 1, arbitrary: between(-5, 0) },
  ),
  count: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 1, arbitrary: fc.constant(-7) },
  ),
  meanMs: magnitude(0.1, 20_000),
  spread: between(0.9, 4),
  newestAgeMs: between(0, 3000),
  sinceChangeCount: fc.integer({ min: 0, max: 40 }),
  throttledRatio: between(0, 1),
  pressureRatio: fc.option(between(0, 1), { nil: null }),
  isSeen: fc.constantFrom(true, true, true, true, false),
  isNewLife: fc.constantFrom(false, false, false, false, false, true),
  idleShare: fc.option(between(0, 1), { nil: null }),
});
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

const member = fc.record({
  target: fc.option(targets, { nil: null, freq: 8 }),
  weight: fc.constantFrom(1, 1, 3),
  minCores: between(0.01, 0.1),
  maxCores: between(0.2, 4),
  control: fc.constantFrom(
    'enforce' as const,
    'enforce' as const,
    'enforce' as const,
    'observe' as const,
  ),
  state: fc.constantFrom(
    'running' as const,
    'running' as const,
    'running' as const,
    'exited' as const,
  ),
});
/** A node and what its reports say, one list of happenings per second. */
export const story = fc.record({
  members: fc.array(member, { minLength: 1, maxLength: 7 }),
  cores: between(0.5, 6),
  happenings: fc.array(fc.array(happening, { minLength: 7, maxLength: 7 }), {
    minLength: 1,
    maxLength: 12,
  }),
  params,
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

/** A node of which anything may be reported; what is decided is taken as desired at once. */
export class Anything {
  node: SnapshotNode;
  nowMs = 1000;
  memory: SchedulerMemory = NO_MEMORY;
  readonly #params: PolicyParams;

  constructor({ members, cores, params: given }: Story) {
    this.#params = given;
    this.node = node('h1', {
      allocatableCpuCores: cores,
      allocations: members.map((each, i) =>
        allocation(`j${i}-1`, {
          ...each,
          target: each.target === null ? null : target(1, each.target),
          maxCores: Math.min(each.maxCores, cores),
          report: null,
        }),
      ),
    });
  }

  get snapshot() {
    return snapshot(
      [this.node],
      this.node.allocations.map((each) => wantedJob(job(each.job), [each.id, 'h1'])),
    );
  }

  report(happenings: readonly Happening[]): void {
    this.nowMs += 1000;
    const idleShare = happenings[0]?.idleShare ?? null;
    this.node = {
      ...this.node,
      idleCpuCores: idleShare === null ? null : idleShare * this.node.allocatableCpuCores,
      allocations: this.node.allocations.map((each, i) => {
        const what = happenings[i % happenings.length];
        return what === undefined || !what.isSeen ? each : reported(each, what, this.nowMs);
      }),
    };
  }

  decide(params: PolicyParams = this.#params) {
    const { plan, memory } = schedule(
      { snapshot: this.snapshot, nowMs: this.nowMs, params, policy: POLICIES.adaptive },
      this.memory,
    );
    this.memory = memory;
    const limits = new Map(
      plan.decisions.flatMap((each) => (each.kind === 'limit' ? [[each.allocation, each.to]] : [])),
    );
    this.node = {
      ...this.node,
      allocations: this.node.allocations.map((each) => ({
        ...each,
        limit: limits.get(each.id) ?? each.limit,
      })),
    };
    return plan;
  }
}

function reported(before: SnapshotAllocation, what: Happening, nowMs: number): SnapshotAllocation {
  const { report } = before;
  const meanMs = what.meanMs;
  const totalCount = Math.max(0, (report?.latency?.totalCount ?? 0) + what.count);
  const window = { ...latency(meanMs).window, count: Math.max(1, what.count) };
  const lives = what.isNewLife ? nowMs : 0;
  return {
    ...before,
    observedAtMs: nowMs,
    latencyMs: meanMs,
    report: container(before.id, {
      lifeId: what.isNewLife ? `life-${lives}` : (report?.lifeId ?? 'life'),
      observed: before.limit,
      applied: before.limit,
      cpu: {
        usageCores: Math.max(0, what.usedSeconds),
        usageTotalSeconds: Math.max(0, (report?.cpu?.usageTotalSeconds ?? 0) + what.usedSeconds),
        throttledRatio: what.throttledRatio,
        pressureRatio: what.pressureRatio,
      },
      latency:
        totalCount === 0
          ? null
          : latency(meanMs, {
              window: {
                ...window,
                p90Ms: meanMs * what.spread,
                p95Ms: meanMs * what.spread,
                p99Ms: meanMs * what.spread,
              },
              totalCount,
              totalMs: Math.max(0, (report?.latency?.totalMs ?? 0) + what.count * meanMs),
              newestAgeMs: what.newestAgeMs,
              sinceChangeCount: what.sinceChangeCount,
            }),
    }),
  };
}
