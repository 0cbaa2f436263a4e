import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { PolicyName } from '../../proto/schemas/service.js';
import type { NodeScheduling } from '../../proto/schemas/status.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import { type Random, seededRandom } from '../../shared/random.js';
import { roundsOr } from '../lib/rounds.js';
import { until } from '../lib/until.js';
import { ENDS, type End, type JobContainer, Up } from '../lib/up.js';

/** A store that forgets deletions was seen to fail with these; the short form has no others. */
const FIRST: readonly (readonly [End, End])[] = [
  ['SIGINT', 'SIGKILL of NATS'],
  ['SIGKILL of NATS', 'SIGKILL of both'],
];
const OTHERS = ENDS.flatMap((first) =>
  ENDS.map((second): readonly [End, End] => [first, second]),
).filter((pair) => !FIRST.some((one) => one.join() === pair.join()));
const ORDERS = [...FIRST, ...OTHERS];
const POLICIES: readonly PolicyName[] = ['equal', 'adaptive', 'default'];
const MAX_PAUSE_MS = 1200;
const DECIDED_MS = 60_000;

/** What was acknowledged last. */
interface Acknowledged {
  version: number;
  policy: PolicyName;
  scheduling: NodeScheduling;
}

describe('what dqoes up has acknowledged is so after any end of it', function () {
  this.timeout(240_000);
  const name = `trust${process.pid}`;
  const acknowledged: Acknowledged = { version: 0, policy: 'equal', scheduling: 'open' };
  let up: Up;
  before(async () => {
    up = await Up.make(name, ['interval: 200ms']);
    await up.start({ keepJobs: false });
  });
  after(() => up?.remove());

  const seed = Date.now() % 1_000_000;
  const random = seededRandom(seed);
  for (let round = 0; round < roundsOr(FIRST.length); round += 1) {
    const [first, second] = ORDERS[round % ORDERS.length] ?? ['SIGINT', 'SIGKILL'];
    it(`round ${round + 1}: set, ${first}, up, ${second}, up (seed ${seed})`, async () => {
      await up.call('node-set', { id: name as NodeId, scheduling: 'open' });
      await up.call('job-submit', { jobs: ['a', 'b'].map((job) => jobOf(`${name}-${job}`, 0)) });
      await up.call('job-submit', { jobs: ['a', 'b'].map((job) => jobOf(`${name}-${job}`, 1)) });
      await submitNext();
      await untilRunning(['a', 'b', 'stays']);
      await change(random);
      for (const end of [first, second]) {
        await pause(random);
        await up.end(end);
        await up.start({ keepJobs: random() < 0.3 });
        await look();
      }
    });
  }

  it('a second Ctrl-C: what it left half stopped starts again', async () => {
    await submitNext();
    await untilRunning(['stays']);
    await up.end('SIGINT twice');
    await up.start({ keepJobs: false });
    await untilRunning(['stays']);
  });

  async function change(chance: Random): Promise<void> {
    const acts = [
      () => up.call('job-stop', { name: `${name}-a` as JobName }),
      () => up.call('job-stop', { name: `${name}-b` as JobName }),
      submitNext,
      () => setPolicy(POLICIES[Math.floor(chance() * POLICIES.length)] ?? 'equal'),
      () => setScheduling(chance() < 0.7 ? 'cordoned' : 'open'),
    ];
    // In any order, so that each is now and then the last before the end.
    while (acts.length > 0) await acts.splice(Math.floor(chance() * acts.length), 1)[0]?.();
  }

  async function submitNext(): Promise<void> {
    await up.call('job-submit', { jobs: [jobOf(`${name}-stays`, acknowledged.version + 1)] });
    acknowledged.version += 1;
  }

  async function setPolicy(policy: PolicyName): Promise<void> {
    acknowledged.policy = (await up.call('policy-set', { policy })).policy;
  }

  async function setScheduling(scheduling: NodeScheduling): Promise<void> {
    const set = await up.call('node-set', { id: name as NodeId, scheduling });
    acknowledged.scheduling = set.scheduling;
  }

  /** Once what should run does, which is decided with what should not, all is as acknowledged. */
  async function look(): Promise<void> {
    await untilRunning(['stays']);
    const { jobs } = await up.call('job-list', {});
    assert.deepEqual(
      jobs.map(({ spec }) => [spec.name, spec.target.latencyMs]),
      [[`${name}-stays`, targetOf(acknowledged.version)]],
    );
    assert.equal((await up.call('policy-get', {})).policy, acknowledged.policy);
    const [node] = (await up.call('node-list', {})).nodes;
    assert.equal(node?.scheduling ?? 'open', acknowledged.scheduling);
  }

  /** These jobs, in their newest version, and no others, by Docker. */
  async function untilRunning(names: readonly string[]): Promise<void> {
    let found: readonly JobContainer[] = [];
    const isAsked = ({ job, state, env }: JobContainer): boolean => {
      const version = job === `${name}-stays` ? acknowledged.version : 1;
      return (
        state === 'running' &&
        names.includes(job.slice(name.length + 1)) &&
        env.includes(`VERSION=${version}`)
      );
    };
    await until(
      async () => {
        found = await up.containers();
        return found.length === names.length && found.every(isAsked);
      },
      () =>
        `${names.join(', ')} and nothing else to run (${acknowledged.version}): ` +
        `${JSON.stringify(found)}`,
      DECIDED_MS,
    );
  }
});

const pause = (random: Random): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random() * MAX_PAUSE_MS));

/** Another one for each version: answers hide the values of environment variables. */
const targetOf = (version: number): number => 1000 + version;

const jobOf = (name: string, version: number): JobSpec => ({
  name: name as JobName,
  image: 'dqoes/tiny:1',
  command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.2; done'],
  env: { VERSION: `${version}` },
  target: { latencyMs: targetOf(version), statistic: 'mean', toleranceRatio: 0.1, mode: 'band' },
  weight: 1,
  replicas: 1,
  resources: { cpu: { minCores: 0.05 }, memoryBytes: 33_554_432 },
  latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'reschedule',
  ports: [],
});
