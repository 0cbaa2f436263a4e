import type { Capacity } from '../../../proto/schemas/capacity.js';
import type { UsageReport, UsageRow } from '../../../proto/schemas/usage.js';
import type { Scene } from './scenes.js';

const PRICES = { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0.005, gpuHour: 1.5 };

/** A plan that takes the target of another job. */
export const planOf = (jobs: readonly { readonly name: string }[]) => ({
  plans: jobs.map(({ name }) => ({
    job: name,
    change: 'updated',
    allocations: [
      {
        id: `${name}-1`,
        node: 'h1',
        verdict: 'met',
        limitCores: 0.62,
        expectedMs: 71,
        reachableMs: null,
        neededCores: null,
        reason: 'there is room',
      },
    ],
  })),
  effects: [
    {
      allocation: 'vad-1',
      job: 'vad',
      node: 'h1',
      effect: 'loses-target',
      reason: 'it would have 0.2 CPU less and answer in 340 ms',
    },
  ],
  costs: jobs.map(({ name }) => ({
    job: name,
    before: { cpuCores: 0.5, costPerHour: 0.03 },
    after: { cpuCores: 0.62, costPerHour: 0.0348 },
  })),
  prices: PRICES,
});

/** A drain in which all but one job find another host, and one there loses its target. */
export function drainOf({ jobs }: Scene, node: string) {
  const here = jobs
    .flatMap(({ allocations }) => allocations)
    .filter((each) => each.node === node && each.container?.origin !== 'label');
  const foreign = jobs
    .flatMap(({ allocations }) => allocations)
    .filter((each) => each.node === node && each.container?.origin === 'label');
  const [stays, ...moves] = here;
  return {
    node,
    moves: moves.map(({ id, job }) => ({
      allocation: id,
      job,
      to: {
        ...{ id: id.replace(/-1$/, '-2'), node: 'h1', verdict: 'met', limitCores: 0.3 },
        ...{ expectedMs: 84, reachableMs: null, neededCores: null },
        reason: `moves from ${node}: ${node} is draining; most CPU left`,
      },
    })),
    stays: [
      ...(stays === undefined
        ? []
        : [
            {
              ...{ allocation: stays.id, job: stays.job },
              reason: 'h1 has 1.08 of 2 CPU left: it takes at least 1.2',
            },
          ]),
      ...foreign.map(({ id, job, container }) => ({
        ...{ allocation: id, job, container: container?.name },
        reason: 'somebody else started it: it stays, and its limit goes on',
      })),
    ],
    effects: [
      {
        ...{ allocation: 'vad-1', job: 'vad', node: 'h1', effect: 'loses-target' },
        reason: 'it would have 0.2 CPU less and answer in 340 ms',
      },
    ],
  };
}

/** A closed loop: the CPU is that of half a second of work ÷ the target; fast ones hurt vad. */
export function quoteOf({ name: job, targetsMs = [] }: Readonly<Record<string, unknown>>) {
  const asked = targetsMs as readonly number[];
  const ladder = [50, 70, 100, 141, 200, 282];
  const steps = (asked.length === 0 ? ladder : asked).map((targetMs, i) => ({
    ...{ targetMs, verdict: i === 0 ? 'unmet' : 'met', cpuCores: 50 / targetMs },
    ...{ expectedMs: targetMs, nodes: ['h2'], costPerHour: i === 0 ? null : 2 / targetMs },
    effects:
      i === 1
        ? [
            {
              ...{ allocation: 'vad-1', job: 'vad', node: 'h1', effect: 'loses-target' },
              reason: 'it would answer in 340 ms',
            },
          ]
        : [],
  }));
  return { job, prices: PRICES, fastestMs: 70, steps, reason: '' };
}

/** Room for five more like vad, as long as the hosts of the usual scene have CPU. */
export const ROOM: Capacity = {
  complete: true,
  note: '',
  hosts: [
    { node: 'h1', allocatableCores: 2, neededCores: 0.92, freeCores: 1.08, allocations: 6 },
    { node: 'h2', allocatableCores: 2, neededCores: 1.3, freeCores: 0.7, allocations: 5 },
  ],
  ...{ allocatableCores: 4, freeCores: 1.78, missing: 0, misses: [], trades: [] },
  kinds: [{ like: 'vad', jobs: 1, targetMs: 300, cpuCores: 0.3 }],
  room: [
    {
      ...{ like: 'vad', more: 5, atLeast: false },
      limit: { resource: 'cpu', node: 'h1', reason: 'no node has the 0.3 CPU free that it takes' },
    },
  ],
} as unknown as Capacity;

/** Two jobs of a day, one of them with minutes that nobody wrote. */
export function usageOf(): UsageReport {
  const row = (key: string | null, hours: number, unknownMinutes: number): UsageRow => ({
    ...{ key, allocations: 1, minutes: 1440 - unknownMinutes, partialMinutes: 0, unknownMinutes },
    ...{ seconds: 86_400, observedSeconds: 86_000, atTargetRatio: 0.98, notSlowerRatio: 0.99 },
    ...{ requests: 123_456, requestsAtTargetRatio: 0.97, requestsNotSlowerRatio: 0.99 },
    ...{ meanMs: 104, worstMs: 340, reservedCoreHours: hours, usedCoreHours: hours * 0.8 },
    ...{ plainCoreHours: 24, reservedMemoryGibHours: 48, reservedGpuHours: 0, energyKwh: null },
    ...{ cost: hours * 0.04, plainCost: 0.96, energyCost: null, credit: null },
  });
  const toMs = Date.now();
  return {
    ...{ fromMs: toMs - 86_400_000, toMs, by: 'job', currency: 'EUR' },
    storedSinceMs: toMs - 2 * 86_400_000,
    rows: [row('signs', 9.6, 0), row('vad', 7.2, 12)],
    total: row(null, 16.8, 12),
    warnings: [],
  };
}
