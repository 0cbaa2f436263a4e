import type { NatsAuth } from '../../proto/nats/auth.js';
import type { UserKey } from '../../proto/nats/user-key.js';
import type { NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { becomes } from '../auth/confirm.js';
import { closeCall, openCall, type Parting, partWith } from '../auth/joining.js';
import { agentName } from '../auth/users.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { serverRuleAt, tlsOfEnvironment } from '../target/target.js';
import { askApprovalUntil } from './approval.js';
import { addressOf, changeKeys, reload, tellServer } from './auth-server.js';
import { connected } from './join-connection.js';

/** A node, and the folder that its keys are in. */
interface KeptNode {
  readonly folder: string;
  readonly node: NodeId;
}

/** The agent whose key is to be useless. */
interface RevokedAgent extends KeptNode {
  /** Absent = its file is not here. */
  readonly key?: NatsAuth;
}

/** By the default `lease` another coordinator has taken over by then, ms. */
const PATIENCE_MS = 15_000;

/**
 * Makes the key of an agent useless, then has the approval of its node taken back, so that the next
 * key of that name is not approved by it. The exit code is that of the key: without a coordinator
 * that answers, the command that is left to do is said, and the folder notes that it is left.
 */
export async function revokeAgent(app: App, agent: RevokedAgent): Promise<ExitCode> {
  const { folder, node, key } = agent;
  const parted = changeKeys(folder, (now) => partWith(folder, now, node));
  if (!parted.ok) return refuse(app, parted.error);
  const { record } = parted.value;
  app.output.message(`${agentName(node)} has no key any more.`);
  const change = { record, expected: 'refused', ...(key === undefined ? {} : { key }) } as const;
  const code = await reload(app, folder, change);
  const taken = await callOff(app, agent, { ...parted.value, isTold: code === 0 });
  if (!taken.ok) return refuse(app, taken.error);
  const { faults } = taken.value;
  if (faults.length > 0) app.output.problem(isStillApproved(node, faults));
  return code;
}

/**
 * Before another key of an agent is made: ends what an earlier one of that name was approved for,
 * where no coordinator answered when it was revoked. The fault says why that cannot be done now.
 */
export async function endEarlierApproval(app: App, at: KeptNode): Promise<Result<void>> {
  const { folder, node } = at;
  const opened = changeKeys(folder, (now) =>
    ok(now.stillApproved?.includes(node) === true ? openCall(folder, now, node) : undefined),
  );
  if (!opened.ok) return opened;
  if (opened.value === undefined) return ok(undefined);
  const told = tellServer(folder, opened.value.record);
  const isTold = told.ok && told.value !== 'absent';
  const taken = await callOff(app, at, { ...opened.value, isTold });
  if (!taken.ok) return taken;
  const { faults } = taken.value;
  return faults.length === 0 ? ok(undefined) : err([unavailable(leftBefore(node, faults))]);
}

/** Why the approval stands still; none = it does not. */
interface CalledOff {
  readonly faults: readonly Fault[];
}

/** Has a coordinator take the approval back; the folder forgets the key of that call. */
async function callOff(
  app: App,
  { folder, node }: KeptNode,
  { record, welcoming, isTold }: Parting & { readonly isTold: boolean },
): Promise<Result<CalledOff>> {
  const taken = await (!welcoming.ok
    ? welcoming
    : isTold
      ? takeBack(app, { folder, node }, { cluster: record.cluster, key: welcoming.value })
      : err([UNTOLD]));
  const isDone = taken.ok || isUnknown(taken.error);
  const closed = changeKeys(folder, (now) => closeCall(folder, now, { node, welcoming, isDone }));
  if (!closed.ok) return closed;
  // Nobody has that key, and the server was told of the one that was revoked.
  tellServer(folder, closed.value);
  if (taken.ok) app.output.message(`${node} is not approved any more.`);
  return ok({ faults: isDone || taken.ok ? [] : taken.error });
}

const whyOf = ([fault]: readonly Fault[]): string => fault?.message.replace(/\.$/, '') ?? '';

const isStillApproved = (node: NodeId, faults: readonly Fault[]): string =>
  `The approval of ${node} could not be taken back (${whyOf(faults)}): dqoes auth add-agent ` +
  `${node} does so before it makes another key. Where coordinator.yaml has registration: ` +
  `approved and keys are made elsewhere, too, run dqoes node unapprove ${node}, before another ` +
  'host gets a key of that name.';

const leftBefore = (node: NodeId, faults: readonly Fault[]): string =>
  `no key was made: ${node} is still approved by what the host was whose key was revoked, and ` +
  `that could not be taken back (${whyOf(faults)}): start a coordinator, and try again`;

/** The coordinator knows no node of that name, so none is approved. */
const isUnknown = (faults: readonly Fault[]): boolean =>
  faults.every(({ code }) => code === 'service.not-found');

const unavailable = (message: string): Fault => ({
  code: 'service.unavailable',
  field: '',
  message,
});
const UNTOLD = unavailable('the NATS server has not been told');
const NO_ADDRESS = unavailable('DQOES_NATS_URL does not say where NATS is');

async function takeBack(
  app: App,
  { folder, node }: KeptNode,
  { cluster, key }: { readonly cluster: string; readonly key: UserKey },
): Promise<Result<unknown>> {
  const { clock, signal } = app;
  const url = addressOf(app, folder);
  if (url === undefined) return err([NO_ADDRESS]);
  const tls = tlsOfEnvironment(app.config);
  if (!tls.ok) return tls;
  const rule = serverRuleAt(app.config, url);
  if (!rule.ok) return rule;
  const server = {
    url,
    ...(tls.value === undefined ? {} : { tls: tls.value }),
    ...(rule.value === undefined ? {} : { runBy: rule.value }),
  };
  const auth: NatsAuth = { kind: 'nkey', seed: key.seed };
  if (!(await becomes('accepted', { ...server, auth, clock }))) return err([UNTOLD]);
  const client = await connected(app, { ...server, seed: key.seed });
  if (!client.ok) return client;
  const { bus } = client.value;
  const untilMs = clock.now() + PATIENCE_MS;
  const asked = await askApprovalUntil(
    'node-unapprove',
    { bus, cluster, node },
    { clock, untilMs, signal },
  );
  await bus.close();
  return asked.ok ? ok(undefined) : asked;
}
