import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import { parseLedger, serialiseLedger } from '../../agent/enforce/ledger.js';
import { readSigningKey } from '../../coordinator/signing-key.js';
import { LEASE_KEY } from '../../coordinator/store/lease.js';
import type { Bus } from '../../proto/bus.js';
import { decodeCommand, encodeCommand, LEAVE_HEADER } from '../../proto/command.js';
import { signedCommands } from '../../proto/signing/signed-commands.js';
import type { BucketName, KeyValueStore } from '../../proto/store.js';
import { subjectsOf } from '../../proto/subjects.js';
import { BOOT_HEADER } from '../../proto/telemetry.js';
import { type DesiredState, MAX_VERSION_STEP } from '../../shared/command.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import { dqoes } from '../e2e/cli-program.js';
import { docker } from '../lib/docker-command.js';
import { until } from '../lib/until.js';
import { Up } from '../lib/up.js';

const HEALED_MS = 90_000;
/** Many times as long as an agent takes to obey what a leader has stored, where it can. */
const VAIN_MS = 5000;
const VAIN = /in vain for: the agent to obey/;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lease = (change: object): Uint8Array =>
  bytes(JSON.stringify({ incarnation: 'x', epoch: 1, holder: 'x', nonce: 'n', ...change }));

/** Written straight into the store of a real `dqoes up` whose job runs in a real container. */
describe('one damaged or forged value puts nothing out for good', function () {
  this.timeout(240_000);
  const name = `forged${process.pid}`;
  let up: Up;
  let container = '';
  let version = 0;

  before(async () => {
    up = await Up.make(name, ['interval: 200ms']);
    await up.start({ keepJobs: true });
    await up.call('job-submit', { jobs: [jobOf(name, 0)] });
    await until(isRunning, 'the job to run', HEALED_MS);
    container = await idNow();
  });
  after(() => up?.remove());

  const idNow = (): Promise<string> =>
    docker('ps', '-q', '--no-trunc', '--filter', `label=dqoes.job=${name}`);
  const isRunning = async (): Promise<boolean> => (await idNow()) !== '';

  const overwrite = async (bucket: BucketName, key: string, value: Uint8Array): Promise<void> => {
    assert.ok((await up.withStore(bucket, (store) => store.put(key, value))).ok);
  };
  const desiredNow = async (): Promise<DesiredState> => {
    const read = await up.withStore('desired', (store) => store.get(name));
    const decoded = read.ok && read.value !== null ? decodeCommand(read.value.value) : undefined;
    assert.ok(decoded?.ok === true, 'no desired state is stored');
    return decoded.value;
  };

  /** A change of the target is acknowledged and obeyed, and the container is still the same. */
  async function untilHealed(): Promise<void> {
    version += 1;
    const submit = () => up.call('job-submit', { jobs: [jobOf(name, version)] });
    let refusal = '';
    await until(
      async () => {
        const done = await submit().catch((cause: unknown) => String(cause));
        refusal = typeof done === 'string' ? done : '';
        return refusal === '';
      },
      () => `a submission to be taken: ${refusal}`,
      HEALED_MS,
    );
    let seen = '';
    await until(
      async () => {
        const listed = await up.call('node-list', {}).catch(() => undefined);
        const node = listed?.nodes[0];
        const desired = await desiredNow().catch(() => undefined);
        seen = JSON.stringify([node?.holds, desired?.epoch, desired?.revision]);
        return (
          node?.holds.revision === desired?.revision &&
          node?.holds.epoch === desired?.epoch &&
          desired?.allocations[0]?.spec?.target.latencyMs === targetOf(version)
        );
      },
      () => `the change to be obeyed: ${seen}`,
      HEALED_MS,
    );
    assert.equal(await idNow(), container, 'the container was replaced');
  }

  for (const [what, value] of [
    ['a junk byte', new Uint8Array([255])],
    ['the greatest epoch', lease({ epoch: 2 ** 53 - 1 })],
    ['an epoch far away, of another incarnation', lease({ epoch: 2 ** 51 })],
  ] as const)
    it(`the lease: ${what}`, async () => {
      await overwrite('lease', LEASE_KEY, value);
      let epoch: unknown;
      await until(
        async () => {
          epoch = await up.withStore('lease', epochIn);
          return typeof epoch === 'number' && epoch < 2 ** 31;
        },
        () => `a lease to be there again, not epoch ${epoch}`,
        HEALED_MS,
      );
      await untilHealed();
    });

  for (const [what, forge] of [
    ['junk', () => bytes('junk')],
    ['unsigned, of the next epoch, without the job', forgedNext],
    ['epoch 2^53-1', (real: DesiredState) => encodeCommand({ ...real, epoch: 2 ** 53 - 1 })],
    ['epoch 2^51', (real: DesiredState) => encodeCommand({ ...real, epoch: 2 ** 51 })],
    ['revision 2^52', (real: DesiredState) => encodeCommand({ ...real, revision: 2 ** 52 })],
  ] as const)
    for (const then of ['', ', and SIGKILL of everything'] as const)
      it(`a desired state: ${what}${then}`, async () => {
        const forged = forge(await desiredNow());
        await overwrite('desired', name, forged);
        if (then !== '') {
          await up.end('SIGKILL of both');
          await up.start({ keepJobs: true });
        }
        await untilHealed();
      });

  it('a job of junk, and SIGKILL of everything', async () => {
    await overwrite('jobs', name, bytes('junk'));
    await up.end('SIGKILL of both');
    await up.start({ keepJobs: true });
    await untilHealed();
  });

  it('the signing key is lost', async () => {
    await up.end('SIGKILL of both');
    await rm(join(up.stateDir, 'signing-key.pem'));
    await up.start({ keepJobs: true });
    await untilHealed();
  });

  it('NATS killed: started again, the job runs on', async () => {
    const before = await up.natsPid();
    await up.end('SIGKILL of NATS');
    assert.notEqual(await up.natsPid(), before);
    await up.start({ keepJobs: true });
    await untilHealed();
  });

  it('a request to end, unsigned: ignored; signed: dqoes up says so and ends', async () => {
    const subjects = subjectsOf(name);
    const node = name as NodeId;
    const ask = (bus: Bus, bootId: string, body: Uint8Array) => {
      bus.publish(subjects.command(node), body, { [LEAVE_HEADER]: bootId });
      return bus.flush();
    };
    const key = readSigningKey(join(up.stateDir, 'signing-key.pem'));
    assert.ok(key.ok);
    const { signLeave } = signedCommands({ cluster: name, signingKey: key.value, trusted: [] });
    await up.withBus(async (bus) => {
      const bootId = await new Promise<string>((resolve) => {
        bus.subscribe(subjects.telemetry(node), ({ headers }) => {
          resolve(headers[BOOT_HEADER] ?? '');
        });
      });
      await ask(bus, bootId, new Uint8Array());
      await untilHealed();
      await ask(bus, bootId, signLeave({ node, bootId }));
    });
    const { code, err } = await up.ended();
    assert.equal(code, 1, err);
    assert.match(err, new RegExp(`another agent called ${name} reports to the cluster`));
    await up.start({ keepJobs: true });
    await untilHealed();
  });

  it('a journal that obeyed an epoch of nobody: dqoes agent reset-epoch', async () => {
    const { epoch: before } = await desiredNow();
    await up.end('SIGKILL');
    const epoch = await obeysFarEpoch(up.stateDir);
    const isObeyed = (obeysWithinMs: number) => up.start({ keepJobs: true, obeysWithinMs });
    await assert.rejects(isObeyed(0), VAIN);
    await until(
      async () => ((await desiredNow().catch(() => undefined))?.epoch ?? 0) > before,
      'a leader to desire something',
      HEALED_MS,
    );
    await assert.rejects(isObeyed(VAIN_MS), VAIN);
    const { nodes } = await up.call('node-list', {});
    assert.equal(nodes[0]?.holds.epoch, epoch, 'it healed by itself: nothing is to be reset');
    assert.equal(await idNow(), container, 'the container was replaced');
    const flags = ['--config', up.agentConfig, '--state', up.stateDir];
    const refused = await dqoes(['agent', 'reset-epoch', ...flags]);
    assert.equal(refused.code, 1, refused.out + refused.err);
    assert.match(refused.err, /holds this Docker Engine: end it first/);
    await up.end('SIGKILL');
    const reset = await dqoes(['agent', 'reset-epoch', ...flags]);
    assert.equal(reset.code, 0, reset.err);
    assert.ok(
      reset.out.includes(`epoch ${epoch} forgotten; the next desired state counts`),
      reset.out,
    );
    await up.start({ keepJobs: true });
    await untilHealed();
  });
});

