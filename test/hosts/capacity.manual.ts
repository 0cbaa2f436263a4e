import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { Capacity } from '../../proto/schemas/capacity.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { type Random, seededRandom } from '../../shared/random.js';
import { calibrated, type LoadByShare } from '../lib/hosts/calibrate.js';
import { TestCluster } from '../lib/hosts/cluster.js';
import { jobFiles, jobsOn, type Load, namesOf, tellOfFailures } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

// Not run with the others: about eight minutes, and how long requests take differs from minute to
// minute. npm run build, then
// node_modules/.bin/mocha --exit --timeout 300000 dist/test/hosts/capacity.manual.js

const SEEDS = [1, 2, 3, 4, 5];
const HOSTS = ['h1', 'h2', 'h3'];
const CORES = 0.5;
const JOBS = 5;
/** By the CPU that each takes, because how fast a machine is must not decide what fits. */
const KINDS: readonly LoadByShare[] = [
  { name: 'det-large', model: 'ocr-det', batch: 2, cores: 0.33 },
  { name: 'det-small', model: 'ocr-det', batch: 2, cores: 0.22 },
  { name: 'cls-large', model: 'ocr-cls', batch: 18, cores: 0.26 },
  { name: 'cls-small', model: 'ocr-cls', batch: 18, cores: 0.1 },
  { name: 'vad-large', model: 'vad', batch: 2, cores: 0.18 },
  { name: 'vad-small', model: 'vad', batch: 2, cores: 0.08 },
  { name: 'rec-large', model: 'ocr-rec', batch: 1, cores: 0.14 },
  { name: 'rec-small', model: 'ocr-rec', batch: 1, cores: 0.06 },
];
/** What a request takes in some minutes ÷ what it took when it was measured. */
const SPREAD = [0.87, 1, 1.15];

const LOOK_MS = 500;
/** A target is unmet for 20 s before its job is moved, and places are sought every 3 s. */
const QUIET_MS = { nobodyMisses: 8000, otherwise: 25_000 } as const;
/** What has not settled after this is taken as it mostly was since it was last quiet. */
const MAX_SETTLE_MS = 75_000;
const DOWN_MS = 60_000;

const oneOf = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

/** The fewest of the shares that do not fit into bins of `CORES`. */
function fewestLeftOut(shares: readonly number[], bins: number): number {
  let fewest = shares.length;
  const place = (at: number, free: readonly number[], out: number): void => {
    const share = shares[at];
    if (share === undefined) fewest = Math.min(fewest, out);
    if (share === undefined || out >= fewest) return;
    for (const [i, left] of free.entries())
      if (share <= left) place(at + 1, free.with(i, left - share), out);
    place(at + 1, free, out + 1);
  };
  place(0, Array<number>(bins).fill(CORES), 0);
  return fewest;
}

/** Five kinds of which as many fit on two hosts in any minute: all but `least` to two of them. */
function drawn(random: Random, least: number): readonly LoadByShare[] {
  for (;;) {
    const kinds = Array.from({ length: JOBS }, () => oneOf(random, KINDS));
    const left = SPREAD.map((factor) =>
      fewestLeftOut(
        kinds.map(({ cores }) => factor * cores),
        HOSTS.length - 1,
      ),
    );
    const [first = 0] = left;
    if (first >= least && first <= 2 && left.every((each) => each === first)) return kinds;
  }
}

/** Who misses, and why. */
type Reasons = ReadonlyMap<string, string>;
interface Told {
  readonly said: Reasons;
  readonly seen: Reasons;
  readonly all: readonly AllocationStatus[];
}
const namesIn = (reasons: Reasons): readonly string[] => [...reasons.keys()].sort();

