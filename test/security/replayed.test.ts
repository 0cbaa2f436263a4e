import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'mocha';
import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import { NodeAgent } from '../../agent/node-agent.js';
import { decodeAck } from '../../proto/ack.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { publicTextOf, signedCommands } from '../../proto/signing/signed-commands.js';
import type { KeyValueStore } from '../../proto/store.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { Ack, DesiredState } from '../../shared/command.js';
import { adoptedAllocationId, type JobName, type NodeId } from '../../shared/ids.js';
import type { FakeContainer } from '../lib/fake-container.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { AgentWorld } from '../unit/agent/world.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

const h1 = 'h1' as NodeId;
const subjects = subjectsOf(CLUSTER);
const signingKey = generateKeyPairSync('ed25519').privateKey;
const signed = signedCommands({ cluster: CLUSTER, signingKey, trusted: [] });

/** A real agent behind a real server; only its Docker Engine is one in memory. */
describe('a desired state that the coordinator signed once, played again later', function () {
  this.timeout(60_000);
  let guarded: GuardedServer;
  let coordinator: NatsClient;
  let desired: KeyValueStore;
  let agent: NodeAgent | undefined;
  const world = new AgentWorld();
  const acks: Ack[] = [];
  const config: AgentConfig = must(
    loadAgentConfig({
      overrides: {
        node: h1,
        cluster: CLUSTER,
        interval: '100ms',
        'push.enable': 'false',
        'coordinator-keys': publicTextOf(signingKey),
      },
    }),
  );

  before(async () => {
    guarded = await GuardedServer.start();
    coordinator = await guarded.client('coordinator');
    must(await coordinator.stores.install(CLUSTER, { replicas: 1 }));
    desired = must(await coordinator.stores.open(CLUSTER, 'desired'));
    coordinator.bus.subscribe(subjects.ack(h1), ({ data }) => acks.push(must(decodeAck(data))));
    await coordinator.bus.flush();
  });
  after(async () => {
    await stop();
    await guarded.stop();
  });

  async function start(): Promise<void> {
    const { bus, stores } = await guarded.client('agent-h1');
    const deps = { ...(await world.deps()), bus, stores, clock: systemClock };
    agent = new NodeAgent(config, deps);
    await agent.start();
  }
  /** As a host that is switched off: limits stay, and so does what the agent remembers. */
  async function stop(): Promise<void> {
    await agent?.stop({ restore: false, stopJobs: false });
    agent = undefined;
  }

  const stateOf = (revision: number, container: FakeContainer, cpuCores: number): Uint8Array =>
    signed.encode({
      ...{ incarnation: 'i', epoch: 1, revision, node: h1, validForMs: 60_000 },
      allocations: [
        {
          id: adoptedAllocationId(container.id),
          job: container.name as JobName,
          containerId: container.id,
          limit: { cpuCores, periodUs: 100_000 },
          reason: 'test',
        },
      ],
    } satisfies DesiredState);
  /** Past the coordinator, as who may write to the store or serves it. */
  const write = async (state: Uint8Array): Promise<void> => {
    must(await desired.put(h1, state));
    coordinator.bus.publish(subjects.command(h1), state);
  };
  const answered = (outcome: Ack['outcome'], revision: number) =>
    until(
      () => acks.some((ack) => ack.outcome === outcome && ack.asked.revision === revision),
      () => `revision ${revision} to be ${outcome}: ${JSON.stringify(acks.at(-1))}`,
    );

  it('is answered as old and changes no limit, also after a start of the agent', async () => {
    const container = world.adopt();
    await start();
    const [first, second] = [stateOf(1, container, 0.5), stateOf(2, container, 1.5)];
    await write(first);
    await answered('applied', 1);
    await write(second);
    await answered('applied', 2);
    assert.equal(world.engine.kernelCores(container.id), 1.5);
    for (const when of ['while it runs', 'while it did not run']) {
      acks.length = 0;
      if (when === 'while it runs') await write(first);
      else {
        await stop();
        await start();
      }
      await answered('stale', 1);
      assert.equal(acks.find(({ outcome }) => outcome === 'stale')?.holds.revision, 2, when);
      assert.equal(world.engine.kernelCores(container.id), 1.5, when);
    }
    await write(stateOf(3, container, 1));
    await answered('applied', 3);
    assert.equal(world.engine.kernelCores(container.id), 1);
  });
});
