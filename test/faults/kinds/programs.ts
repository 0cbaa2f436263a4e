import type { ProgramSignal } from '../../lib/hosts/program.js';
import { COORDINATORS, type ProgramName } from '../programs.js';
import { type Fault, followerOf, heard, logged, type Play } from './fault.js';

const LONG_ENOUGH_MS = 3000;
/** Until `node.suspect` at least. */
const SILENT_MS = 5000;

/** Ends or holds programs; the end of the fault starts them again. */
async function signalAll(
  { cluster }: Play,
  signal: ProgramSignal,
  programs: readonly ProgramName[],
): Promise<void> {
  await Promise.all(programs.map((program) => cluster.signal(program, signal)));
}

async function startAll({ cluster }: Play, programs: readonly ProgramName[]): Promise<void> {
  for (const program of programs) {
    await cluster.signal(program, 'SIGCONT');
    cluster.restart(program);
  }
}

const ofAgent = (signal: ProgramSignal, change: Partial<Fault> = {}): Fault => ({
  name: `${signal} of the agent`,
  family: signal === 'SIGKILL' ? 'kill' : 'stop',
  touches: ['agent'],
  holdMs: SILENT_MS,
  told: heard('dqoes.node.suspect', 'dqoes.node.down'),
  begin: (play) => signalAll(play, signal, ['agent']),
  end: (play) => startAll(play, ['agent']),
  ...change,
});

const ofLeader = (signal: ProgramSignal): Fault => ({
  name: `${signal} of the leader`,
  family: signal === 'SIGKILL' ? 'kill' : 'stop',
  touches: ['coordinators'],
  ...(signal === 'SIGSTOP' ? {} : { loses: 'leader' as const }),
  holdMs: LONG_ENOUGH_MS,
  told: heard('dqoes.coordinator.elected'),
  begin: (play) => signalAll(play, signal, [play.leader]),
  end: (play) => startAll(play, [play.leader]),
});

const ofFollower: Fault = {
  name: 'SIGKILL of the follower',
  family: 'kill',
  touches: ['coordinators'],
  holdMs: LONG_ENOUGH_MS,
  keepsLease: true,
  begin: (play) => signalAll(play, 'SIGKILL', [followerOf(play.leader)]),
  end: (play) => startAll(play, [followerOf(play.leader)]),
};

/** What dqoes touched is put back before it ends. */
async function endsAndPutsBack(play: Play): Promise<void> {
  const { cluster, observer } = play;
  await signalAll(play, 'SIGTERM', ['agent']);
  const left = observer.notAsBefore(await observer.look());
  if (left.length > 0)
    observer.breach(
      'what was touched is put back',
      `${left.join('; ')}\n${cluster.lastOf('agent')}`,
    );
}

const killNats = async ({ cluster }: Play): Promise<void> => cluster.guarded.server.kill();
const startNats = async ({ cluster }: Play): Promise<void> => cluster.guarded.server.start();

const severalAtOnce: readonly Fault[] = [
  {
    name: 'SIGKILL of both coordinators',
    family: 'several',
    touches: ['coordinators'],
    loses: 'leader',
    holdMs: LONG_ENOUGH_MS,
    isLeaderless: true,
    begin: (play) => signalAll(play, 'SIGKILL', COORDINATORS),
    end: (play) => startAll(play, COORDINATORS),
  },
  {
    name: 'SIGKILL of NATS and both coordinators',
    family: 'several',
    touches: ['coordinators', 'nats'],
    loses: 'leader',
    holdMs: LONG_ENOUGH_MS,
    isLeaderless: true,
    begin: async (play) => {
      await Promise.all([killNats(play), signalAll(play, 'SIGKILL', COORDINATORS)]);
    },
    end: async (play) => {
      await startNats(play);
      await startAll(play, COORDINATORS);
    },
  },
  {
    name: 'SIGKILL of everything',
    family: 'several',
    touches: ['agent', 'coordinators', 'nats'],
    loses: 'leader',
    holdMs: LONG_ENOUGH_MS,
    isLeaderless: true,
    begin: async (play) => {
      await Promise.all([killNats(play), signalAll(play, 'SIGKILL', ['agent', ...COORDINATORS])]);
    },
    end: async (play) => {
      await startAll(play, ['agent']);
      await startNats(play);
      await startAll(play, COORDINATORS);
    },
  },
  {
    name: 'SIGKILL of agent and leader',
    family: 'several',
    touches: ['agent', 'coordinators'],
    loses: 'leader',
    holdMs: SILENT_MS,
    told: heard('dqoes.coordinator.elected'),
    begin: (play) => signalAll(play, 'SIGKILL', ['agent', play.leader]),
    end: (play) => startAll(play, ['agent', play.leader]),
  },
];

export const PROGRAM_FAULTS: readonly Fault[] = [
  ofAgent('SIGKILL'),
  ofLeader('SIGKILL'),
  ofFollower,
  ofAgent('SIGSTOP'),
  ofLeader('SIGSTOP'),
  ofLeader('SIGTERM'),
  ofAgent('SIGTERM', {
    // It puts limits back by Docker, and notes that they are.
    touches: ['agent', 'docker', 'state'],
    told: logged(/original limits are restored/, 'agent'),
    begin: endsAndPutsBack,
    holdMs: 500,
  }),
  ...severalAtOnce,
];
