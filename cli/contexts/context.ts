import type { NatsAuth } from '../../proto/nats/auth.js';
import { err, ok, type Result } from '../../shared/result.js';
import { badConfig, readCredentials, readSecret, type TlsPaths } from '../credentials.js';

/** How a context says who somebody is; files are read only when a connection is made. */
export type ContextLogin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'password-file'; readonly user: string; readonly path: string }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** Whose file it is: ours, or that of the `nats` program. */
export type ContextKind = 'dqoes' | 'nats';

/** What the file of a context says. */
export interface Context {
  readonly name: string;
  readonly kind: ContextKind;
  readonly path: string;
  readonly description?: string;
  /** Address of NATS, or several with commas; absent = the default address. */
  readonly url?: string;
  readonly cluster?: string;
  readonly login?: ContextLogin;
  readonly tls: TlsPaths;
  /** Name or number of the user who runs NATS, where that is on this machine. */
  readonly serverUser?: string;
  /** Address of the console. */
  readonly console?: string;
  /** Public keys of the coordinators, comma-separated. */
  readonly coordinatorKeys?: string;
}

/** How messages call it. */
export const contextLabel = ({ kind, name }: Pick<Context, 'kind' | 'name'>): string =>
  kind === 'nats' ? `the nats context ${name}` : `the context ${name}`;

/** Reads the files in which the context keeps its key or password; undefined = it has neither. */
export function contextAuth(context: Context): Result<NatsAuth | undefined> {
  const { login } = context;
  const from = contextLabel(context);
  if (login === undefined) return ok(undefined);
  if (login.kind === 'file') return readCredentials(login.path, from);
  if (login.kind !== 'password-file') return ok(login);
  const text = readSecret(login.path, from);
  if (!text.ok) return text;
  const password = text.value.replace(/\r?\n$/, '');
  if (password !== '') return ok({ kind: 'password', user: login.user, password });
  const message = `The password file ${login.path} (from ${from}) is empty: write the password.`;
  return err([badConfig('nats.password-file', message)]);
}

/** Whether an address itself holds a password or a token: `nats://user:password@host`. */
export const holdsSecret = (url: string): boolean => url.split(',').some((each) => USER.test(each));

/** The address as it may be shown. */
export const shownUrl = (url: string): string =>
  url
    .split(',')
    .map((each) => each.replace(USER, '$1(hidden)@'))
    .join(',');

const USER = /^(\s*(?:[a-z]+:\/\/)?)[^/@]*@/i;
