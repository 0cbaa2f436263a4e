import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { connectForTest } from '../lib/nats-client.js';
import { describeBus } from './bus-contract.js';

const NATS_PORT = 4222;

/** Ports on the loopback address only; testcontainers itself publishes to every address. */
class LoopbackContainer extends GenericContainer {
  protected override async beforeContainerCreated(): Promise<void> {
    const bindings = Object.entries(this.hostConfig.PortBindings ?? {});
    this.hostConfig.PortBindings = Object.fromEntries(
      bindings.map(([port]) => [port, [{ HostIp: '127.0.0.1', HostPort: '0' }]]),
    );
  }
}

describe('bus contract in a container', function () {
  this.timeout(60_000);
  let container: StartedTestContainer;
  let url = '';
  before(async () => {
    // The reaper is an image of its own that would have to be pulled; `after` removes our
    // container.
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    container = await new LoopbackContainer('dqoes/nats:1')
      .withExposedPorts(NATS_PORT)
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
      .start();
    url = `nats://127.0.0.1:${container.getMappedPort(NATS_PORT)}`;
  });
  after(async () => {
    await container?.stop({ remove: true, timeout: 0 });
  });

  it('stores in the container too', async () => {
    const { bus, stores } = await connectForTest(url);
    assert.deepEqual(await stores.install('main', { replicas: 1 }), { ok: true, value: undefined });
    await bus.close();
  });

  describeBus('dqoes/nats:1', async () => (await connectForTest(url)).bus);
});