describe('hosts: capacity --without a host against its end', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  let targets: ReadonlyMap<string, Load>;

  before(async () => {
    targets = new Map((await calibrated(KINDS)).map((load) => [load.name, load]));
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of HOSTS) await cluster.add(host, { cores: CORES });
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  const loadsOf = (seed: number, random: Random): readonly Load[] =>
    drawn(random, seed % 2).map(({ name }, i) => ({
      ...(targets.get(name) as Load),
      name: `r${seed}-${i}-${name}`,
    }));

  /** What jobs want, each once: without what a host that is gone was heard to run. */
  const wanted = async (gone?: string): Promise<readonly AllocationStatus[]> =>
    (await cluster.jobs()).flatMap(({ allocations }) =>
      allocations.filter(
        ({ node, desired }) => node === null || (desired !== null && node !== gone),
      ),
    );

  /** Jobs that wait for a place, or whose target cannot be met where they run. */
  const missingOf = (all: readonly AllocationStatus[]): Reasons =>
    new Map(
      all.flatMap(({ job, node, reason, unreachable, replaces }) => {
        if (replaces !== undefined) return [];
        const why = node === null ? reason : unreachable?.reason;
        return why === undefined ? [] : [[job, `${node ?? 'nowhere'}: ${why}`] as const];
      }),
    );

  /** All have a place or wait for one, have answered where they are, and none is being moved. */
  const isAtRest = (all: readonly AllocationStatus[], jobs: readonly string[]): boolean =>
    jobs.every((name) => all.some(({ job }) => job === name)) &&
    all.every(
      ({ node, latencyMs, container, replaces }) =>
        node === null ||
        (replaces === undefined && container?.state === 'running' && latencyMs !== null),
    );

  /** Waits until nothing has changed for so long that no move is to come. */
  const settled = async (jobs: readonly string[], gone?: string): Promise<Reasons> => {
    const endMs = Date.now() + MAX_SETTLE_MS;
    let quietSinceMs = Date.now();
    let looks: Reasons[] = [];
    for (;;) {
      const all = await wanted(gone);
      const now = missingOf(all);
      const before = looks.at(-1);
      const isSame = before !== undefined && `${namesIn(before)}` === `${namesIn(now)}`;
      if (!isAtRest(all, jobs) || !isSame) quietSinceMs = Date.now();
      looks = [...looks, now].slice(-QUIET_MS.otherwise / LOOK_MS);
      const quietMs = now.size === 0 ? QUIET_MS.nobodyMisses : QUIET_MS.otherwise;
      if (Date.now() - quietSinceMs >= quietMs) return now;
      if (Date.now() >= endMs) return mostly(looks);
      await sleep(LOOK_MS);
    }
  };

  /** Who missed in more than half of the looks, with the newest reason. */
  const mostly = (looks: readonly Reasons[]): Reasons => {
    const newest = new Map(looks.flatMap((look) => [...look]));
    const often = (job: string): boolean =>
      2 * looks.filter((look) => look.has(job)).length > looks.length;
    return new Map([...newest].filter(([job]) => often(job)));
  };

  /** Who would miss without the host, by one answer alone. */
  const predicted = async (lost: string): Promise<Reasons> => {
    const asked = await cluster.dqoes('capacity', '--without', lost, '-o', 'json');
    assert.ok(asked.code === 0 || asked.code === 3, asked.err);
    const { misses, without } = JSON.parse(asked.out) as Capacity;
    assert.ok(without !== undefined);
    const gained = new Set<string>(without.gains.map(({ job }) => job));
    const still = misses.filter(({ job }) => !gained.has(job));
    return new Map(
      [...still, ...without.misses].map(({ job, node, reason }) => [
        job,
        `${node ?? 'nowhere'}: ${reason}`,
      ]),
    );
  };

  const livenessOf = async (host: string) =>
    (await cluster.nodes()).find(({ id }) => id === host)?.liveness;
  const untilIs = (host: string, liveness: 'down' | 'ready'): Promise<void> =>
    until(async () => (await livenessOf(host)) === liveness, `${host} to be ${liveness}`, DOWN_MS);

  /** Each job with what was said of it before, and what came. */
  const tell = (head: string, { said, seen, all }: Told): void => {
    const lines = all.map(({ job, node, latencyMs, target }) => {
      const [was, is] = [said.get(job) ?? 'meets its target', seen.get(job) ?? 'meets its target'];
      const measured = `${latencyMs?.toFixed(0) ?? '-'} of ${target?.latencyMs ?? '-'} ms`;
      return `  ${job} (${node ?? 'nowhere'}, ${measured})\n    said: ${was}\n    seen: ${is}`;
    });
    process.stdout.write(`${[head, ...lines].join('\n')}\n`);
  };

  for (const seed of SEEDS)
    it(`the same jobs miss, seed ${seed}`, async () => {
      const random = seededRandom(seed);
      const loads = loadsOf(seed, random);
      const names = namesOf(loads);
      assert.equal((await cluster.submit(jobFiles(loads))).code, 0);
      const before = await settled(names);
      const lost = oneOf(
        random,
        HOSTS.filter((host) => jobsOn(cluster, host).length > 0),
      );
      const its = jobsOn(cluster, lost);
      const said = await predicted(lost);
      cluster.cut(lost);
      try {
        await untilIs(lost, 'down');
        const seen = await settled(names, lost);
        const head = `seed ${seed}: ${lost} stopped with ${its}; ${namesIn(before)} missed before`;
        tell(head, { said, seen, all: await wanted(lost) });
        assert.deepEqual(namesIn(seen), namesIn(said), head);
      } finally {
        cluster.heal(lost);
        await untilIs(lost, 'ready');
        assert.equal((await cluster.dqoes('job', 'stop', ...names)).code, 0);
        const isEmpty = (): boolean => HOSTS.every((host) => jobsOn(cluster, host).length === 0);
        await until(isEmpty, 'all hosts to be empty', DOWN_MS);
      }
    });
});
