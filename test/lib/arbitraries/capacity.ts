import fc from 'fast-check';
import {
  CAPACITY_PARTS,
  type Capacity,
  type CapacityMiss,
  type CapacityRequest,
  type KindRoom,
} from '../../../proto/schemas/capacity.js';
import { anyAllocationId, anyJobName, anyNodeId, anyText, orNull, plainly } from './basic.js';

const cores = fc.double({ min: 0, max: 64, noNaN: true });
const few = { maxLength: 2 };
const some = { minLength: 1, maxLength: 2 };

/** An empty list is left out on the wire. */
export const anyCapacityRequest: fc.Arbitrary<CapacityRequest> = plainly(
  fc.record(
    {
      parts: fc.array(fc.constantFrom(...CAPACITY_PARTS), some),
      like: fc.array(anyJobName, some),
      without: fc.array(anyNodeId, some),
      add: fc.record(
        {
          hosts: fc.integer({ min: 1, max: 1000 }),
          cpuCores: fc.double({ min: 0.01, max: 64, noNaN: true }),
        },
        { requiredKeys: ['hosts'] },
      ),
    },
    { requiredKeys: [] },
  ),
);

const miss: fc.Arbitrary<CapacityMiss> = fc.record(
  {
    allocation: anyAllocationId,
    container: anyText,
    job: anyJobName,
    node: orNull(anyNodeId),
    reason: anyText,
  },
  { requiredKeys: ['allocation', 'job', 'node', 'reason'] },
);
const misses = fc.array(miss, few);
const limit = fc.record({
  resource: fc.constantFrom('target' as const, 'memory', 'label', 'others'),
  node: orNull(anyNodeId),
  reason: anyText,
});
const kindRoom: fc.Arbitrary<KindRoom> = fc.record({
  like: anyJobName,
  more: orNull(fc.integer({ min: 0, max: 1000 })),
  atLeast: fc.boolean(),
  limit: orNull(limit),
});
const nodes = fc.array(anyNodeId, few);
const changed = { missing: fc.nat(1000), misses, gains: misses, freeCores: orNull(cores) };

export const anyCapacity: fc.Arbitrary<Capacity> = plainly(
  fc.record(
    {
      complete: fc.boolean(),
      note: anyText,
      hosts: fc.array(
        fc.record({
          node: anyNodeId,
          allocatableCores: cores,
          neededCores: orNull(cores),
          freeCores: orNull(cores),
          allocations: fc.nat(400),
        }),
        few,
      ),
      allocatableCores: cores,
      freeCores: orNull(cores),
      missing: fc.nat(1000),
      misses,
      kinds: fc.array(
        fc.record({
          like: anyJobName,
          jobs: fc.nat(1000),
          targetMs: fc.integer({ min: 1, max: 10_000 }),
          cpuCores: orNull(cores),
        }),
        few,
      ),
      room: fc.array(kindRoom, few),
      bottleneck: limit,
      trades: fc.array(
        fc.record({
          job: anyJobName,
          fromMs: fc.integer({ min: 1, max: 10_000 }),
          toMs: fc.integer({ min: 1, max: 10_000 }),
          freesCores: cores,
          gains: misses,
        }),
        few,
      ),
      without: fc.record({ nodes, ...changed, note: anyText }),
      added: fc.record({
        hosts: fc.integer({ min: 1, max: 1000 }),
        cpuCores: cores,
        ...changed,
        room: fc.array(kindRoom, few),
      }),
      packed: fc.record({ keep: nodes, empty: nodes, pinned: nodes, proven: fc.boolean() }),
    },
    {
      requiredKeys: [
        ...(['complete', 'note', 'hosts', 'allocatableCores', 'freeCores', 'missing'] as const),
        ...(['misses', 'kinds', 'room', 'trades'] as const),
      ],
    },
  ),
);
