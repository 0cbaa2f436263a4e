import type { NatsAuth, NatsTls } from '../../proto/nats/auth.js';
import type { ServerRule } from '../../proto/nats/connect.js';
import { ok, type Result } from '../../shared/result.js';
import { OPERATOR_NAME } from '../auth/users.js';
import type { CliConfig } from '../config.js';
import { type Context, contextAuth, contextLabel } from '../contexts/context.js';
import { NO_TLS, readCredentials, readTls, type TlsNames, type TlsPaths } from '../credentials.js';
import { plainAddress } from '../nats-address.js';
import { type RunningStack, runningStacks } from '../up/running-stacks.js';
import { clusterOf, givenPlace, type Place } from './given-place.js';
import { lentKey } from './lent-key.js';
import { ruleOfGuess, ruleOfSetting, ruleOfUp } from './server-rule.js';

/** Address of NATS, and the credentials to use there. */
export interface NatsTarget {
  readonly url: string;
  readonly auth?: NatsAuth;
  readonly tls?: NatsTls;
  /** Name of the cluster there. */
  readonly cluster: string;
  /** Where the address came from, for messages. */
  readonly from: string;
  /** The person named no address: it was found, or is the usual one. Absent = it was named. */
  readonly isGuess?: boolean;
  /** What to say beside it where nobody answers there. */
  readonly hint?: string;
  /** Public keys of the coordinators by the context, comma-separated. */
  readonly coordinatorKeys?: string;
  /** Who may run the server, where it is on this machine; absent = it is not known. */
  readonly runBy?: ServerRule;
}

/** Flags that choose a cluster. */
export interface TargetFlags {
  readonly nats?: string;
  readonly creds?: string;
  readonly cluster?: string;
  /** Name of a context. */
  readonly context?: string;
}

/** How a program that is no command line looks for its cluster. */
export interface TargetOptions {
  /** Name of the key to take of a `dqoes up` of this user; default that of the operator. */
  readonly keyName?: string;
  /** From a settings file; default what the environment says. */
  readonly tls?: TlsPaths;
  readonly tlsNames?: TlsNames;
  /** Where `creds` comes from, for messages. */
  readonly credsName?: string;
}

/**
 * A cluster whose address is given, as `natsTarget` finds it: no context is looked for, and none of
 * what reads one is loaded.
 */
export function givenTarget(
  config: CliConfig,
  flags: Pick<TargetFlags, 'creds' | 'cluster'> & { readonly nats: string },
  options: TargetOptions = {},
): Result<NatsTarget> {
  const cluster = clusterOf(config, flags.cluster);
  if (!cluster.ok) return cluster;
  const place = givenPlace(flags.nats, cluster.value, '--nats');
  return place.ok ? targetAt(config, { place: place.value, flags, options }) : place;
}

/** A place, and what of the command line and of the program says who we are there. */
export interface PlaceToReach {
  readonly place: Place;
  readonly flags: Pick<TargetFlags, 'creds'>;
  readonly options: TargetOptions;
}

/** The address of a place, with the credentials to use there. */
export function targetAt(
  config: CliConfig,
  { place, flags, options }: PlaceToReach,
): Result<NatsTarget> {
  const { context, isNamed, ...found } = place;
  const tls = tlsOf(config, options, place);
  if (!tls.ok) return tls;
  const up = upAt(config, place);
  const auth = authOf(config, { flags, options, place, up });
  if (!auth.ok) return auth;
  const keys = coordinatorKeysOf(config, place);
  const isUnknown = up === undefined && found.isGuess === true && auth.value === undefined;
  const said = saidRule(config, place);
  if (!said.ok) return said;
  const guessed = isUnknown ? ruleOfGuess(found.url) : undefined;
  const runBy = up === undefined ? (said.value ?? guessed) : ruleOfUp(up);
  return ok({
    ...found,
    ...(runBy === undefined ? {} : { runBy }),
    ...(auth.value === undefined ? {} : { auth: auth.value }),
    ...(tls.value === undefined ? {} : { tls: tls.value }),
    ...(keys === undefined ? {} : { coordinatorKeys: keys }),
  });
}

