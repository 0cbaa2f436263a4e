import { loadCoordinatorConfig } from '../../coordinator/config.js';
import { connectNats, type NatsClient, withoutSecrets } from '../../proto/nats/connect.js';
import { isRefusal } from '../../proto/nats/refusal.js';
import type { Principal } from '../../proto/permissions.js';
import { USER_ROLES } from '../../proto/roles.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import { err, type Fault, type Result } from '../../shared/result.js';
import { agentName, COORDINATOR_NAME } from '../auth/users.js';
import { faultLine } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { INSTALLED_COORDINATOR } from '../shell/service-options.js';
import type { Session } from '../shell/session.js';
import { natsTarget } from '../target/nats-target.js';
import type { NatsTarget } from '../target/target.js';
import { ownVersion, readVersions } from '../versions/show-versions.js';
import { type ClusterFacts, clusterFindings, type PermissionFacts } from './cluster-findings.js';
import { hiddenFindings } from './hidden-files.js';
import { nearestRole, type Trial, trialKey, trialsOf, tryEach } from './permissions.js';
import { type DoctorContext, type DoctorSection, missing } from './section.js';

const TIMEOUT_MS = 5000;

/** Checks NATS, the rights of the key in use, the coordinator, its clock, and all versions. */
export const clusterSection: DoctorSection = {
  name: 'cluster',
  look: async (context) => {
    const target = targetOf(context);
    if (!target.ok) {
      const [what = ''] = target.error.map((fault) => faultLine(fault));
      return [missing('NATS', what, 'put the settings right, or give --nats and --creds')];
    }
    const hidden = context.role === 'agent' ? hiddenFindings(context.host) : [];
    return [...hidden, ...clusterFindings(await lookAtCluster(context, target.value))];
  },
};

/** Where this role connects, and with which key. */
function targetOf({ app, flags, role, host, coordinatorFile }: DoctorContext): Result<NatsTarget> {
  if (role === 'user') return natsTarget(app.config, flags);
  if (role === 'agent') {
    const { natsUrl, nats, cluster, node } = host;
    return serviceTarget(app, flags, { natsUrl, nats, cluster, keyName: agentName(node) });
  }
  const file = coordinatorFile ?? INSTALLED_COORDINATOR;
  const config = loadCoordinatorConfig({ file });
  if (!config.ok) return err(config.error);
  return serviceTarget(app, flags, { ...config.value, keyName: COORDINATOR_NAME });
}

interface ServicePlace {
  readonly natsUrl: string;
  readonly nats: DoctorContext['host']['nats'];
  readonly cluster: string;
  readonly keyName: string;
}

function serviceTarget(
  { config }: App,
  flags: DoctorContext['flags'],
  { natsUrl, nats, cluster, keyName }: ServicePlace,
): Result<NatsTarget> {
  const creds = flags.creds ?? (nats.credentials === '' ? undefined : nats.credentials);
  const hasTls = Object.values(nats.tls).some((path) => path !== '');
  return natsTarget(
    config,
    {
      nats: flags.nats ?? natsUrl,
      cluster: flags.cluster ?? cluster,
      ...(creds === undefined ? {} : { creds }),
    },
    { keyName, credsName: 'nats.credentials', ...(hasTls ? { tls: nats.tls } : {}) },
  );
}

async function lookAtCluster(context: DoctorContext, target: NatsTarget): Promise<ClusterFacts> {
  const { app } = context;
  const refused = new Set<string>();
  const url = target.url.split(',').map(withoutSecrets).join(',');
  const client = await connectNats({
    servers: target.url.split(',').map((server) => server.trim()),
    name: 'dqoes doctor',
    log: silentLog,
    timeoutMs: TIMEOUT_MS,
    mayBeKeyless: true,
    onRefused: ({ listening, subject }) =>
      refused.add(trialKey({ does: listening ? 'subscribe' : 'publish', subject })),
    ...(target.auth === undefined ? {} : { auth: target.auth }),
    ...(target.tls === undefined ? {} : { tls: target.tls }),
  });
  if (!client.ok) {
    const isGuess = target.isGuess === true && !isRefusal(client.error);
    return { connection: { isConnected: false, url, isGuess, ...causeOf(client.error) } };
  }
  const { bus, serverVersion, isEncrypted } = client.value;
  try {
    const askedMs = app.clock.now();
    await bus.flush();
    const roundTripMs = app.clock.now() - askedMs;
    const connection = {
      ...{ isConnected: true as const, url, serverVersion, isEncrypted, roundTripMs },
    };
    const permissions = await tryRights(context, { client: client.value, target, refused });
    const said =
      context.role === 'user' ? await askCoordinator(app, client.value, target.cluster) : {};
    return { connection, permissions, ...said };
  } finally {
    await bus.close();
  }
}

