import { existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadAgentConfig } from '../../agent/config.js';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { createUserKey, type UserKey } from '../../proto/nats/user-key.js';
import { subjectsOf } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import { becomes } from '../auth/confirm.js';
import { createHostKey, isHiddenFromService } from '../auth/host-key.js';
import { encodeJoin, type JoinToken, parseJoinReply, parseToken } from '../auth/join.js';
import {
  INSTALLED_AGENT,
  installedAgent,
  type JoinedSettings,
  joinedText,
  joinedValues,
  type StagedSettings,
  stageJoined,
} from '../auth/joined-settings.js';
import { hasReadAgain } from '../auth/read-again.js';
import { caFileOf, writeCa } from '../auth/token-ca.js';
import type { CliConfig } from '../config.js';
import { NO_TLS, type TlsPaths } from '../credentials.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import type { CommonFlags } from '../shell/options.js';
import { readText } from '../shell/read-text.js';
import { refuse } from '../shell/session.js';
import { serverRuleAt, TLS_VARIABLES, tlsOfEnvironment } from '../target/target.js';
import {
  addressFault,
  connected,
  type MeetingServer,
  unavailable,
  usage,
} from './join-connection.js';

/** The flags of `dqoes join`. */
export interface JoinFlags extends CommonFlags {
  /** `agent.yaml`, beside which the key and the settings go. */
  readonly config?: string;
  readonly out?: string;
  readonly nats?: string;
}

const CALL_MS = 10_000;
const MAX_TOKEN_BYTES = 8192;

/**
 * Makes the key of this host's agent, and has it accepted. Where a package has installed the agent,
 * or `--config` names its file, key and settings go there; else the settings are printed. What can
 * be refused here is refused before the token is used.
 */
export async function joinCluster(app: App, word: string, flags: JoinFlags): Promise<ExitCode> {
  const text = word === '-' ? await readText(app, '-', { maxBytes: MAX_TOKEN_BYTES }) : ok(word);
  if (!text.ok) return refuse(app, [usage('token', `the token ${text.error}`)]);
  const token = parseToken(text.value);
  if (!token.ok) return refuse(app, [usage('token', `the token ${token.error}`)]);
  const bad = addressFault(flags.nats);
  if (bad !== undefined) return refuse(app, [bad]);
  const url = flags.nats ?? token.value.url;
  const tls = tlsOfEnvironment(app.config);
  if (!tls.ok) return refuse(app, tls.error);
  const rule = serverRuleAt(app.config, url);
  if (!rule.ok) return refuse(app, rule.error);
  const agentFile = agentFileOf(flags);
  const settings = settingsOf(app.config, { ...token.value, url }, keyFileOf(flags, token.value));
  const prepared = prepare(agentFile, settings);
  if (!prepared.ok) return refuse(app, prepared.error);
  const key = createUserKey();
  const caFile = isCaOfToken(app.config, token.value) ? settings.tls?.ca : undefined;
  const met = caFile === undefined ? tls.value : { ...tls.value, caFile };
  const server = {
    ...{ ...token.value, url },
    ...(met === undefined ? {} : { tls: met }),
    ...(rule.value === undefined ? {} : { runBy: rule.value }),
  };
  const joined = await joinWith(app, { key, server, path: settings.credentials, caFile });
  if (joined.ok) return applied(app, { agentFile, settings, staged: prepared.value });
  prepared.value?.file.discard();
  return refuse(app, joined.error);
}

/** `--out` alone asks for the key only. */
function agentFileOf({ config, out }: JoinFlags): string | undefined {
  if (config !== undefined) return resolve(config);
  return out === undefined ? installedAgent(process.getuid?.() === 0) : undefined;
}

function keyFileOf(flags: JoinFlags, { node }: JoinToken): string {
  const agentFile = agentFileOf(flags);
  const folder = agentFile === undefined ? '.' : dirname(agentFile);
  return resolve(flags.out ?? join(folder, `agent-${node}.nk`));
}

/** What is named on this host comes before what the token brings. */
const isCaOfToken = ({ natsTls }: CliConfig, { ca }: JoinToken): boolean =>
  natsTls.ca === '' && ca !== undefined;

/**
 * The agent meets the same server as this command, so it is given the same certificates, and the
 * user who runs that server.
 */
function settingsOf(config: CliConfig, token: JoinToken, credentials: string): JoinedSettings {
  const { node, cluster, url, coordinatorKeys } = token;
  const tls = wholePaths(config.natsTls);
  const { natsServerUser: serverUser } = config;
  return {
    ...{ node, cluster, url, credentials },
    ...(serverUser === undefined ? {} : { serverUser }),
    ...(coordinatorKeys === undefined ? {} : { coordinatorKeys }),
    tls: isCaOfToken(config, token) ? { ...tls, ca: caFileOf(credentials) } : tls,
  };
}

const wholePaths = ({ ca, cert, key }: TlsPaths): TlsPaths => {
  const whole = (path: string): string => (path === '' ? '' : resolve(path));
  return { ca: whole(ca), cert: whole(cert), key: whole(key) };
};

/**
 * Writes the settings beside their place; undefined = they are to be printed. Where those that are
 * there have a fault no agent would start with them; what joining replaces has none any more.
 */
