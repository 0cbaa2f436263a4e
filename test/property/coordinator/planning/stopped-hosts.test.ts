import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { capacity } from '../../../../coordinator/planning/capacity.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import { type Random, seededRandom } from '../../../../shared/random.js';
import { PARAMS } from '../../../unit/coordinator/build.js';
import { like, ToyCluster } from '../../../unit/coordinator/schedule/toy-cluster.js';
import { oneAfterTheOther } from '../../../unit/coordinator/schedule/toy-service.js';

const CLUSTERS = 50;
const CORES = 2;
/** CPU of a request, s, and clients that ask again when they are answered, by the job's name. */
const KINDS: Readonly<Record<string, { readonly work: number; readonly clients: number }>> = {
  tiny: { work: 0.02, clients: 1 },
  small: { work: 0.05, clients: 1 },
  large: { work: 0.1, clients: 1 },
  pair: { work: 0.03, clients: 2 },
  trio: { work: 0.02, clients: 3 },
};
const TARGETS_MS = [60, 90, 130, 200, 300];
const MAX_JOBS = 14;
/** Until a cluster has settled: limits, the grace of unmet targets, moves and their pause. */
const REST_SECONDS = 160;
/** The same after a host has stopped, which is down after 16 s. */
const LOSS_SECONDS = 260;

interface Drawn {
  readonly cluster: ToyCluster;
  readonly lost: NodeId;
}

const wordOf = (name: string): string => name.replace(/[-\d]+$/, '');
const kindOf = (name: string) => KINDS[wordOf(name)] ?? { work: 0.05, clients: 1 };
const oneOf = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

/** Two to four hosts that have settled, and one of them that holds jobs. */
function clusterOf(seed: number): Drawn {
  const random = seededRandom(seed);
  const hosts = Array.from({ length: oneOf(random, [2, 3, 3, 4]) }, (_, i) => `h${i + 1}`);
  const cluster = new ToyCluster(hosts, (job) => kindOf(job).work);
  cluster.serve = oneAfterTheOther((id) => kindOf(id).clients);
  // As much as the others would have, more or less.
  let leftCores = (0.5 + 0.7 * random()) * CORES * (hosts.length - 1);
  for (let i = 0; leftCores > 0 && i < MAX_JOBS; i += 1) {
    const [word, targetMs] = [oneOf(random, Object.keys(KINDS)), oneOf(random, TARGETS_MS)];
    cluster.submit(like(`${word}${i}`, targetMs, { weight: oneOf(random, [1, 1, 1, 2]) }));
    leftCores -= (kindOf(word).clients * kindOf(word).work * 1000) / targetMs;
  }
  cluster.run(REST_SECONDS);
  const full = [...cluster.state.nodes.values()].filter(
    ({ desired }) => (desired?.allocations.length ?? 0) > 0,
  );
  return { cluster, lost: oneOf(random, full).id };
}

const jobOf = (id: AllocationId): string => id.replace(/-\d+$/, '');

/** Jobs that miss by the state of the coordinator. What is known of a lost host is old. */
function missing({ state }: ToyCluster, lost?: NodeId): readonly string[] {
  const slow = [...state.unreachable.values()].filter(({ node }) => node !== lost);
  return [...slow.map(({ job }) => job), ...[...state.pending.keys()].map(jobOf)].sort();
}

/** Jobs that would miss without the host, by the answer alone. */
function predicted({ cluster, lost }: Drawn): readonly string[] {
  const { state, memory, nowMs } = cluster;
  const context = { state, memory, nowMs, params: PARAMS, policy: POLICIES.adaptive };
  const limit = { maxSteps: 1e6 };
  const { misses, without } = capacity({ ...context, request: { without: [lost] }, limit });
  const gained = new Set(without?.gains.map(({ job }) => job));
  const still = misses.map(({ job }) => job).filter((job) => !gained.has(job));
  return [...still, ...(without?.misses ?? []).map(({ job }) => job)].sort();
}

/** Stops the host and runs on; who missed then, at each change. */
function storyOf({ cluster, lost }: Drawn): string {
  const story: string[] = [];
  let last = '';
  cluster.cut.add(lost);
  for (let second = 1; second <= LOSS_SECONDS; second += 1) {
    cluster.run(1);
    const now = missing(cluster, lost).join();
    if (now !== last) story.push(`${second} s: ${now}`);
    last = now;
  }
  return story.join('; ');
}

describe('capacity --without a host', () => {
  it('names the jobs that miss when the host has really stopped', () => {
    const wrong: string[] = [];
    let missed = 0;
    for (let seed = 1; seed <= CLUSTERS; seed += 1) {
      const drawn = clusterOf(seed);
      const { cluster, lost } = drawn;
      const [before, placed] = [missing(cluster), JSON.stringify(cluster.placed)];
      const expected = predicted(drawn);
      const story = storyOf(drawn);
      const seen = missing(cluster, lost);
      missed += seen.filter((job) => !before.includes(job)).length;
      if (expected.join() !== seen.join())
        wrong.push(
          `seed ${seed}: without ${lost} ${expected} were to miss, ${seen} do (before: ` +
            `${before}); ${placed} became ${JSON.stringify(cluster.placed)}; ${story}`,
        );
    }
    const counts = `${wrong.length} of ${CLUSTERS} wrong, ${missed} missed that did not before`;
    assert.equal(wrong.length, 0, [counts, ...wrong].join('\n'));
    assert.ok(missed > CLUSTERS / 2, counts);
  });
});
