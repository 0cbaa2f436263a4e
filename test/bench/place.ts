/**
 * `npm run bench:place -- [--nodes 1000] [--jobs 2000] [--runs 1] [--against DIST]`: time to choose
 * a node for each of many jobs at once, of workloads that are known, whose targets differ; on nodes
 * that are all a little differently fast, on equal ones, where none has the CPU, and of workloads
 * that nobody knows. Deciding on places only: no wire, no limits. `--against`: the same by another
 * build, in turn; what both decide must be equal, reasons included.
 */
import { pathToFileURL } from 'node:url';
import type { NodeOutlooks } from '../../coordinator/schedule/forecast.js';
import type * as Places from '../../coordinator/schedule/places.js';
import type * as Policies from '../../coordinator/schedule/policies/index.js';
import type { SnapshotJob, SnapshotNode } from '../../coordinator/schedule/types.js';
import type { NodeId } from '../../shared/ids.js';
import { seededRandom } from '../../shared/random.js';
import type * as Steps from '../../shared/steps.js';
import { workloadKeyOf } from '../../shared/workload.js';
import { DIST } from './lib/cpu-meter.js';
import { jobsFor, PER_NODE } from './lib/fleet.js';
import { optionFrom } from './lib/process-cost.js';
import { NODE_CORES } from './lib/simulated-node.js';

interface Scene {
  readonly name: string;
  readonly nodes: readonly SnapshotNode[];
  readonly speeds: ReadonlyMap<NodeId, number>;
  readonly isKnown: boolean;
}

interface Outcome {
  readonly tookMs: number;
  /** All decisions, as text. */
  readonly decided: string;
}

const { argv } = process;
const number = (name: string, otherwise: number): number =>
  Number(optionFrom(argv, name) ?? otherwise);
const [nodes, count, runs] = [number('--nodes', 1000), number('--jobs', 2000), number('--runs', 1)];

const nodeOf = (i: number, cores: number): SnapshotNode => ({
  id: `node-${String(i).padStart(5, '0')}` as NodeId,
  schedulable: true,
  unschedulableReason: '',
  labels: {},
  allocatableCpuCores: cores,
  allocatableMemoryBytes: 2 ** 36,
  idleCpuCores: null,
  reportIntervalMs: 1000,
  allocations: [],
});
const nodesOf = (cores: number) => Array.from({ length: nodes }, (_, i) => nodeOf(i, cores));

const random = seededRandom(3);
const roomy = nodesOf(NODE_CORES);
const uneven = new Map(roomy.map(({ id }) => [id, 0.95 + 0.1 * random()]));
const even = new Map<NodeId, number>();
// A target takes 0.2 cores at least.
const SCENES: readonly Scene[] = [
  { name: 'known, nodes differ', nodes: roomy, speeds: uneven, isKnown: true },
  { name: 'known, nodes are equal', nodes: roomy, speeds: even, isKnown: true },
  { name: 'known, no node has the CPU', nodes: nodesOf(0.15), speeds: uneven, isKnown: true },
  { name: 'not known', nodes: roomy, speeds: uneven, isKnown: false },
];

const jobs = jobsFor(Math.ceil(count / PER_NODE))
  .slice(0, count)
  .map((spec): SnapshotJob => ({ spec, workload: workloadKeyOf(spec), placed: [] }));
const profiles = new Map(
  jobs.map(({ spec, workload }) => [
    workload,
    {
      workSeconds: Number(spec.command[1]),
      noiseRatio: 0.1,
      requests: 100,
      overheadSeconds: 0.001,
      freeCores: 0,
      clients: 1,
      ratePerSecond: 0,
      tailRatios: {},
    },
  ]),
);

/** Nothing was decided about the nodes yet. */
const NO_OUTLOOKS: NodeOutlooks = {
  forecastOf: () => undefined,
  unmetOf: () => [],
  profilesOf: () => undefined,
};

/** Places all jobs in one plan with the parts of a build. */
async function placeBy(build: string, { nodes: seen, speeds, isKnown }: Scene): Promise<Outcome> {
  const load = async <T>(path: string): Promise<T> => (await import(`${build}${path}`)) as T;
  const { placesSteps, NO_PLACES_MEMORY } = await load<typeof Places>(
    'coordinator/schedule/places.js',
  );
  const { POLICIES } = await load<typeof Policies>('coordinator/schedule/policies/index.js');
  const { atOnce } = await load<typeof Steps>('shared/steps.js');
  const policy = POLICIES.adaptive;
  const input = {
    cluster: { jobs: [...jobs], nodes: seen.map((each) => ({ ...each })) },
    outlooks: NO_OUTLOOKS,
    policy,
    nowMs: 0,
    movesPerMinute: 0,
  };
  const knowledge = { profiles: isKnown ? profiles : new Map(), speeds };
  const startMs = performance.now();
  const { decisions } = atOnce(
    placesSteps(input, { ...NO_PLACES_MEMORY, knowledge, learntAtMs: 0 }),
  );
  return { tookMs: performance.now() - startMs, decided: JSON.stringify(decisions) };
}

async function main(): Promise<void> {
  const against = optionFrom(argv, '--against');
  const builds = [
    { name: 'this build', build: DIST },
    ...(against === undefined
      ? []
      : [{ name: 'the other build', build: pathToFileURL(`${against}/`).href }]),
  ];
  console.log(`${nodes} nodes, ${count} jobs`);
  for (const scene of SCENES)
    for (let run = 0; run < runs; run += 1) {
      const outcomes: Outcome[] = [];
      for (const { build } of builds) outcomes.push(await placeBy(build, scene));
      const told = outcomes.map(
        ({ tookMs }, i) => `${builds[i]?.name} ${((1000 * tookMs) / count).toFixed(1)} µs a job`,
      );
      const isSame = new Set(outcomes.map(({ decided }) => decided)).size === 1;
      console.log(`${scene.name}: ${told.join(', ')}${isSame ? '' : '; DECIDED DIFFERENTLY'}`);
      if (!isSame) process.exitCode = 1;
    }
}

await main();
