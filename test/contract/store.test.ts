import { describe } from 'mocha';
import { connect, type NatsConnection } from 'nats';
import type { Bus } from '../../proto/bus.js';
import { createMemoryBus } from '../../proto/memory/bus.js';
import { MemoryStores } from '../../proto/memory/store.js';
import { bucketOf, eventStreamOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { describeStore } from './store-contract.js';
import type { StoreWorld } from './store-world.js';

const hearOn = (bus: Bus) => async (subject: string) => {
  const heard: string[] = [];
  bus.subscribe(subject, (message) => heard.push(new TextDecoder().decode(message.data)));
  await bus.flush();
  return heard;
};

async function memoryWorld(): Promise<StoreWorld> {
  const bus = createMemoryBus({ clock: systemClock, log: silentLog });
  const stores = new MemoryStores({
    clock: systemClock,
    publish: (subject, data) => bus.publish(subject, data),
  });
  return {
    stores,
    destroy: async (cluster, bucket) => stores.destroy(cluster, bucket),
    hear: hearOn(bus),
    eventCount: async (cluster) => stores.eventCount(cluster),
    close: () => bus.close(),
  };
}

async function natsWorld(): Promise<StoreWorld> {
  const server = await startNatsServer();
  const { bus, stores } = await connectForTest(server.url);
  const operator: NatsConnection = await connect({ servers: server.url });
  return {
    stores,
    destroy: async (cluster, bucket) => {
      const manager = await operator.jetstreamManager();
      await manager.streams.delete(`KV_${bucketOf(cluster, bucket)}`);
    },
    hear: hearOn(bus),
    eventCount: async (cluster) => {
      const manager = await operator.jetstreamManager();
      return (await manager.streams.info(eventStreamOf(cluster))).state.messages;
    },
    close: async () => {
      await operator.close();
      await bus.close();
      await server.stop();
    },
  };
}

describe('store contract', () => {
  describeStore('in memory', memoryWorld);
  describeStore('nats-server', natsWorld);
});
