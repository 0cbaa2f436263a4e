import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { forecast } from '../../../../coordinator/planning/forecast.js';
import { promiseOf } from '../../../../coordinator/planning/planned-spot.js';
import { quote } from '../../../../coordinator/planning/quote.js';
import { jobCostOf, reservationOf } from '../../../../coordinator/planning/reservation.js';
import type { SettledState } from '../../../../coordinator/planning/settle.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { JobSpec } from '../../../../shared/job.js';
import { allocationId, PARAMS } from '../build.js';
import { like, ToyCluster } from '../schedule/toy-cluster.js';

const PRICES = { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0.005, gpuHour: 1.5 };
const GIB = 2 ** 30;

describe('what a job reserves', () => {
  const spec = (change: Partial<JobSpec> = {}): JobSpec =>
    like('a', 100, {
      resources: { cpu: { minCores: 0.01 }, memoryBytes: GIB / 2, gpu: { shareRatio: 0.5 } },
      ...change,
    });

  it('is the CPU of its limits or guarantees, with memory and GPUs of all replicas', () => {
    const promised = [{ limitCores: 0.5 }, { limitCores: null, guaranteeCores: 0.25 }];
    const { cpuCores, costPerHour } = reservationOf(spec({ replicas: 2 }), promised, PRICES);
    assert.equal(cpuCores, 0.75);
    assert.ok(Math.abs((costPerHour ?? 0) - (0.03 + 0.005 + 1.5)) < 1e-12, String(costPerHour));
  });

  it('is what is guaranteed, not the most that the owner allows beside it', () => {
    const capped = promiseOf({ cpuCores: 1.5, periodUs: 100_000, guaranteeCores: 0.25 });
    assert.deepEqual(capped, { limitCores: 1.5, guaranteeCores: 0.25 });
    assert.equal(reservationOf(spec(), [capped], PRICES).cpuCores, 0.25);
    const free = promiseOf({ cpuCores: null, periodUs: 100_000 });
    assert.equal(reservationOf(spec(), [free], PRICES).cpuCores, null);
  });

  it('has no cost where there are no prices, and is not known where one has no limit', () => {
    const one = [{ limitCores: 0.5 }];
    assert.deepEqual(reservationOf(spec(), one, undefined), { cpuCores: 0.5, costPerHour: null });
    const unknown = { cpuCores: null, costPerHour: null };
    assert.deepEqual(reservationOf(spec(), [...one, { limitCores: null }], PRICES), unknown);
    assert.deepEqual(reservationOf(spec(), [], PRICES), unknown);
  });

  it('is nothing where no replica is asked for', () => {
    const nothing = { cpuCores: 0, costPerHour: 0 };
    assert.deepEqual(reservationOf(spec({ replicas: 0 }), [], PRICES), nothing);
  });
});

describe('what a job reserves while it moves', () => {
  it('is that of what takes over: the rest ends with the move', () => {
    const spec = like('a', 100);
    const at = (id: string, replaces?: string) => ({
      ...{ id: allocationId(id), job: spec.name, spec, reason: '' },
      ...{ limit: { cpuCores: 0.5, periodUs: 100_000 } },
      ...(replaces === undefined ? {} : { replaces: allocationId(replaces) }),
    });
    const settled = (...desired: readonly (readonly ReturnType<typeof at>[])[]): SettledState => {
      const nodes = desired.map((allocations, i) => [i, { desired: { allocations } }] as const);
      return { state: { nodes: new Map(nodes) }, pending: [] } as unknown as SettledState;
    };
    const base = settled([at('a-1')], []);
    const after = settled([at('a-1')], [at('a-2', 'a-1')]);
    const { after: cost } = jobCostOf(spec, { jobs: new Map() }, { base, after });
    assert.equal(cost.cpuCores, 0.5);
  });
});

// A request of a word takes 0.05 CPU-s, of a face 0.1, on hosts of two cores.
const busy = (): ToyCluster => {
  const cluster = new ToyCluster(['h1', 'h2'], (name) => (name.startsWith('face') ? 0.1 : 0.05));
  cluster.submit(like('face1', 100), like('face2', 100), like('word1', 100));
  cluster.run(30);
  return cluster;
};
const contextOf = ({ state, memory, nowMs }: ToyCluster) => ({
  ...{ state, memory, nowMs },
  ...{ params: PARAMS, policy: POLICIES.adaptive, prices: PRICES },
});

describe('the cost of a plan', () => {
  const planned = (cluster: ToyCluster, ...jobs: readonly JobSpec[]) =>
    forecast({ ...contextOf(cluster), jobs });

  it('is what the job is promised before and afterwards, as the scheduler decides', () => {
    const cluster = busy();
    const { costs, plans, prices } = planned(cluster, like('word1', 200));
    const [cost] = costs;
    assert.ok(cost?.before);
    assert.equal(prices, PRICES);
    assert.equal(cost.after.cpuCores, plans[0]?.allocations[0]?.limitCores);
    // A closed loop: half the response time takes twice the CPU.
    assert.ok((cost.before.cpuCores ?? 0) > 1.5 * (cost.after.cpuCores ?? 9), JSON.stringify(cost));
    assert.ok((cost.before.costPerHour ?? 0) > (cost.after.costPerHour ?? 9));
    const again = planned(cluster, like('word1', 100)).costs[0];
    const unchanged = Math.abs((again?.before?.cpuCores ?? 0) - (again?.after.cpuCores ?? 9));
    assert.ok(unchanged < 0.02, JSON.stringify(again));
  });

  it('is that of a quote of the same target', () => {
    const cluster = busy();
    const [cost] = planned(cluster, like('word9', 80)).costs;
    const quoted = quote({ ...contextOf(cluster), job: like('word9', 80), targetsMs: [80] });
    const [step] = quoted.steps;
    assert.deepEqual(cost, {
      job: 'word9',
      before: null,
      after: { cpuCores: step?.cpuCores, costPerHour: step?.costPerHour },
    });
  });

  it('of a ceiling with a maximum falls with the target, as its guarantee does', () => {
    const resources = { cpu: { minCores: 0.05, maxCores: 1.5 } };
    const at = (latencyMs: number): JobSpec => {
      const { target } = like('word1', latencyMs);
      return like('word1', latencyMs, { target: { ...target, mode: 'ceiling' }, resources });
    };
    const [fast, slow] = [100, 300].map((latencyMs) => planned(busy(), at(latencyMs)));
    assert.equal(slow?.plans[0]?.allocations[0]?.limitCores, 1.5);
    const coresOf = (one: typeof fast): number => one?.costs[0]?.after.cpuCores ?? Number.NaN;
    assert.ok(coresOf(fast) < 1, String(coresOf(fast)));
    assert.ok(coresOf(slow) < 0.6 * coresOf(fast), String(coresOf(slow)));
  });

  it('is not known where no node takes it', () => {
    const job = like('word9', 80, { constraints: { labels: { zone: 'a' } } });
    const [cost] = planned(busy(), job).costs;
    assert.deepEqual(cost?.after, { cpuCores: null, costPerHour: null });
  });
});
