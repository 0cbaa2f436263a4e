import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Capacity } from '../../proto/schemas/capacity.js';
import { seededRandom } from '../../shared/random.js';
import { TestCluster } from '../lib/hosts/cluster.js';
import { jobFiles, jobsOn, type Load, namesOf, tellOfFailures } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

// Not run with the others: npx mocha dist/test/hosts/capacity.manual.js

const SEEDS = [1, 2, 3, 4, 5];
const MODELS: readonly Pick<Load, 'model' | 'batch'>[] = [
  { model: 'ocr-det', batch: 1 },
  { model: 'ocr-rec', batch: 1 },
  { model: 'vad', batch: 1 },
  { model: 'ocr-cls', batch: 18 },
];
const TARGETS_MS = [120, 160, 220, 300, 420];
const LOST = 'h3';
/** Looks at the cluster, half a second apart, in which nothing may change. */
const QUIET_LOOKS = 20;

/** Five jobs, each of another model or target; together they take most of two hosts. */
function loadsOf(seed: number): readonly Load[] {
  const random = seededRandom(seed);
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  return Array.from({ length: 5 }, (_, i) => ({
    name: `r${seed}-${i}`,
    ...oneOf(MODELS),
    targetMs: oneOf(TARGETS_MS),
  }));
}

describe('hosts: capacity --without a host against its end', function () {
  this.timeout(300_000);
  let cluster: TestCluster;

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of ['h1', 'h2', LOST]) await cluster.add(host, { cores: 0.5 });
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  /** Jobs that wait for a place, or whose target cannot be met where they run. */
  const missing = async (): Promise<readonly string[]> => {
    const found = (await cluster.allocations()).filter(({ unreachable }) => unreachable != null);
    const waiting = (await cluster.jobs()).filter(({ state }) => state === 'pending');
    return [...found.map(({ job }) => job), ...waiting.map(({ spec }) => spec.name)].sort();
  };

  /** Waits until all have answered and the same jobs have missed for a while. */
  const settled = async (count: number): Promise<readonly string[]> => {
    let [last, quiet] = ['', 0];
    const isQuiet = async (): Promise<boolean> => {
      const answered = (await cluster.allocations()).filter(
        ({ node, latencyMs }) => node !== null && latencyMs !== null,
      );
      const now = `${answered.length} ${(await missing()).join(' ')}`;
      const waiting = (await cluster.jobs()).filter(({ state }) => state === 'pending').length;
      quiet = now === last && answered.length + waiting >= count ? quiet + 1 : 0;
      last = now;
      return quiet >= QUIET_LOOKS;
    };
    await until(isQuiet, () => `the same jobs to miss for a while (${last})`, 120_000);
    return missing();
  };

  const livenessOf = async (host: string) =>
    (await cluster.nodes()).find(({ id }) => id === host)?.liveness;

  for (const seed of SEEDS)
    it(`the same jobs miss, seed ${seed}`, async () => {
      const loads = loadsOf(seed);
      assert.equal((await cluster.submit(jobFiles(loads))).code, 0);
      const now = await settled(loads.length);
      const asked = await cluster.dqoes('capacity', '--without', LOST, '-o', 'json');
      assert.ok(asked.code === 0 || asked.code === 3, asked.err);
      const { without } = JSON.parse(asked.out) as Capacity;
      assert.ok(without !== undefined);
      const gained = new Set<string>(without.gains.map(({ job }) => job));
      const expected = [
        ...now.filter((job) => !gained.has(job)),
        ...without.misses.map(({ job }) => job),
      ].sort();
      const its = jobsOn(cluster, LOST);
      cluster.cut(LOST);
      try {
        await until(async () => (await livenessOf(LOST)) === 'down', `${LOST} to be down`, 60_000);
        assert.deepEqual(await settled(loads.length), expected, `on ${LOST} ran ${its}`);
      } finally {
        cluster.heal(LOST);
      }
      await until(async () => (await livenessOf(LOST)) === 'ready', `${LOST} to be back`, 60_000);
      assert.equal((await cluster.dqoes('job', 'stop', ...namesOf(loads))).code, 0);
      await until(() => jobsOn(cluster, LOST).length === 0, `${LOST} to be empty`, 60_000);
    });
});
