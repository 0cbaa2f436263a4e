import type { Random } from '../../shared/random.js';

/** Faults of single calls and messages: kind → chance of each, and what it means. */
export const POINT_FAULTS = {
  'crash at journal': [0.012, 'SIGKILL before or after a write of the journal'],
  'crash at engine': [0.008, 'SIGKILL before or after a call of Docker'],
  'crash at cgroup': [0.0015, 'SIGKILL while cgroup files are read'],
  'crash at store': [0.006, 'SIGKILL before or after a call of the store'],
  'crash at publish': [0.003, 'SIGKILL before a message is sent'],
  'message lost': [0.08, 'a message does not arrive'],
  'message late': [0.08, 'a message comes 0.1 to 4 s late'],
  'message twice': [0.08, 'a message arrives twice'],
  'message reordered': [0.08, 'a message overtakes others'],
  'store slow': [0.06, 'the store does it 0.2 to 9 s late; the answer may come after the deadline'],
  'store answer lost': [0.05, 'the store did it, the answer does not come'],
  'store request lost': [0.05, 'the request never reaches the store'],
  'store read stale': [0.08, 'an agent reads an older value of its key'],
  'watch hint lost': [0.4, 'a change is not told'],
  'leader busy': [0.02, 'what a leader decides takes 0.05 to 4 s; what comes meanwhile is served'],
  'docker slow': [0.06, 'Docker does it 1 to 14 s late'],
  'docker never': [0.03, 'Docker never does it and never answers'],
  'docker refuses': [0.08, 'Docker answers 400, 409 or 500 and does nothing'],
  'docker fails after': [0.03, 'Docker did it, the connection breaks before the answer'],
  'docker warns': [0.12, 'Docker answers 200 with a warning and does nothing'],
  'docker event lost': [0.4, 'an event of Docker is not told'],
  'cgroup unreadable': [0.02, 'cgroup files of a container cannot be read'],
  'disk full': [0.05, 'the journal cannot be written'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** Faults that happen to the world: kind → how often a minute, and what it means. */
export const WORLD_FAULTS = {
  'agent killed': [4, 'SIGKILL of an agent, started again after a while'],
  'leader killed': [2, 'SIGKILL of the leading coordinator'],
  'follower killed': [2, 'SIGKILL of a coordinator that stands by'],
  'all coordinators killed': [1, 'nobody decides for a while'],
  'most agents killed': [0.7, '60 % of the agents at once, for a long time'],
  'agent stopped': [3, 'SIGSTOP of an agent, SIGCONT later'],
  'coordinator stopped': [3, 'SIGSTOP of a coordinator, SIGCONT when another may lead'],
  'event loop stalls': [6, 'a process stands still for 0.1 to 3 s'],
  'jobs flood in': [
    2,
    'many jobs are submitted at once, and the leader stands still for 0.1 to 6 s',
  ],
  'cut both ways': [3, 'a process and NATS do not hear each other'],
  'cut outwards': [2, 'what a process says is not heard'],
  'cut inwards': [2, 'a process hears nothing'],
  'cut flaps': [1.5, 'a connection comes and goes'],
  'nats restarts': [1, 'SIGKILL of NATS: all connections break, and it reads its files again'],
  'bucket made anew': [0.7, 'the bucket of desired states is lost and made again, empty'],
  'store made anew': [0.5, 'all buckets are lost and made again: a new incarnation'],
  'docker down': [1.5, 'Docker refuses connections for a while'],
  'container restarted': [4, 'a container ends and is started again'],
  'container ended': [2, 'a container ends: out of memory'],
  'container removed': [2, 'docker rm of a container'],
  'limit changed by others': [4, 'the kernel forgets a limit, as after systemctl daemon-reload'],
  'command forged': [6, 'a command with a higher epoch, published but not stored'],
  'command repeated': [10, 'an old command is published again'],
  'bytes malformed': [8, 'random bytes, or a valid message cut or changed, on a subject'],
  'report forged': [6, 'an agent reports in the name of another'],
  'value damaged': [2, 'junk is stored in the place of the lease, a mark or a desired state'],
  'value forged': [2, 'a lease, a mark or a desired state with an epoch far away is stored'],
  'journal torn': [1.5, 'an agent is killed and its journal is damaged'],
  'journal lost': [1, 'an agent is killed and its journal is gone, while its limits are in force'],
  'other state folder': [2, 'an agent is killed, and the next one has another state folder'],
  'wall clock stepped': [3, 'the wall clock of a host jumps'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** A fault of single calls and messages. */
export type PointFault = keyof typeof POINT_FAULTS;
/** A fault that happens to the world. */
export type WorldFault = keyof typeof WORLD_FAULTS;
/** Any fault. */
export type FaultKind = PointFault | WorldFault;
export const POINT_KINDS = Object.keys(POINT_FAULTS) as readonly PointFault[];
export const WORLD_KINDS = Object.keys(WORLD_FAULTS) as readonly WorldFault[];
export const FAULT_KINDS: readonly FaultKind[] = [...POINT_KINDS, ...WORLD_KINDS];

/** Share of the kinds that a seed uses, and how much more or less than usual of them. */
const CHOSEN = 0.3;
const SCALES = [0.3, 1, 1, 2, 4];

/** Which faults a seed has, and how often each truly hit. */
export class Faults {
  readonly hits = new Map<FaultKind, number>();
  readonly #rates = new Map<FaultKind, number>();
  readonly #random: Random;
  /** None before the cluster stands, and none after the last. */
  isActive = false;

  constructor(random: Random) {
    this.#random = random;
    for (const kind of FAULT_KINDS) {
      const isChosen = random() < CHOSEN;
      const scale = SCALES[Math.floor(random() * SCALES.length)] ?? 1;
      if (isChosen) this.#rates.set(kind, usualRate(kind) * scale);
    }
  }

  /** Per call or message, or per minute; 0 = this seed does without. */
  rateOf(kind: FaultKind): number {
    return this.#rates.get(kind) ?? 0;
  }

  /** Whether it happens now; counted. */
  strikes(kind: PointFault): boolean {
    const rate = this.isActive ? this.rateOf(kind) : 0;
    if (rate === 0 || this.#random() >= rate) return false;
    this.hit(kind);
    return true;
  }

  hit(kind: FaultKind): void {
    this.hits.set(kind, (this.hits.get(kind) ?? 0) + 1);
  }
}

const usualRate = (kind: FaultKind): number =>
  (kind in POINT_FAULTS ? POINT_FAULTS[kind as PointFault] : WORLD_FAULTS[kind as WorldFault])[0];
