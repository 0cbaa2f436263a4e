import fc from 'fast-check';
import {
  type JobPlan,
  PLAN_EFFECTS,
  PLAN_VERDICTS,
  type PlannedEffect,
} from '../../../proto/schemas/plan.js';
import type { JobCost } from '../../../proto/schemas/plan-cost.js';
import {
  anyAllocationId,
  anyJobName,
  anyNodeId,
  anyText,
  milliseconds,
  orNull,
  plainly,
} from './basic.js';

const coresOrNull = orNull(fc.integer({ min: 0, max: 64 }));

const anyPlannedAllocation = fc.record(
  {
    id: anyAllocationId,
    node: orNull(anyNodeId),
    verdict: fc.constantFrom(...PLAN_VERDICTS),
    limitCores: coresOrNull,
    guaranteeCores: fc.integer({ min: 0, max: 64 }),
    expectedMs: orNull(milliseconds),
    expectedLowMs: milliseconds,
    expectedHighMs: milliseconds,
    provenCores: fc.integer({ min: 0, max: 64 }),
    reachableMs: orNull(milliseconds),
    neededCores: coresOrNull,
    reason: anyText,
  },
  {
    requiredKeys: [
      ...(['id', 'node', 'verdict', 'limitCores', 'expectedMs'] as const),
      ...(['reachableMs', 'neededCores', 'reason'] as const),
    ],
  },
);

export const anyJobPlan: fc.Arbitrary<JobPlan> = plainly(
  fc.record({
    job: anyJobName,
    change: fc.constantFrom('created' as const, 'updated', 'unchanged'),
    allocations: fc.array(anyPlannedAllocation, { maxLength: 3 }),
  }),
);

const coresAndCost = fc.record({
  cpuCores: orNull(fc.integer({ min: 0, max: 64 })),
  costPerHour: orNull(fc.integer({ min: 0, max: 1000 })),
});
export const anyJobCost: fc.Arbitrary<JobCost> = plainly(
  fc.record({ job: anyJobName, before: orNull(coresAndCost), after: coresAndCost }),
);

export const anyPlannedEffect: fc.Arbitrary<PlannedEffect> = plainly(
  fc.record({
    allocation: anyAllocationId,
    job: anyJobName,
    node: anyNodeId,
    effect: fc.constantFrom(...PLAN_EFFECTS),
    reason: anyText,
  }),
);

const anyCost = fc.double({ min: 0, max: 1e6, noNaN: true });
export const anyPrices = fc.record(
  {
    currency: fc.constantFrom('EUR', '€'),
    cpuCoreHour: anyCost,
    memoryGibHour: anyCost,
    gpuHour: anyCost,
    energyKwh: anyCost,
  },
  { requiredKeys: ['currency', 'cpuCoreHour', 'memoryGibHour', 'gpuHour'] },
);
const anyQuoteStep = fc.record(
  {
    targetMs: anyCost,
    verdict: fc.constantFrom(...PLAN_VERDICTS),
    cpuCores: fc.option(fc.double({ min: 0, max: 64, noNaN: true })),
    expectedMs: fc.option(anyCost),
    expectedLowMs: anyCost,
    expectedHighMs: anyCost,
    provenCores: fc.integer({ min: 0, max: 64 }),
    nodes: fc.array(anyNodeId, { maxLength: 3 }),
    costPerHour: fc.option(anyCost),
    effects: fc.array(anyPlannedEffect, { maxLength: 2 }),
  },
  {
    requiredKeys: [
      ...(['targetMs', 'verdict', 'cpuCores', 'expectedMs'] as const),
      ...(['nodes', 'costPerHour', 'effects'] as const),
    ],
  },
);
export const anyJobQuote = fc.record(
  {
    job: anyJobName,
    prices: anyPrices,
    fastestMs: fc.option(anyCost),
    steps: fc.array(anyQuoteStep, { maxLength: 3 }),
    reason: anyText,
    provenCores: fc.integer({ min: 0, max: 64 }),
  },
  { requiredKeys: ['job', 'fastestMs', 'steps', 'reason'] },
);

export const anyDrainPlan = fc.record({
  node: anyNodeId,
  moves: fc.array(
    fc.record({ allocation: anyAllocationId, job: anyJobName, to: anyPlannedAllocation }),
    { maxLength: 2 },
  ),
  stays: fc.array(
    fc.record(
      { allocation: anyAllocationId, job: anyJobName, reason: anyText, container: anyText },
      { requiredKeys: ['allocation', 'job', 'reason'] },
    ),
    { maxLength: 2 },
  ),
  effects: fc.array(anyPlannedEffect, { maxLength: 2 }),
});
