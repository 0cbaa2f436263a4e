import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NatsAuth } from '../proto/nats/auth.js';
import { err, ok, type Result } from '../shared/result.js';
import { badConfig, readCredentials, type TlsPaths } from './credentials.js';

/** What a context of the `nats` program says. */
export interface NatsContext {
  readonly name: string;
  /** Absent = the default address. */
  readonly url?: string;
  readonly auth?: NatsAuth;
  readonly tls: TlsPaths;
}

/**
 * The `nats` CLI's selected context: `nats/context.txt` names it, `nats/context/NAME.json` holds
 * it. undefined = none is selected.
 */
export function readContext(configHome: string): Result<NatsContext | undefined> {
  const name = tryRead(join(configHome, 'nats', 'context.txt'))?.trim();
  if (name === undefined || name === '') return ok(undefined);
  const path = join(configHome, 'nats', 'context', `${name}.json`);
  const text = tryRead(path);
  if (text === undefined) return ok(undefined);
  const values = parseContext(text);
  if (values === undefined)
    return err([
      badConfig(
        'nats context',
        `The nats context file ${path} is not a JSON object: repair it, or give --nats.`,
      ),
    ]);
  const auth = contextAuth(values);
  if (auth !== undefined && !auth.ok) return auth;
  return ok({
    name,
    tls: { ca: values.ca ?? '', cert: values.cert ?? '', key: values.key ?? '' },
    ...(values.url === undefined ? {} : { url: values.url }),
    ...(auth === undefined ? {} : { auth: auth.value }),
  });
}

type ContextKey =
  | ('url' | 'creds' | 'nkey' | 'user' | 'password' | 'token')
  | ('ca' | 'cert' | 'key');
type ContextValues = Partial<Record<ContextKey, string>>;

function parseContext(text: string): ContextValues | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed).filter(
    ([, value]) => typeof value === 'string' && value !== '',
  );
  return Object.fromEntries(entries) as ContextValues;
}

function contextAuth(values: ContextValues): Result<NatsAuth> | undefined {
  const path = values.creds ?? values.nkey;
  if (path !== undefined) return readCredentials(path, 'the nats context');
  if (values.token !== undefined) return ok({ kind: 'token', token: values.token });
  if (values.user === undefined) return undefined;
  return ok({ kind: 'password', user: values.user, password: values.password ?? '' });
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