/** The variables of the environment that name the files of TLS. */
export const TLS_VARIABLES: TlsNames = {
  ca: 'DQOES_NATS_TLS_CA',
  cert: 'DQOES_NATS_TLS_CERT',
  key: 'DQOES_NATS_TLS_KEY',
};

/**
 * TLS by the environment alone, for who brings an address and a key of another source: a key of the
 * environment that is missing does not matter to them. undefined = none is asked for.
 */
export const tlsOfEnvironment = ({ natsTls }: CliConfig): Result<NatsTls | undefined> =>
  readTls(natsTls, TLS_VARIABLES);

const tlsNamesOf = (context: Context): TlsNames => {
  const of = (key: string): string =>
    `${context.kind === 'nats' ? key : `nats.tls.${key}`} of ${contextLabel(context)}`;
  return { ca: of('ca'), cert: of('cert'), key: of('key') };
};

function tlsOf(
  config: CliConfig,
  { tls, tlsNames }: TargetOptions,
  { context, isNamed }: Place,
): Result<NatsTls | undefined> {
  if (tls !== undefined) return readTls(tls, tlsNames ?? TLS_VARIABLES);
  const ofContext = context?.tls ?? NO_TLS;
  const isGiven = Object.values(ofContext).some((path) => path !== '');
  const isContext = isGiven && (isNamed === true || config.natsTls === NO_TLS);
  return isContext && context !== undefined
    ? readTls(ofContext, tlsNamesOf(context))
    : tlsOfEnvironment(config);
}

interface AuthSources extends PlaceToReach {
  /** The `dqoes up` that listens there. */
  readonly up: RunningStack | undefined;
}

/** The `dqoes up` of this machine that listens there; undefined = none does. */
const upAt = ({ runtimeDirs }: CliConfig, { url }: Pick<Place, 'url'>): RunningStack | undefined =>
  runtimeDirs
    .flatMap((folder) => runningStacks([folder]))
    .find((each) => plainAddress(each.url) === plainAddress(url));

function authOf(
  config: CliConfig,
  { flags, options, place, up }: AuthSources,
): Result<NatsAuth | undefined> {
  const { credsName = '--creds', keyName = OPERATOR_NAME } = options;
  const { context, isNamed } = place;
  if (flags.creds !== undefined) return readCredentials(flags.creds, credsName);
  const hasLogin = context?.login !== undefined;
  if (context !== undefined && hasLogin && isNamed === true) return contextAuth(context);
  if (config.natsCreds !== undefined) return readCredentials(config.natsCreds, 'DQOES_NATS_CREDS');
  if (context !== undefined && hasLogin) return contextAuth(context);
  return up === undefined ? ok(undefined) : lentKey(up, keyName);
}

function coordinatorKeysOf(config: CliConfig, { context, isNamed }: Place): string | undefined {
  const [first, second] =
    isNamed === true
      ? [context?.coordinatorKeys, config.coordinatorKeys]
      : [config.coordinatorKeys, context?.coordinatorKeys];
  return first ?? second;
}

/** Who runs the server, as the environment or the context says; undefined = neither does. */
function saidRule(
  { natsServerUser }: CliConfig,
  { context, isNamed }: Place,
): Result<ServerRule | undefined> {
  const isContext = isNamed === true || natsServerUser === undefined;
  if (context?.serverUser !== undefined && isContext)
    return ruleOfSetting(context.serverUser, `nats.server-user of ${contextLabel(context)}`);
  return ruleOfSetting(natsServerUser ?? '', SERVER_USER_VARIABLE);
}
const SERVER_USER_VARIABLE = 'DQOES_NATS_SERVER_USER';

/**
 * Who may run the server at an address of another source, as of a token: a `dqoes up` that is found
 * there goes before the environment. undefined = neither says it.
 */
export function serverRuleAt(config: CliConfig, url: string): Result<ServerRule | undefined> {
  const said = ruleOfSetting(config.natsServerUser ?? '', SERVER_USER_VARIABLE);
  const up = said.ok ? upAt(config, { url }) : undefined;
  return up === undefined ? said : ok(ruleOfUp(up));
}