/** The sentence of `connectNats` ends with the cure after a colon. */
export function causeOf(sentence: string): { readonly what: string; readonly cure: string } {
  const [, what = sentence, cure = ''] =
    /cannot be reached \((.*)\): (.*?)\.?$/s.exec(sentence) ?? [];
  return isRefusal(what) ? { what: `refuses this key (${what})`, cure } : { what, cure };
}

interface Rights {
  readonly client: NatsClient;
  readonly target: NatsTarget;
  readonly refused: ReadonlySet<string>;
}

async function tryRights(
  { app, role, host }: DoctorContext,
  { client: { bus }, target, refused }: Rights,
): Promise<PermissionFacts> {
  const publicKey = bus.publicKey ?? NO_KEY;
  const principals: readonly Principal[] =
    role === 'agent'
      ? [{ role, node: host.node, publicKey }]
      : role === 'coordinator'
        ? [{ role, publicKey }]
        : USER_ROLES.map((each) => ({ role: each, publicKey }));
  const roles = principals.map((one) => ({
    role: one.role,
    trials: trialsOf(one, target.cluster).map(withoutKey),
  }));
  const all = new Map(roles.flatMap(({ trials }) => trials.map((one) => [trialKey(one), one])));
  // What nobody needs: where it is allowed, the server asks for no key.
  const open: Trial = { does: 'publish', subject: 'dqoes-doctor.open' };
  const tried = await tryEach([...all.values(), open], { bus, clock: app.clock, refused });
  const allowed = new Set(tried.filter(({ isAllowed }) => isAllowed).map(trialKey));
  const isAllowed = (trial: Trial): boolean => allowed.has(trialKey(trial));
  const nearest = nearestRole(roles, isAllowed);
  const needed = roles.find((each) => each.role === nearest?.role)?.trials ?? [];
  return {
    role: nearest?.role ?? 'viewer',
    tried: needed.map((trial) => ({ ...trial, isAllowed: isAllowed(trial) })),
    isOpen: isAllowed(open),
  };
}

/** Stands in subjects where a key would. */
const NO_KEY = 'no-key';
const withoutKey = (trial: Trial): Trial => ({
  ...trial,
  subject: trial.subject.replace(`.${NO_KEY}`, ''),
});

async function askCoordinator(
  app: App,
  { bus, serverVersion }: NatsClient,
  cluster: string,
): Promise<Partial<ClusterFacts>> {
  const target = { bus, subjects: subjectsOf(cluster), timeoutMs: TIMEOUT_MS };
  const askedAtMs = app.clock.now();
  const answer = await callService(target, 'policy-get', {});
  const uncertaintyMs = (app.clock.now() - askedAtMs) / 2;
  const wallMs = app.clock.wall();
  if (!answer.ok) return { coordinator: silent(answer.error) };
  const { nowMs } = answer.value;
  const clock =
    nowMs === undefined ? null : { offsetMs: nowMs + uncertaintyMs - wallMs, uncertaintyMs };
  const call: Session['call'] = (verb, request) => callService(target, verb, request);
  const versions = await readVersions({ call, natsVersion: serverVersion }, ownVersion(app));
  return {
    coordinator: { what: `answers in ${Math.max(1, Math.round(2 * uncertaintyMs))} ms`, cure: '' },
    clock,
    ...(versions.ok ? { versions: versions.value } : {}),
  };
}

function silent(faults: readonly Fault[]): { readonly what: string; readonly cure: string } {
  const [first] = faults;
  const cure =
    first?.code === 'auth.denied'
      ? 'give a key of a person with --creds'
      : 'see its log (journalctl -u dqoes-coordinator), and whether --cluster is right';
  return { what: first?.message ?? 'gives no answer', cure };
}
