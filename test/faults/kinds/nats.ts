import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startNatsServer, type TestNatsServer } from '../../lib/nats-server.js';
import { GuardedServer } from '../../security/guarded-server.js';
import { COORDINATORS } from '../programs.js';
import { anyOf, type Fault, heard, logged, loggedText, NATS_MISSED, type Play } from './fault.js';

const AWAY_MS = 3000;

/** Somebody else's server on our port. */
type Squatter = Pick<TestNatsServer, 'stop'>;

const squatted = (name: string, squat: (play: Play) => Promise<Squatter>): Fault => {
  let squatter: Squatter | undefined;
  return {
    name,
    family: 'NATS squatted',
    touches: ['nats'],
    holdMs: 2 * AWAY_MS,
    isLeaderless: true,
    told: anyOf(
      loggedText(NATS_MISSED, ...COORDINATORS, 'agent'),
      logged(/bus: /, ...COORDINATORS, 'agent'),
    ),
    begin: async (play) => {
      await play.cluster.guarded.server.kill();
      squatter = await squat(play);
    },
    end: async ({ cluster }) => {
      await squatter?.stop();
      await cluster.guarded.server.start();
    },
  };
};

export const NATS_FAULTS: readonly Fault[] = [
  {
    name: 'SIGKILL of NATS',
    family: 'NATS restarted',
    touches: ['nats'],
    holdMs: AWAY_MS,
    isLeaderless: true,
    told: loggedText(NATS_MISSED),
    begin: ({ cluster }) => cluster.guarded.server.kill(),
    end: ({ cluster }) => cluster.guarded.server.start(),
  },
  {
    name: 'SIGTERM of NATS, back at once',
    family: 'NATS restarted',
    touches: ['nats'],
    holdMs: 0,
    begin: async ({ cluster }) => {
      await cluster.guarded.server.kill('SIGTERM');
      await cluster.guarded.server.start();
    },
    end: async () => {},
  },
  {
    name: 'SIGSTOP of NATS',
    family: 'NATS restarted',
    touches: ['nats'],
    holdMs: 2 * AWAY_MS,
    told: loggedText(NATS_MISSED),
    begin: ({ cluster }) => cluster.guarded.server.pause(),
    end: async ({ cluster }) => cluster.guarded.server.resume(),
  },
  {
    name: 'NATS comes back empty',
    family: 'NATS emptied',
    touches: ['nats', 'store'],
    loses: 'store',
    holdMs: 0,
    // The event may come before its hearer is connected again.
    told: anyOf(
      heard('dqoes.coordinator.store-lost', 'dqoes.coordinator.store-refilled'),
      logged(/buckets are missing|stream was missing|was lost|lease is gone|missing-bucket/),
    ),
    begin: async ({ cluster }) => {
      await cluster.guarded.server.kill();
      rmSync(join(cluster.storeDisk.path, 'js'), { recursive: true, force: true });
      await cluster.guarded.server.start();
    },
    end: async () => {},
  },
  squatted('a server without keys on the port of NATS', ({ cluster }) =>
    startNatsServer({ port: cluster.guarded.server.port }),
  ),
  squatted('a server with other keys on the port of NATS', ({ cluster }) =>
    GuardedServer.start({ port: cluster.guarded.server.port }),
  ),
];