/**
 * As if the agent had obeyed an epoch so far away that no leader believes it: the journal is sealed
 * again, as it would have written it. Resolves with the epoch.
 */
async function obeysFarEpoch(stateDir: string): Promise<number> {
  const path = join(stateDir, 'agent', JOURNAL_FILE);
  const read = parseLedger(await readFile(path, 'utf8'));
  assert.ok(read.ok && read.value.holds !== null, 'the agent has obeyed nothing');
  const epoch = read.value.holds.epoch + 2 * MAX_VERSION_STEP;
  const holds = { ...read.value.holds, epoch };
  await writeFile(path, serialiseLedger({ ...read.value, holds }));
  return epoch;
}

/** What anybody who may write to the store can make without the key of the coordinator. */
function forgedNext(real: DesiredState): Uint8Array {
  return encodeCommand({ ...real, epoch: real.epoch + 1, allocations: [] });
}

/** As it stands there; undefined = it is no JSON. */
async function epochIn(store: KeyValueStore): Promise<unknown> {
  const read = await store.get(LEASE_KEY);
  try {
    const text = new TextDecoder().decode(read.ok ? read.value?.value : undefined);
    return (JSON.parse(text) as { epoch?: unknown }).epoch;
  } catch {
    return undefined;
  }
}

const targetOf = (version: number): number => 5000 + version;

function jobOf(name: string, version: number): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: [],
    env: {},
    target: {
      latencyMs: targetOf(version),
      statistic: 'mean',
      toleranceRatio: 0.1,
      mode: 'band',
    },
    weight: 1,
    replicas: 1,
    resources: { cpu: { minCores: 0.01 } },
    latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
    constraints: { labels: {} },
    onLoss: 'keep',
    ports: [],
  };
}
