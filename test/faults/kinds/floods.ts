import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsConnection } from 'nats';
import { headers } from 'nats';
import { permissionsOf } from '../../../proto/permissions.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { BOOT_HEADER, encodeReport } from '../../../proto/telemetry.js';
import type { AllocationId, NodeId } from '../../../shared/ids.js';
import { startFlood } from '../../lib/flood.js';
import { wireCorpus } from '../../lib/fuzz/corpus.js';
import { mutated } from '../../lib/fuzz/mutate.js';
import { bytes } from '../../lib/utf8.js';
import { report } from '../../unit/coordinator/build.js';
import { type Fault, heard, logged, type Play } from './fault.js';

const HOLD_MS = 5000;
/** Calls that are under way at any time. */
const CALLS = 300;
/** Messages between two looks whether the flood is over, and the pause there, ms. */
const BATCH = 100;
const PAUSE_MS = 20;
const RETRY_MS = 200;

/** Sends until it is ended; `next` sends one message. */
function pouring(name: string, with_: Pick<Fault, 'told'>, open: Opened): Fault {
  let end: () => Promise<void> = async () => {};
  return {
    name,
    family: 'flood',
    touches: ['network'],
    holdMs: HOLD_MS,
    keepsLease: true,
    ...with_,
    begin: async (play) => {
      const isOver = { value: false };
      const running = pour(() => open(play), isOver);
      end = async () => {
        isOver.value = true;
        await running;
      };
    },
    end: () => end(),
  };
}

async function pour(open: () => Promise<Opening>, isOver: { readonly value: boolean }) {
  while (!isOver.value) {
    const opened = await openedAtLast(open, isOver);
    if (opened === undefined) return;
    await sendAll(opened, isOver);
    await opened.close();
  }
}

// Ends early where the connection does: another fault put a server with other keys in the place.
async function sendAll({ send }: Opening, isOver: { readonly value: boolean }) {
  while (!isOver.value) {
    try {
      for (let i = 0; i < BATCH; i += 1) send();
    } catch {
      return;
    }
    await sleep(PAUSE_MS);
  }
}

// Another fault may hold the server down, or put another one there, when the flood begins.
async function openedAtLast(open: () => Promise<Opening>, isOver: { readonly value: boolean }) {
  while (!isOver.value) {
    try {
      return await open();
    } catch {
      await sleep(RETRY_MS);
    }
  }
  return undefined;
}

interface Opening {
  readonly send: () => void;
  readonly close: () => Promise<void>;
}

type Opened = (play: Play) => Promise<Opening>;

/** A connection with a stolen key; what the server refuses of it is no matter. */
async function stolen({ cluster }: Play, key: string): Promise<NatsConnection> {
  return cluster.guarded.raw(key);
}

const forgedReports: Opened = async (play) => {
  const { cluster, random } = play;
  const node = cluster.name as NodeId;
  const connection = await stolen(play, `agent-${node}`);
  const subject = subjectsOf(cluster.name).telemetry(node);
  return {
    send: () => {
      const bootId = `forged-${Math.floor(random() * 50)}`;
      const sequence = random() < 0.3 ? 2 ** 53 - 1 : Math.floor(random() * 1000);
      const sent = headers();
      sent.set(BOOT_HEADER, bootId);
      const forged = report(node, { bootId, sequence, sentAtMs: performance.now() });
      connection.publish(subject, encodeReport(forged), { headers: sent });
    },
    close: () => connection.close(),
  };
};

/** Junk on every subject that the keys of a viewer and of an agent may publish to. */
const junk: Opened = async (play) => {
  const { cluster, random } = play;
  const node = cluster.name as NodeId;
  const corpus = wireCorpus();
  const keys = await Promise.all([
    stolen(play, 'viewer').then((connection) => ({ connection, role: 'viewer' as const })),
    stolen(play, `agent-${node}`).then((connection) => ({ connection, role: 'agent' as const })),
  ]);
  const targets = keys.flatMap(({ connection, role }) => {
    const principal = role === 'agent' ? { role, node, publicKey: 'U' } : { role, publicKey: 'U' };
    return permissionsOf(principal, cluster.name).publish.map((subject) => ({
      connection,
      subject: subject.replaceAll(/[*>]/g, 'junk'),
    }));
  });
  return {
    send: () => {
      const { connection, subject } = targets[Math.floor(random() * targets.length)] ?? {};
      if (connection === undefined || subject === undefined) return;
      connection.publish(subject, mutated(corpus, random), { reply: `_INBOX.${node}` });
    },
    close: async () => void (await Promise.all(keys.map((key) => key.connection.close()))),
  };
};

const logRequests: Opened = async (play) => {
  const { cluster, observer } = play;
  const node = cluster.name as NodeId;
  const connection = await stolen(play, 'operator');
  const job = observer.seen.find((one) => one.job !== '');
  const allocation = (job?.name ?? '').replace(/^dqoes-/, '') as AllocationId;
  const asked = bytes(JSON.stringify({ allocation, tail: 1000 }));
  return {
    send: () => {
      connection
        .request(subjectsOf(cluster.name).logs(node), asked, { timeout: 5000 })
        .catch(() => undefined);
    },
    close: () => connection.close(),
  };
};

function requests(): Fault {
  let flood: ReturnType<typeof startFlood> | undefined;
  return {
    name: 'service calls of a viewer',
    family: 'flood',
    touches: ['network'],
    holdMs: HOLD_MS,
    keepsLease: true,
    begin: async ({ cluster }) => {
      const { url } = cluster.guarded;
      const auth = cluster.guarded.authOf('viewer');
      flood = startFlood({ url, cluster: cluster.name, names: 0, cores: 0, requests: CALLS, auth });
    },
    end: async () => flood?.stop(),
  };
}

export const FLOOD_FAULTS: readonly Fault[] = [
  requests(),
  pouring('log requests of an operator', {}, logRequests),
  pouring(
    'reports forged with the key of the agent',
    { told: heard('dqoes.node.twin') },
    forgedReports,
  ),
  pouring(
    'junk where a viewer and an agent may publish',
    { told: logged(/refused a|ignored|bus: |api: /) },
    junk,
  ),
];
