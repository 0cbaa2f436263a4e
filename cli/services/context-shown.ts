import { type Context, shownUrl } from '../contexts/context.js';
import { type ColumnFit, NAME_FIT, TEXT_FIT } from '../output/fit.js';
import type { Column } from '../output/table.js';
import { DEFAULT_URL } from '../target/place.js';

/** A context as `-o json` prints it; no secret is in it. */
export interface ShownContext {
  readonly name: string;
  readonly kind: 'dqoes' | 'nats';
  readonly isCurrent: boolean;
  readonly path: string;
  /** Why it cannot be used; then nothing below is there. */
  readonly problem?: string;
  readonly description?: string;
  readonly nats?: string;
  readonly cluster?: string;
  /** How it says who you are. */
  readonly login?: 'key' | 'password' | 'token';
  readonly user?: string;
  /** The file with the key or the password. */
  readonly loginFile?: string;
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Who runs NATS, where that is on this machine. */
  readonly serverUser?: string;
  readonly console?: string;
  readonly coordinatorKeys?: string;
}

/** What a context says, without its secrets. */
export function shownOf(context: Context, isCurrent: boolean): ShownContext {
  const { name, kind, path, login, tls, description, console: page } = context;
  const { serverUser, coordinatorKeys } = context;
  const given = Object.fromEntries(Object.entries(tls).filter(([, file]) => file !== ''));
  return {
    ...{ name, kind, isCurrent, path },
    ...(description === undefined ? {} : { description }),
    nats: shownUrl(context.url ?? DEFAULT_URL),
    ...(context.cluster === undefined ? {} : { cluster: context.cluster }),
    ...loginOf(login),
    ...(Object.keys(given).length === 0 ? {} : { tls: given }),
    ...(serverUser === undefined ? {} : { serverUser }),
    ...(page === undefined ? {} : { console: page }),
    ...(coordinatorKeys === undefined ? {} : { coordinatorKeys }),
  };
}

type ShownLogin = Pick<ShownContext, 'login' | 'user' | 'loginFile'>;
function loginOf(login: Context['login']): ShownLogin {
  switch (login?.kind) {
    case undefined:
      return {};
    case 'file':
      return { login: 'key', loginFile: login.path };
    case 'password-file':
      return { login: 'password', user: login.user, loginFile: login.path };
    case 'password':
      return { login: 'password', user: login.user };
    case 'token':
      return { login: 'token' };
  }
}

/** Columns of `dqoes context ls`; those in which nothing stands are left out. */
export const contextColumns = (rows: readonly ShownContext[]): readonly Column<ShownContext>[] => [
  ...COLUMNS,
  ...(rows.some(({ description }) => description !== undefined) ? [DESCRIPTION] : []),
  ...(rows.some(({ problem }) => problem !== undefined) ? [PROBLEM] : []),
];

/** Addresses differ at their hosts; the port at the end says less. */
const ADDRESS_FIT: ColumnFit = { minWidth: 16 };

const COLUMNS: readonly Column<ShownContext>[] = [
  { title: 'CURRENT', cell: ({ isCurrent }) => (isCurrent ? '*' : '') },
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => name },
  { title: 'OF', optional: true, cell: ({ kind }) => kind },
  { title: 'NATS', ...ADDRESS_FIT, cell: ({ nats = '-' }) => nats },
  { title: 'CLUSTER', ...NAME_FIT, cell: ({ cluster = '-' }) => cluster },
  { title: 'LOGIN', cell: ({ login = '-' }) => login },
];
const DESCRIPTION: Column<ShownContext> = {
  title: 'DESCRIPTION',
  ...TEXT_FIT,
  optional: true,
  cell: ({ description = '' }) => description,
};
const PROBLEM: Column<ShownContext> = {
  title: 'PROBLEM',
  ...TEXT_FIT,
  cell: ({ problem = '' }) => (problem === '' ? '' : { text: problem, tone: 'bad' }),
};
