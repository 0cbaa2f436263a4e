/**
 * `npm run bench:schedule -- --json FILE [--nodes 100,1000,10000]`: time of one evaluation of the
 * whole cluster (`schedule()` under `adaptive`), every node having just reported; memory and bytes
 * allocated. Deciding only: no wire, no snapshot making.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { cpus } from 'node:os';
import { POLICIES } from '../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, type SchedulerMemory, schedule } from '../../coordinator/schedule/schedule.js';
import { DEFAULT_PARAMS, type Snapshot } from '../../coordinator/schedule/types.js';
import { jsonFileFrom, quantile } from './lib/process-cost.js';
import { SyntheticCluster } from './lib/synthetic-cluster.js';

const PER_NODE = 20;
const SEED = 1;
/** The first evaluations place, learn and settle; they are measured apart. */
const WARM_UP = 10;
const ROUNDS: Readonly<Record<number, number>> = { 100: 200, 1000: 60, 10000: 25 };
const MIN_ROUNDS = 10;

interface Row {
  readonly nodes: number;
  readonly allocations: number;
  readonly evaluations: number;
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly allocatedBytes: number;
  readonly heapUsedBytes: number;
  readonly rssBytes: number;
  readonly decisionsPerEvaluation: number;
}

class Evaluator {
  readonly #cluster: SyntheticCluster;
  #memory: SchedulerMemory = NO_MEMORY;
  decisions = 0;

  constructor(nodes: number) {
    this.#cluster = new SyntheticCluster(nodes, PER_NODE, SEED);
  }

  next(): Snapshot {
    return this.#cluster.advance(1);
  }

  /** Returns the time it took, ms. */
  evaluate(snapshot: Snapshot): number {
    const startMs = performance.now();
    const { plan, memory } = schedule(
      { snapshot, nowMs: this.#cluster.nowMs, params: DEFAULT_PARAMS, policy: POLICIES.adaptive },
      this.#memory,
    );
    const tookMs = performance.now() - startMs;
    this.#memory = memory;
    this.decisions += plan.decisions.length;
    for (const decision of plan.decisions)
      if (decision.kind === 'limit') this.#cluster.setLimit(decision.allocation, decision.to);
    return tookMs;
  }
}

async function measure(nodes: number): Promise<Row> {
  const evaluator = new Evaluator(nodes);
  const firstMs = evaluator.evaluate(evaluator.next());
  for (let i = 1; i < WARM_UP; i += 1) evaluator.evaluate(evaluator.next());
  evaluator.decisions = 0;
  const rounds = ROUNDS[nodes] ?? MIN_ROUNDS;
  const times = Array.from({ length: rounds }, () => {
    const snapshot = evaluator.next();
    // Garbage of making the snapshot is not the evaluation's.
    globalThis.gc?.();
    return evaluator.evaluate(snapshot);
  });
  const decisionsPerEvaluation = evaluator.decisions / rounds;
  const allocatedBytes = await allocatedBy(evaluator);
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    nodes,
    allocations: nodes * PER_NODE,
    evaluations: rounds,
    firstMs,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    allocatedBytes,
    heapUsedBytes: heapUsed,
    rssBytes: rss,
    decisionsPerEvaluation,
  };
}

interface ProfileNode {
  readonly selfSize: number;
  readonly children: readonly ProfileNode[];
}
const sizeOf = (node: ProfileNode): number =>
  node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize);

/** Sampled by V8 every 16 KiB on average, collected objects included. */
async function allocatedBy(evaluator: Evaluator): Promise<number> {
  const snapshot = evaluator.next();
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 16_384,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  } as never);
  evaluator.evaluate(snapshot);
  const { profile } = (await session.post('HeapProfiler.stopSampling')) as {
    profile: { head: ProfileNode };
  };
  session.disconnect();
  return sizeOf(profile.head);
}

/** Slope of log time over log allocations: 1 = linear. */
function growthExponent(rows: readonly Row[]): number {
  const points = rows.map(
    ({ allocations, p50Ms }) => [Math.log(allocations), Math.log(p50Ms)] as const,
  );
  const mean = (of: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return across / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

const nodesFrom = (argv: readonly string[]): readonly number[] => {
  const at = argv.indexOf('--nodes');
  return at < 0 ? [100, 1000, 10_000] : (argv[at + 1] ?? '').split(',').map(Number);
};

async function main(): Promise<void> {
  const jsonFile = jsonFileFrom(process.argv);
  const rows: Row[] = [];
  for (const nodes of nodesFrom(process.argv)) {
    const row = await measure(nodes);
    rows.push(row);
    const mega = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
    console.log(
      `${row.nodes} nodes × ${PER_NODE}: p50 ${row.p50Ms.toFixed(1)} ms, p99 ` +
        `${row.p99Ms.toFixed(1)} ms (n = ${row.evaluations}), first ` +
        `${row.firstMs.toFixed(0)} ms, ` +
        `allocates ${mega(row.allocatedBytes)}, heap ${mega(row.heapUsedBytes)} with the ` +
        `snapshot, ${row.decisionsPerEvaluation.toFixed(1)} decisions`,
    );
  }
  const exponent = rows.length > 1 ? growthExponent(rows) : null;
  if (exponent !== null) console.log(`growth exponent ${exponent.toFixed(3)}`);
  const result = {
    cpu: cpus()[0]?.model.trim(),
    node: process.version,
    policy: 'adaptive',
    perNode: PER_NODE,
    rows,
    exponent,
  };
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`);
}

await main();
