import fc from 'fast-check';
import type {
  DemandBySpeed,
  WorkloadProfile,
} from '../../../../../coordinator/schedule/forecast.js';
import {
  type NodeBudget,
  nodeBudgetOf,
  type PlacementRequest,
  requestOfJob,
} from '../../../../../coordinator/schedule/placement/node-budget.js';
import { demandOf as workloadDemandOf } from '../../../../../coordinator/schedule/policies/adaptive/workload-profile.js';
import type { SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import type { GpuRequest } from '../../../../../shared/gpu.js';
import type { NodeId } from '../../../../../shared/ids.js';
import type { Target } from '../../../../../shared/qoe.js';
import { allocation, job, node, nodeId, target } from '../../../../unit/coordinator/build.js';
import { demandOf, forecastOf } from '../../../../unit/coordinator/cluster-build.js';
import { GIB, gpu } from '../../../../unit/coordinator/schedule/gpu/build.js';
import { between, magnitude } from '../policies/adaptive/arbitraries.js';

/** What a workload may have shown: a closed loop or open arrivals, with and without a tail. */
export const anyProfile: fc.Arbitrary<WorkloadProfile> = fc
  .record({
    workSeconds: magnitude(1e-4, 10),
    noiseRatio: between(0, 1),
    requests: fc.oneof(fc.integer({ min: 0, max: 40 }), between(0, 3)),
    overheadSeconds: fc.oneof(fc.constant(0), between(-0.01, 0.5)),
    besideSeconds: fc.oneof(fc.constant(0), between(0, 0.4)),
    freeCores: fc.oneof(fc.constant(0), between(0.1, 8)),
    clients: fc.oneof(fc.constant(1), between(1, 5)),
    ratePerSecond: fc.oneof(fc.constant(0), magnitude(0.01, 50)),
    tail: fc.oneof(fc.constant(0), between(0.9, 4)),
  })
  .map(({ tail, ...profile }) => ({
    ...profile,
    tailRatios: tail === 0 ? {} : { p50: tail, p95: tail, p99: tail },
  }));

export const anyTarget: fc.Arbitrary<Target> = fc
  .record({
    latencyMs: magnitude(1, 1e4),
    statistic: fc.constantFrom('mean' as const, 'p50' as const, 'p95' as const, 'p99' as const),
    toleranceRatio: between(0.01, 0.5),
    mode: fc.constantFrom('band' as const, 'ceiling' as const),
  })
  .map(({ latencyMs, ...rest }) => target(latencyMs, rest));

/** Nodes and their speeds; few different figures, so that nodes are often equal. */
export interface AnyCluster {
  readonly budgets: readonly NodeBudget[];
  readonly speeds: ReadonlyMap<NodeId, number>;
}

const zones = fc.constantFrom({}, { zone: 'a' }, { zone: 'b' });

const anyMember = fc.record({
  minCores: fc.constantFrom(0.05, 0.5),
  weight: fc.constantFrom(1, 1, 2, 5),
  control: fc.constantFrom('enforce' as const, 'enforce' as const, 'observe' as const),
  cores: fc.oneof(
    fc.constantFrom(null, 0.25, 0.5, 1, Number.POSITIVE_INFINITY),
    between(0.01, 1.5),
  ),
  hasPort: fc.boolean(),
  gpu: fc.constantFrom(undefined, undefined, 0.25, 1),
});

const anyNode = fc.record({
  cores: fc.oneof(fc.constantFrom(1, 2, 2, 4), between(0.5, 6)),
  memory: fc.constantFrom(2 ** 40, 2 ** 40, 4 * GIB),
  labels: zones,
  isCordoned: fc.constantFrom(false, false, false, true),
  isDraining: fc.constantFrom(false, false, false, true),
  gpus: fc.integer({ min: 0, max: 2 }),
  members: fc.array(anyMember, { maxLength: 4 }),
  isForecast: fc.constantFrom(true, true, false),
  slowerRatio: fc.constantFrom(1, 1, 1.25),
  speed: fc.oneof(fc.constantFrom(1, 1, 0.5, 2), magnitude(0.2, 5)),
});

type AnyNode = typeof anyNode extends fc.Arbitrary<infer Value> ? Value : never;

function budgetFrom(id: string, its: AnyNode): NodeBudget {
  const { cores, memory, labels, isCordoned, isDraining, members, gpus, slowerRatio } = its;
  const names = members.map((_, i) => `${id}j${i}-1`);
  const ports = new Map(names.map((name, i) => [name, members[i]?.hasPort === true]));
  const made: SnapshotNode = node(id, {
    allocatableCpuCores: cores,
    allocatableMemoryBytes: memory,
    labels,
    isDraining,
    schedulable: !isCordoned,
    unschedulableReason: isCordoned ? 'cordoned' : '',
    gpus: Array.from({ length: gpus }, (_, i) => gpu(i)),
    allocations: members.map(({ minCores, weight, control, gpu: shareRatio }, i) =>
      allocation(names[i] ?? '', {
        node: nodeId(id),
        minCores,
        weight,
        control,
        ...(shareRatio === undefined || gpus === 0
          ? {}
          : { gpu: { ids: [`GPU-${i % gpus}`], shareRatio } }),
      }),
    ),
  });
  const demands = Object.fromEntries(members.map((member, i) => [names[i], member.cores]));
  return nodeBudgetOf(
    made,
    ({ id: name, minCores }) => ({
      cpuCores: minCores,
      memoryBytes: GIB,
      commandBytes: 1000,
      ...(ports.get(name) === true ? { hostPorts: [8080] } : {}),
    }),
    its.isForecast ? { ...forecastOf(cores, demands), slowerRatio } : undefined,
  );
}

export const anyCluster: fc.Arbitrary<AnyCluster> = fc
  .array(fc.tuple(anyNode, fc.integer({ min: 0, max: 999 })), { minLength: 1, maxLength: 40 })
  .map((nodes) => {
    // Not in the order of their ids.
    const named = nodes.map(([its, order], i) => ({ id: `h${order}-${i}`, its }));
    return {
      budgets: named.map(({ id, its }) => budgetFrom(id, its)),
      speeds: new Map(named.map(({ id, its }) => [nodeId(id), its.speed])),
    };
  });

/** null = not known; the same on all nodes; by their speed; as the policy says it. */
const anyDemand: fc.Arbitrary<DemandBySpeed | null> = fc.oneof(
  fc.constant(null),
  fc.constantFrom(0, 0.25, 0.5, 1, 3, Number.POSITIVE_INFINITY).map(demandOf),
  between(0.05, 2).map((cores) => ({
    aimCores: (speedRatio: number) => cores / speedRatio,
    edgeCores: (speedRatio: number) => cores / speedRatio / 1.1,
  })),
  fc.tuple(anyProfile, anyTarget).map(([profile, its]) => workloadDemandOf(profile, its)),
);

const anyGpuRequest: fc.Arbitrary<GpuRequest | undefined> = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  { count: 1 },
  { shareRatio: 0.5 },
);

