import type { NatsAuth } from '../../proto/nats/auth.js';
import type { UserKey } from '../../proto/nats/user-key.js';
import type { NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { becomes } from '../auth/confirm.js';
import { forgetKey, partWith } from '../auth/joining.js';
import { agentName } from '../auth/users.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { tlsOfEnvironment } from '../target/target.js';
import { askApprovalUntil } from './approval.js';
import { addressOf, changeKeys, reload, tellServer } from './auth-server.js';
import { connected } from './join-connection.js';

/** The agent whose key is to be useless. */
interface RevokedAgent {
  readonly folder: string;
  readonly node: NodeId;
  /** Absent = its file is not here. */
  readonly key?: NatsAuth;
}

/** By the default `lease` another coordinator has taken over by then, ms. */
const PATIENCE_MS = 15_000;

/**
 * Makes the key of an agent useless, then has the approval of its node taken back, so that the next
 * key of that name is not approved by it. The exit code is that of the key: without a coordinator
 * that answers, the command that is left to do is said.
 */
export async function revokeAgent(app: App, agent: RevokedAgent): Promise<ExitCode> {
  const { folder, node, key } = agent;
  const parted = changeKeys(folder, (now) => partWith(folder, now, node));
  if (!parted.ok) return refuse(app, parted.error);
  const { record, welcoming } = parted.value;
  app.output.message(`${agentName(node)} has no key any more.`);
  const change = { record, expected: 'refused', ...(key === undefined ? {} : { key }) } as const;
  const code = await reload(app, folder, change);
  if (!welcoming.ok) {
    app.output.problem(isStillApproved(node, welcoming.error));
    return code;
  }
  const asking = { cluster: record.cluster, key: welcoming.value };
  const taken = code === 0 ? await takeBack(app, agent, asking) : err([UNTOLD]);
  const forgotten = changeKeys(folder, (now) => forgetKey(folder, now, welcoming.value));
  if (!forgotten.ok) return refuse(app, forgotten.error);
  // Nobody has this key, and the server was told of the other one above.
  tellServer(folder, forgotten.value);
  if (taken.ok) app.output.message(`${node} is not approved any more.`);
  else if (!isUnknown(taken.error)) app.output.problem(isStillApproved(node, taken.error));
  return code;
}

const isStillApproved = (node: NodeId, [fault]: readonly Fault[]): string =>
  `The approval of ${node} could not be taken back (${fault?.message.replace(/\.$/, '') ?? ''}): ` +
  `where coordinator.yaml has registration: approved, run dqoes node unapprove ${node}, before ` +
  'another host gets a key of that name.';

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
  { folder, node }: RevokedAgent,
  { cluster, key }: { readonly cluster: string; readonly key: UserKey },
): Promise<Result<unknown>> {
  const { clock, signal } = app;
  const url = addressOf(app, folder);
  if (url === undefined) return err([NO_ADDRESS]);
  const tls = tlsOfEnvironment(app.config);
  if (!tls.ok) return tls;
  const server = { url, ...(tls.value === undefined ? {} : { tls: tls.value }) };
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
