import type { Role } from '../../proto/roles.js';
import { formatDurationMs } from '../../shared/units.js';
import { isLoopback } from '../nats-address.js';
import type { Versions } from '../versions/show-versions.js';
import type { Tried } from './permissions.js';
import { type DoctorFinding, limited, missing, works } from './section.js';

/** The connection to NATS, or why there is none. */
export type ConnectionFacts =
  | {
      readonly isConnected: true;
      readonly url: string;
      readonly serverVersion: string;
      /** What is sent is kept from who is on the way, by TLS. */
      readonly isEncrypted: boolean;
      /** Of one ping and its answer, ms. */
      readonly roundTripMs: number;
    }
  | {
      readonly isConnected: false;
      readonly url: string;
      readonly what: string;
      readonly cure: string;
      /** Nobody named the address: perhaps there is no cluster yet. */
      readonly isGuess?: boolean;
    };

/** What a key may do, held against the role it seems to be for. */
export interface PermissionFacts {
  readonly role: Role;
  readonly tried: readonly Tried[];
  /** The server asks for no key, so that everybody may do everything. */
  readonly isOpen: boolean;
}

/** The clock of the coordinator against that of this machine. */
export interface ClockFacts {
  /** Positive = the coordinator is ahead, ms. */
  readonly offsetMs: number;
  /** Half of the round trip: by so much the offset may be wrong, ms. */
  readonly uncertaintyMs: number;
}

/** What was found of a cluster; what is absent was not asked, or is said by another finding. */
export interface ClusterFacts {
  readonly connection: ConnectionFacts;
  readonly permissions?: PermissionFacts;
  /** Why the coordinator gives no answer, and what to do; '' = it does. */
  readonly coordinator?: { readonly what: string; readonly cure: string };
  /** null = a coordinator of 0.1.0, which does not tell. */
  readonly clock?: ClockFacts | null;
  readonly versions?: Versions;
}

/** Everything about the cluster, line by line. */
export const clusterFindings = (facts: ClusterFacts): readonly DoctorFinding[] => [
  connectionFinding(facts.connection),
  ...encryptionFindings(facts.connection),
  ...(facts.permissions === undefined ? [] : permissionFindings(facts.permissions)),
  ...(facts.coordinator === undefined ? [] : [coordinatorFinding(facts.coordinator)]),
  ...(facts.clock === undefined ? [] : [clockFinding(facts.clock)]),
  ...(facts.versions === undefined ? [] : [versionFinding(facts.versions)]),
];

/** Slower than this, an agent's report is old when it arrives, ms. */
const SLOW_ROUND_TRIP_MS = 250;

function connectionFinding(facts: ConnectionFacts): DoctorFinding {
  if (!facts.isConnected) {
    const said = `${facts.url}: ${facts.what}`;
    if (facts.isGuess !== true) return missing('NATS', said, facts.cure);
    return limited('NATS', `no cluster was named, and ${said}`, `${facts.cure}, with --nats`);
  }
  const { url, serverVersion, roundTripMs } = facts;
  const detail = `${url}, version ${serverVersion || 'not said'}, ${roundTripText(roundTripMs)}`;
  if (roundTripMs <= SLOW_ROUND_TRIP_MS) return works('NATS', detail);
  return limited('NATS', detail, 'look at the network between here and the server, and its load');
}

/** Nobody else reads what stays on this machine. */
function encryptionFindings(facts: ConnectionFacts): readonly DoctorFinding[] {
  if (!facts.isConnected || isLoopback(facts.url)) return [];
  if (facts.isEncrypted) return [works('TLS', 'what is sent to NATS is encrypted')];
  return [
    limited(
      'TLS',
      `${facts.url} is not on this machine, and what is sent there is not encrypted: who is on ` +
        'the way can read and change it',
      'give nats-server a tls block, and the programs nats.tls.ca (docs/security.md), unless the ' +
        'network is yours alone',
    ),
  ];
}

const roundTripText = (ms: number): string =>
  `round trip ${ms < 1 ? 'under 1ms' : formatDurationMs(Math.round(ms))}`;

/** Beyond this, lines of refused subjects are counted, not listed. */
const MAX_LISTED = 8;

function permissionFindings({ role, tried, isOpen }: PermissionFacts): readonly DoctorFinding[] {
  if (isOpen)
    return [
      limited(
        'rights',
        'the server asks for no key: whoever reaches it may do everything',
        'make keys with dqoes auth init, unless the network is yours alone (docs/security.md)',
      ),
    ];
  const refused = tried.filter(({ isAllowed }) => !isAllowed);
  const cure = cureOf(role);
  const each = tried.map((one): DoctorFinding => {
    const what = `may ${one.does}`;
    if (one.isAllowed) return { ...works(what, one.subject), isMinor: true };
    const finding = missing(what, `not ${one.subject}`, cure);
    return refused.indexOf(one) < MAX_LISTED ? finding : { ...finding, isMinor: true };
  });
  const count = `${tried.length - refused.length} of ${tried.length} that the role ${role} needs`;
  const all = refused.length === 0 ? works('rights', count) : missing('rights', count, cure);
  return [all, ...each];
}

function cureOf(role: Role): string {
  if (role === 'agent')
    return 'dqoes auth update, then reload the server; or a key of this node: dqoes auth add-agent';
  if (role === 'coordinator') return 'dqoes auth update, then reload the server';
  return 'dqoes auth update, then reload the server; or a key of another role: dqoes auth add-user';
}

const coordinatorFinding = ({
  what,
  cure,
}: {
  readonly what: string;
  readonly cure: string;
}): DoctorFinding =>
  cure === '' ? works('coordinator', what) : missing('coordinator', what, cure);

/** Times of events and audit lines are told apart to this, ms. */
const MAX_OFFSET_MS = 2000;

function clockFinding(clock: ClockFacts | null): DoctorFinding {
  if (clock === null)
    return limited('clock', 'a coordinator of 0.1.0 does not tell the time', 'upgrade it');
  const { offsetMs, uncertaintyMs } = clock;
  const size = Math.abs(offsetMs);
  const within = `to ${formatDurationMs(Math.max(1, Math.ceil(uncertaintyMs)))}`;
  if (size - uncertaintyMs <= MAX_OFFSET_MS) {
    const agrees = size <= uncertaintyMs ? 'that of the coordinator' : offsetText(offsetMs);
    return works('clock', `${agrees}, ${within}`);
  }
  return limited(
    'clock',
    `${offsetText(offsetMs)}, ${within}`,
    'let both machines keep time by NTP (timedatectl set-ntp true): ages and --since are wrong',
  );
}

const offsetText = (offsetMs: number): string =>
  `the coordinator is ${formatDurationMs(Math.round(Math.abs(offsetMs)))} ` +
  `${offsetMs > 0 ? 'ahead' : 'behind'}`;

function versionFinding({ parts, skew: { skew, text, cure } }: Versions): DoctorFinding {
  if (skew === 'none') {
    if (text !== '') return limited('versions', text, cure);
    const ours = parts.filter(({ program }) => program !== 'nats-server');
    return works('versions', `${ours.length} parts, all ${parts[0]?.version ?? ''}`);
  }
  return skew === 'apart' ? missing('versions', text, cure) : limited('versions', text, cure);
}
