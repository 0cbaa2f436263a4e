import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { readCliConfig } from '../../cli/config.js';
import { coordinatorKeysOf, coordinatorPlaceOf } from '../../cli/services/coordinator-keys.js';
import { threadWorkers } from '../../cli/services/thread-workers.js';
import { connectTo, natsTargetOf } from '../../cli/shell/connect-service.js';
import { type CoordinatorConfig, loadCoordinatorConfig } from '../../coordinator/config.js';
import type { CoordinatorHandle } from '../../coordinator/contract.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { makeSecretsKey } from '../../coordinator/secrets-key.js';
import { makeSigningKey } from '../../coordinator/signing-key.js';
import type { CommandCodec } from '../../proto/command-codec.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { callService } from '../../proto/service-client.js';
import { publicTextOf, signedCommands } from '../../proto/signing/signed-commands.js';
import type { KeyValueStore } from '../../proto/store.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { GuardedServer, must } from '../security/guarded-server.js';
import { job, target } from '../unit/coordinator/build.js';
import { FakeAgent } from '../unit/coordinator/fake-agent.js';

const CLUSTER = 'keys';
const NODE = 'h1' as NodeId;
const REPORT_MS = 300;

/** Paths of the key files of a coordinator. */
interface KeyFiles {
  readonly credentials: string;
  readonly signing: string;
  readonly secrets: string;
}

/** What becomes of key files while a coordinator runs, as an operator may do it. */
const CHANGES: readonly (readonly [string, (files: KeyFiles) => void])[] = [
  ['that for NATS is gone', ({ credentials }) => rmSync(credentials)],
  [
    'another one signs',
    ({ signing }) => {
      rmSync(signing);
      must(makeSigningKey(signing));
    },
  ],
  ['that for secrets is gone', ({ secrets }) => rmSync(secrets)],
];

/** A real nats-server that asks for keys, and real threads. */
describe('key files of a coordinator with workers', () => {
  let guarded: GuardedServer;
  let folder: string;
  let files: KeyFiles;
  let config: CoordinatorConfig;
  let agent: FakeAgent;
  let reporting: ReturnType<typeof setInterval>;
  let client: NatsClient | undefined;
  let ending: AbortController;
  let running: Promise<readonly Fault[] | null>;
  let faults: readonly Fault[] | null | undefined;
  const threads: Worker[] = [];
  const leaders: CoordinatorHandle[] = [];

  beforeEach(async () => {
    for (const list of [threads, leaders]) list.length = 0;
    folder = mkdtempSync(join(tmpdir(), 'dqoes-worker-keys-'));
    guarded = await GuardedServer.start({
      cluster: CLUSTER,
      users: [
        { role: 'coordinator', name: 'coordinator' },
        { role: 'coordinator', name: 'reader' },
        { role: 'operator', name: 'operator' },
        { role: 'agent', node: NODE },
      ],
    });
    const at = (name: string): string => join(folder, name);
    files = { credentials: at('c1.nk'), signing: at('sign.pem'), secrets: at('secrets.pem') };
    copyFileSync(guarded.keyFile('coordinator'), files.credentials);
    must(makeSigningKey(files.signing));
    must(makeSecretsKey(files.secrets));
    config = must(
      loadCoordinatorConfig({
        overrides: {
          ...{ cluster: CLUSTER, name: 'c1', workers: '2', interval: '300ms', lease: '4s' },
          ...{ 'nats.url': guarded.url, 'nats.credentials': files.credentials },
          ...{ 'signing-key': files.signing, 'secrets-key': files.secrets },
        },
      }),
    );
    const { bus } = await guarded.client(`agent-${NODE}`);
    agent = new FakeAgent(bus, subjectsOf(CLUSTER), NODE);
    reporting = setInterval(() => agent.report({ sentAtMs: systemClock.now() }), REPORT_MS);
  });
  afterEach(async () => {
    clearInterval(reporting);
    ending.abort();
    await running;
    agent.stop();
    await client?.bus.close();
    await guarded.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As `dqoes coordinator` starts. */
  const start = async (): Promise<void> => {
    const { keys, commands, vault } = must(coordinatorKeysOf(config, silentLog));
    const nats = must(natsTargetOf({ config: readCliConfig() }, coordinatorPlaceOf(config)));
    ending = new AbortController();
    const called = { name: 'dqoes coordinator', log: silentLog };
    client = must(await connectTo(nats, called, ending.signal));
    const { bus, stores } = client;
    must(await stores.install(CLUSTER, { replicas: 1 }));
    faults = undefined;
    let nonces = 0;
    const newNonce = (): string => {
      nonces += 1;
      return `nonce-${nonces}`;
    };
    running = runWithLeaderElection(config, {
      ...{ bus, stores, clock: systemClock, log: silentLog, commands, newNonce },
      ...(vault === undefined ? {} : { vault }),
      signal: ending.signal,
      onLeading: (leader) => void leaders.push(leader),
      beginWorker: threadWorkers(config, {
        ...{ clock: systemClock, log: silentLog, nats, keys },
        onThread: (thread) => void threads.push(thread),
      }),
    });
    void running.then((ended) => {
      faults = ended;
    });
  };
  const submit = async (): Promise<void> => {
    const { bus } = await guarded.client('operator');
    const wire = { bus, subjects: subjectsOf(CLUSTER), timeoutMs: 5000 };
    must(await callService(wire, 'job-submit', { jobs: [job('a', { target: target(400) })] }));
  };
  /** What is wrong with what is stored for the node, by who reads it; '' = nothing. */
  const troubleOf = async (
    bucket: KeyValueStore,
    { commands, epoch }: { readonly commands: CommandCodec; readonly epoch: number | undefined },
  ): Promise<string> => {
    const stored = must(await bucket.get(NODE));
    if (stored === null) return 'there is none';
    const desired = commands.decode(stored.value);
    if (!desired.ok) return desired.error.message;
    return desired.value.epoch === epoch ? '' : `it has epoch ${desired.value.epoch}`;
  };

  for (const [what, change] of CHANGES)
    it(`are read when it begins, and its next term leads by them: ${what}`, async () => {
      const { keys } = must(coordinatorKeysOf(config, silentLog));
      const signing = keys.signing ?? assert.fail();
      const commands = signedCommands({ cluster: CLUSTER, trusted: [publicTextOf(signing)] });
      await start();
      await until(() => leaders.length === 1, 'it to lead', 20_000);
      const bucket = must(await (await guarded.client('reader')).stores.open(CLUSTER, 'desired'));
      let trouble = '';
      const isDesiredBy = async (term: number): Promise<boolean> => {
        trouble = await troubleOf(bucket, { commands, epoch: leaders[term]?.epoch });
        return trouble === '';
      };
      const why = (): string => `a desired state that can be obeyed: ${trouble}`;
      await submit();
      await until(() => isDesiredBy(0), why, 20_000);
      change(files);
      await threads[0]?.terminate();
      await until(() => leaders.length === 2 || faults !== undefined, 'its next term', 30_000);
      assert.deepEqual([leaders.length, faults], [2, undefined]);
      await until(() => isDesiredBy(1), why, 20_000);
    }).timeout(120_000);
});