/** A request, and nodes by their places: whose rules refuse it, and that may not take it. */
export interface AnyRequest {
  readonly request: PlacementRequest;
  readonly refusing: readonly number[];
  readonly excluded: ReadonlySet<number>;
}

const somePlaces = fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 5 });

export const anyRequest: fc.Arbitrary<AnyRequest> = fc
  .record({
    minCores: fc.constantFrom(0, 0.05, 0.5, 1.5),
    maxCores: fc.constantFrom(undefined, undefined, 0.5, 2),
    memoryBytes: fc.constantFrom(undefined, 0, GIB, 3 * GIB),
    weight: fc.constantFrom(1, 2, 5),
    labels: fc.oneof(fc.constant({}), zones),
    hasPort: fc.constantFrom(false, false, true),
    gpu: anyGpuRequest,
    demand: anyDemand,
    refusing: somePlaces,
    excluded: somePlaces,
  })
  .map((its) => {
    const { minCores, maxCores, memoryBytes, weight, labels, hasPort } = its;
    const spec = job('x', {
      weight,
      resources: {
        cpu: { minCores, ...(maxCores === undefined ? {} : { maxCores }) },
        ...(memoryBytes === undefined ? {} : { memoryBytes }),
        ...(its.gpu === undefined ? {} : { gpu: its.gpu }),
      },
      constraints: { labels },
      ports: hasPort ? [{ containerPort: 80, hostPort: 8080 }] : [],
    });
    return {
      request: { spec, resources: requestOfJob(spec), demand: its.demand },
      refusing: its.refusing,
      excluded: new Set(its.excluded),
    };
  });

/** The request as the nodes of this cluster refuse it. */
export const requestIn = (
  { budgets }: AnyCluster,
  { request, refusing }: AnyRequest,
): PlacementRequest => {
  const refused = budgets.filter((_, place) => refusing.includes(place));
  return { ...request, refusedBy: new Map(refused.map(({ node: at }) => [at.id, 'its rules'])) };
};