function prepare(
  agentFile: string | undefined,
  settings: JoinedSettings,
): Result<StagedSettings | undefined> {
  if (agentFile === undefined) return ok(undefined);
  const hidden = agentFile === INSTALLED_AGENT ? hiddenFile(settings) : undefined;
  if (hidden !== undefined)
    return err([
      usage(
        hidden.from,
        `${hidden.from}: dqoes-agent sees nothing of /home, /root and /tmp, so not ` +
          `${hidden.path}: put it into ${dirname(INSTALLED_AGENT)}`,
      ),
    ]);
  const staged = stageJoined(agentFile, settings);
  if (!staged.ok) return err([usage('config', staged.error)]);
  const then = loadAgentConfig({ file: agentFile, overrides: joinedValues(settings) });
  if (then.ok) return staged;
  staged.value.file.discard();
  return then;
}

function hiddenFile({ credentials, tls = NO_TLS }: JoinedSettings) {
  const files = [
    { from: '--out', path: credentials },
    { from: TLS_VARIABLES.ca, path: tls.ca },
    { from: TLS_VARIABLES.cert, path: tls.cert },
    { from: TLS_VARIABLES.key, path: tls.key },
  ];
  return files.find(({ path }) => isHiddenFromService(path));
}

interface Joining {
  readonly key: UserKey;
  readonly server: JoinToken & Pick<MeetingServer, 'tls' | 'runBy'>;
  /** Where the key goes. */
  readonly path: string;
  /** Where the certificates of the token go; undefined = nowhere. */
  readonly caFile: string | undefined;
}

/** Keeps the key, and the certificates, where the host has joined, and only there. */
async function joinWith(app: App, { key, server, path, caFile }: Joining): Promise<Result<void>> {
  const { node, cluster, ca = [] } = server;
  const written = createHostKey(path, { node, cluster, seed: key.seed });
  if (!written.ok) return err([usage('out', written.error)]);
  const placed = caFile === undefined ? ok(() => {}) : writeCa(caFile, ca);
  const joined = placed.ok ? await ask(app, server, key) : err([usage('out', placed.error)]);
  if (joined.ok) return joined;
  rmSync(path, { force: true });
  if (placed.ok) placed.value();
  return joined;
}

interface Applying {
  readonly agentFile: string | undefined;
  readonly settings: JoinedSettings;
  readonly staged: StagedSettings | undefined;
}

/** The agent gets its settings, and is told when it runs as the installed service. */
function applied(app: App, { agentFile, settings, staged }: Applying): ExitCode {
  app.output.data(settings.credentials);
  app.output.message(`This host is ${settings.node} of cluster ${settings.cluster} now.`);
  if (staged === undefined) {
    app.output.message(`In agent.yaml:\n${joinedText(settings).trimEnd()}`);
    return 0;
  }
  const placed = placedIn(staged);
  if (!placed.ok) {
    app.output.message(`To be written by hand:\n${joinedText(settings).trimEnd()}`);
    return refuse(app, [usage('config', placed.error)]);
  }
  app.output.message(`The settings of its agent are in ${staged.path}.`);
  if (agentFile !== INSTALLED_AGENT || !existsSync('/run/systemd/system')) return 0;
  app.output.message(
    hasReadAgain()
      ? 'dqoes-agent reads them now.'
      : 'dqoes-agent could not be told: run systemctl restart dqoes-agent.',
  );
  return 0;
}

function placedIn({ path, file }: StagedSettings): Result<void, string> {
  try {
    file.replace();
    return ok(undefined);
  } catch (cause) {
    return err(`the settings cannot be put into ${path} (${messageOf(cause)}): write them there`);
  } finally {
    file.discard();
  }
}

/** Asks by the token, then sees that the key of this host is known. */
async function ask(app: App, server: Joining['server'], key: UserKey): Promise<Result<void>> {
  const { url, cluster, node, tls } = server;
  const client = await connected(app, server);
  if (!client.ok) return client;
  const { bus } = client.value;
  const request = encodeJoin({ publicKey: key.publicKey });
  const answer = await bus.request(subjectsOf(cluster).join(node), request, { timeoutMs: CALL_MS });
  await bus.close();
  if (!answer.ok)
    return err([unavailable('nobody answers this token: it is late, was used, or was taken back')]);
  const reply = parseJoinReply(answer.value.data);
  if (reply === undefined || !('joined' in reply))
    return err([unavailable(`the token was refused: ${reply?.refused ?? 'no readable answer'}`)]);
  const auth: NatsAuth = { kind: 'nkey', seed: key.seed };
  const check = { url, auth, clock: app.clock, ...(tls === undefined ? {} : { tls }) };
  if (await becomes('accepted', check)) return ok(undefined);
  return err([unavailable(notAccepted(node))]);
}

/** The key may not even be written down where keys are, so that it is no use to keep it here. */
const notAccepted = (node: string): string =>
  'the NATS server has not accepted the key within 10 s, and the key was removed again: see its ' +
  'log. Where server/nats.conf is copied to servers by hand the key has to be made before: ' +
  `dqoes auth revoke agent-${node}, then dqoes auth add-agent ${node} without --token`;
