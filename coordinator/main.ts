import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../shared/clock.js';
import type { Log } from '../shared/log.js';
import { err, ok, type Result } from '../shared/result.js';
import type { Bus } from '../proto/bus.js';
import { connectNats } from '../proto/nats-connect.js';
import { type CoordinatorConfig, readCreds } from './config.js';
import { type CoordinatorHandle, startCoordinator } from './coordinator.js';

/**
 * Runs a coordinator as a process: until SIGTERM or SIGINT. Resolves with 0, or with 1 when another coordinator took over or the connection to
 * NATS is gone for good, so that the service manager starts it anew. Faults at the start are returned.
 */
export async function runCoordinator(config: CoordinatorConfig, log: Log): Promise<Result<0 | 1>> {
  const creds = readCreds(config);
  if (!creds.ok) return creds;
  const nats = await connectNats({
    servers: [config.natsUrl],
    name: `dqoes-coordinator ${config.name}`,
    log,
    waitOnFirstConnect: true,
    ...(creds.value === '' ? {} : { auth: { kind: 'creds', creds: creds.value } }),
  });
  if (!nats.ok) return err([{ code: 'nats.unavailable', field: 'nats.url', message: nats.error }]);
  const { bus, stores } = nats.value;
  const started = await startCoordinator(config, { bus, stores, clock: realClock, log });
  const code = started.ok ? await untilEnd(started.value, bus) : undefined;
  await bus.close();
  return started.ok ? ok(code ?? 0) : started;
}

async function untilEnd(coordinator: CoordinatorHandle, bus: Bus): Promise<0 | 1> {
  let onSignal: () => void = () => {};
  const signalled = new Promise<0>((resolve) => {
    onSignal = () => resolve(0);
  });
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const closed = new Promise<1>((resolve) => {
    bus.onState((state) => state === 'closed' && resolve(1));
  });
  const code = await Promise.race([signalled, closed, coordinator.ended.then(() => 1 as const)]);
  await coordinator.stop();
  process.off('SIGTERM', onSignal);
  process.off('SIGINT', onSignal);
  return code;
}

const realClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  sleep: async (ms, signal) => {
    if (signal?.aborted === true) return;
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};
