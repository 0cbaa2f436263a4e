import type { CoordinatorSettings } from '../../coordinator/contract.js';
import type { Pace } from '../../coordinator/pacing/pace.js';
import { runWithLeaderElection } from '../../coordinator/run-with-leader-election.js';
import { DEFAULT_PARAMS } from '../../coordinator/schedule/types.js';
import type { PolicyName } from '../../proto/schemas/service.js';
import { InProcessWorkers } from '../lib/in-process-workers.js';
import { logOf } from './log.js';
import type { Nats } from './nats.js';
import type { Observer } from './observer.js';
import type { HostTime, Process } from './process.js';
import { Runner } from './runner.js';
import { COORDINATOR_INTERVAL_MS, LEASE_MS } from './settings.js';
import { SimBus } from './sim-bus.js';
import { SimStores } from './sim-store.js';
import type { World } from './world.js';

/** What a coordinator of the simulation is made of. */
export interface CoordinatorParts {
  readonly world: World;
  readonly nats: Nats;
  readonly observer: Observer;
  readonly policy: PolicyName;
  /** 0 = it decides alone. */
  readonly workers: number;
  /** The operator's word, read at each start. */
  readonly acceptLost: () => CoordinatorSettings['acceptLost'];
  /** Why it would not lead. */
  readonly onRefusal: (why: string) => void;
}

/** The real coordinator as `dqoes coordinator` runs it: stands by, leads, steps down, stands by. */
export function coordinatorOf(name: string, parts: CoordinatorParts): Runner {
  const { world, nats, policy, workers } = parts;
  const time: HostTime = { offsetMs: Math.round(world.between(1e5, 1e8)), wallSkewMs: 0 };
  const settingsNow = (): CoordinatorSettings => ({
    acceptLost: parts.acceptLost(),
    cluster: nats.cluster,
    name,
    policy,
    workers,
    leaseMs: LEASE_MS,
    replicas: 1,
    params: { ...DEFAULT_PARAMS, intervalMs: COORDINATOR_INTERVAL_MS },
  });
  return new Runner(world, {
    name: `coordinator ${name}`,
    node: '',
    time,
    live: (process, life) => {
      const bus = new SimBus(process, nats.cable(process.name), nats, {
        onPublish: (subject, data) => parts.observer.onCommand(process, subject, data),
      });
      return {
        ends: run(process, { life, bus, settings: settingsNow(), ...parts }),
        drop: () => bus.drop(),
      };
    },
  });
}

interface Life extends CoordinatorParts {
  readonly life: number;
  readonly bus: SimBus;
  readonly settings: CoordinatorSettings;
}

async function run(
  process: Process,
  { life, bus, settings, nats, observer, onRefusal }: Life,
): Promise<string> {
  const stores = new SimStores(process, bus, nats, observer);
  let nonces = 0;
  const runsOn = {
    ...{ bus, stores, clock: process.clock },
    log: logOf(process, ''),
    pace: paceOf(process),
  };
  const workers = new InProcessWorkers(settings, () => runsOn);
  if (settings.workers !== 0) killNowAndThen(process, workers);
  const faults = await runWithLeaderElection(settings, {
    ...runsOn,
    beginWorker: workers.begin,
    newNonce: () => {
      nonces += 1;
      return `${settings.name}-${life}-${nonces}`;
    },
    signal: new AbortController().signal,
  });
  const why = faults?.map(({ message }) => message).join('; ') ?? 'told to';
  if (faults?.some(({ code }) => code === 'store.lost') === true) onRefusal(why);
  return why;
}

/** Between two workers that end by themselves, ms. */
const WORKER_LIFE_MS = [10_000, 60_000] as const;

/** While there are faults, one of the workers that were begun last ends by itself now and then. */
function killNowAndThen(process: Process, workers: InProcessWorkers): void {
  const { world } = process;
  void process.later(world.between(...WORKER_LIFE_MS), () => {
    const worker = world.faults.isActive ? world.pick(workers.living) : undefined;
    if (worker !== undefined) {
      world.tell('', `a worker of ${process.name} dies`);
      worker.kill('killed by the simulation');
    }
    killNowAndThen(process, workers);
  });
}

/** Rests at random in the midst of work, for as long as other work may take. */
const paceOf = (process: Process): Pace => ({
  begin: () => ({
    get isOver() {
      return process.world.faults.strikes('leader busy');
    },
    yield: () => process.later(process.world.between(50, 4000), () => undefined),
  }),
});
