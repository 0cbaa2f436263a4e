import { createHash, timingSafeEqual } from 'node:crypto';
import { readerOf } from '../../proto/codec/check.js';
import { decodeJson, encodeJson } from '../../proto/codec/json.js';
import { object, text } from '../../proto/codec/words.js';
import { ROLE_VERBS, rolesFor } from '../../proto/roles.js';
import {
  type ServiceCalls,
  TOKEN_ID,
  type TokenInfo,
  tokenInfo,
  type Verb,
} from '../../proto/schemas/service.js';
import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { storeFault } from '../store/open-stores.js';
import { notFound } from './faults.js';

/** Where tokens are stored: the bucket of nodes and settings. */
export interface TokenWriterOptions {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly mayWrite: () => boolean;
}

type CallAnswer<V extends keyof ServiceCalls> = Promise<Result<ServiceCalls[V]['response']>>;

/** Tokens that a cluster has at most. */
const MAX_TOKENS = 1000;
const PREFIX = 'token.';
const MAX_BYTES = 4096;
const storedHash = readerOf(object<{ readonly hash: string }>({ hash: text(64) }));

export const NO_TOKEN: Fault = {
  code: 'auth.denied',
  field: 'token',
  message: 'this call is about the token that it is made with, and it was made with a key',
};

/**
 * Makes, lists, revokes and checks tokens. Only a hash is stored; a token has 256 random bits, so a
 * plain SHA-256 of it is as good as a slow one. Every check reads the store: what was revoked is of
 * no use from then on, for every coordinator.
 */
export class TokenWriter {
  readonly #options: TokenWriterOptions;

  constructor(options: TokenWriterOptions) {
    this.#options = options;
  }

  async create(asked: ServiceCalls['token-create']['request']): CallAnswer<'token-create'> {
    const { store, clock, mayWrite } = this.#options;
    const { id } = asked;
    if (asked.expiresAtMs !== undefined && asked.expiresAtMs <= clock.wall()) return err([EXPIRED]);
    const listed = await this.list();
    if (!listed.ok) return listed;
    if (listed.value.tokens.length >= MAX_TOKENS) return err([FULL]);
    if (!mayWrite()) return err([NOT_LEADING]);
    const value = encodeJson({ ...asked, createdAtMs: clock.wall() });
    const put = await store.put(keyOf(id), value, 0);
    if (put.ok) return ok({ id });
    return err([put.error === 'conflict' ? TAKEN : storeFault('nodes', put.error)]);
  }

  async list(): CallAnswer<'token-list'> {
    const listed = await this.#options.store.list();
    if (!listed.ok) return err([storeFault('nodes', listed.error)]);
    const tokens = listed.value
      .filter(({ key }) => key.startsWith(PREFIX))
      .flatMap((stored) => infoOf(stored) ?? []);
    return ok({ tokens: tokens.sort((a, b) => a.createdAtMs - b.createdAtMs) });
  }

  async revoke(id: string): CallAnswer<'token-revoke'> {
    const { store, mayWrite } = this.#options;
    const stored = await store.get(keyOf(id));
    if (!stored.ok) return err([storeFault('nodes', stored.error)]);
    if (stored.value === null) return err(notFound('token', id));
    if (!mayWrite()) return err([NOT_LEADING]);
    const deleted = await store.delete(keyOf(id));
    return deleted.ok ? ok({ id }) : err([storeFault('nodes', deleted.error)]);
  }

  /** Whose token it is, where it may make that call. Not known, revoked and expired look alike. */
  async check(token: string, verb: Verb): Promise<Result<TokenInfo, Fault>> {
    const { store, clock } = this.#options;
    const [, id = ''] = token.slice(0, 200).split('_');
    if (!TOKEN_ID.test(id)) return err(UNKNOWN);
    const stored = await store.get(keyOf(id));
    if (!stored.ok) return err(storeFault('nodes', stored.error));
    const info = stored.value === null ? undefined : infoOf(stored.value);
    if (info === undefined || stored.value === null || !isOf(stored.value, token))
      return err(UNKNOWN);
    if (info.expiresAtMs !== undefined && info.expiresAtMs <= clock.wall()) return err(UNKNOWN);
    const isAllowed = verb === 'token-status' || ROLE_VERBS[info.role].includes(verb);
    return isAllowed ? ok(info) : err(denied(info, verb));
  }
}

const keyOf = (id: string): string => `${PREFIX}${id}`;

function infoOf({ value }: StoredValue): TokenInfo | undefined {
  const read = decodeJson({ reader: readerOf(tokenInfo), maxBytes: MAX_BYTES }, value);
  return read.ok ? read.value : undefined;
}

function isOf({ value }: StoredValue, token: string): boolean {
  const read = decodeJson({ reader: storedHash, maxBytes: MAX_BYTES }, value);
  const given = createHash('sha256').update(token).digest();
  const known = Buffer.from(read.ok ? read.value.hash : '', 'hex');
  return known.length === given.length && timingSafeEqual(known, given);
}

/** One text for all: it must not say whether there is such a token. */
export const UNKNOWN: Fault = {
  code: 'auth.bad-token',
  field: 'token',
  message:
    'this token is not known, was revoked or has expired: have another made with dqoes token ' +
    'create',
};

const denied = ({ id, role }: TokenInfo, verb: Verb): Fault => ({
  code: 'auth.denied',
  field: 'token',
  message:
    `not allowed to ${verb}: that takes the role ${rolesFor(verb).join(' or ')}, and the token ` +
    `${id} has the role ${role}; have another made with dqoes token create`,
});

const EXPIRED: Fault = {
  code: 'service.bad-request',
  field: 'expiresAtMs',
  message: 'expiresAtMs is in the past: give a later time, or none',
};
const FULL: Fault = {
  code: 'service.full',
  field: '',
  message: `there are ${MAX_TOKENS} tokens already: revoke some (dqoes token ls, token revoke)`,
};
const TAKEN: Fault = {
  code: 'service.bad-request',
  field: 'id',
  message: 'a token of that id exists: try again',
};
const NOT_LEADING: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'this coordinator does not lead any more: ask again',
};
