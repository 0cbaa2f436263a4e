import { createHash, timingSafeEqual } from 'node:crypto';
import { readerOf } from '../../proto/codec/check.js';
import { decodeJson, encodeJson } from '../../proto/codec/json.js';
import { object, text } from '../../proto/codec/words.js';
import { type Requester, UNKNOWN_REQUESTER } from '../../proto/requester.js';
import { ROLE_VERBS, rolesFor } from '../../proto/roles.js';
import {
  type ServiceCalls,
  TOKEN_ID,
  type TokenInfo,
  tokenInfo,
  type Verb,
} from '../../proto/schemas/service.js';
import { ACTIONS } from '../../proto/schemas/verbs.js';
import type { KeyValueStore, StoredValue } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { MAX_DATE_MS } from '../../shared/units.js';
import type { Change } from '../audit/audit-trail.js';
import { deleteForCertain, putForCertain } from '../store/certain.js';
import {
  isTokenKey,
  type KnownTokens,
  MAX_TOKEN_BYTES,
  MAX_TOKENS,
  tokenKey,
} from '../store/known-tokens.js';
import { storeFault } from '../store/open-stores.js';
import { type ChangeOutcome, runChange } from './change-outcome.js';
import type { ChangeQueue } from './change-queue.js';
import { notFound } from './faults.js';
import { shortToken } from './short-forms.js';

/** Where tokens are stored: the bucket of nodes and settings. */
export interface TokenWriterOptions {
  readonly store: KeyValueStore;
  readonly clock: Clock;
  readonly queue: ChangeQueue;
  /** Learns of each change. */
  readonly known: KnownTokens;
}

/** Whose token a call was made with, and why it may not be made, if so. */
export interface TokenCheck {
  readonly by: Requester;
  readonly answer: Result<TokenInfo>;
}

type CallAnswer<V extends keyof ServiceCalls> = Promise<Result<ServiceCalls[V]['response']>>;
type CallOutcome<V extends keyof ServiceCalls> = Promise<
  ChangeOutcome<ServiceCalls[V]['response']>
>;

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

  create(asked: ServiceCalls['token-create']['request']): CallOutcome<'token-create'> {
    return runChange(this.#options.queue, async (changes) => {
      const { store, clock, known } = this.#options;
      const { id, expiresAtMs } = asked;
      if (expiresAtMs !== undefined && expiresAtMs <= clock.wall()) return err([EXPIRED]);
      if (expiresAtMs !== undefined && expiresAtMs > MAX_DATE_MS) return err([ENDLESS]);
      const room = await this.#makeRoom(changes);
      if (!room.ok) return room;
      const value = encodeJson({ ...asked, createdAtMs: clock.wall() });
      const put = await putForCertain(store, tokenKey(id), value, 0);
      if (!put.ok) return err([put.error === 'conflict' ? TAKEN : storeFault('nodes', put.error)]);
      known.note(tokenKey(id), value);
      changes.push({ token: id, after: shortToken(asked) });
      return ok({ id });
    });
  }

  async list(): CallAnswer<'token-list'> {
    const listed = await this.#stored();
    if (!listed.ok) return listed;
    const tokens = listed.value.map(({ info }) => info);
    return ok({ tokens: tokens.sort((a, b) => a.createdAtMs - b.createdAtMs) });
  }

  async #stored(): Promise<Result<readonly StoredToken[]>> {
    const listed = await this.#options.store.list();
    if (!listed.ok) return err([storeFault('nodes', listed.error)]);
    const tokens = listed.value.flatMap((stored): readonly StoredToken[] => {
      const info = isTokenKey(stored.key) ? infoOf(stored) : undefined;
      return info === undefined ? [] : [{ info, revision: stored.revision }];
    });
    return ok(tokens);
  }

  /** Where there are too many, the one goes that expired first, if it did so long ago. */
  async #makeRoom(changes: Change[]): Promise<Result<void>> {
    const { store, clock, known } = this.#options;
    const stored = await this.#stored();
    if (!stored.ok) return stored;
    if (stored.value.length < MAX_TOKENS) return ok(undefined);
    const [first] = [...stored.value].sort((a, b) => endOf(a) - endOf(b));
    if (first === undefined || endOf(first) > clock.wall() - EXPIRED_KEPT_MS) return err([FULL]);
    const { info, revision } = first;
    const key = tokenKey(info.id);
    known.forget(key);
    const deleted = await deleteForCertain(store, key, revision);
    if (!deleted.ok) return err([storeFault('nodes', deleted.error)]);
    changes.push({ token: info.id, before: shortToken(info), after: 'forgotten: it had expired' });
    return ok(undefined);
  }

  revoke(id: string): CallOutcome<'token-revoke'> {
    return runChange(this.#options.queue, async (changes) => {
      const { store, known } = this.#options;
      const key = tokenKey(id);
      const stored = await store.get(key);
      if (!stored.ok) return err([storeFault('nodes', stored.error)]);
      if (stored.value === null) return err(notFound('token', id));
      // First: of a revocation that may have been stored nothing may come back.
      known.forget(key);
      const deleted = await deleteForCertain(store, key, stored.value.revision);
      if (!deleted.ok) return err([storeFault('nodes', deleted.error)]);
      const info = infoOf(stored.value);
      const before = info === undefined ? {} : { before: shortToken(info) };
      changes.push({ token: id, ...before, after: 'revoked' });
      return ok({ id });
    });
  }

  /** Whose token it is, and whether it may make that call; unknown, revoked, expired look alike. */
  async check(token: string, verb: Verb): Promise<TokenCheck> {
    const known = await this.#find(token);
    if (!known.ok) return { by: UNKNOWN_REQUESTER, answer: err([known.error]) };
    const { id, name, role } = known.value;
    const isAllowed = verb === 'token-status' || ROLE_VERBS[role].includes(verb);
    const answer = isAllowed ? known : err([denied(known.value, verb)]);
    return { by: { kind: 'token', id, name, role }, answer };
  }

  async #find(token: string): Promise<Result<TokenInfo, Fault>> {
    const { store, clock } = this.#options;
    const [, id = ''] = token.slice(0, 200).split('_');
    if (!TOKEN_ID.test(id)) return err(UNKNOWN);
    const stored = await store.get(tokenKey(id));
    if (!stored.ok) return err(storeFault('nodes', stored.error));
    const info = stored.value === null ? undefined : infoOf(stored.value);
    if (info === undefined || stored.value === null || !isOf(stored.value, token))
      return err(UNKNOWN);
    const isOver = info.expiresAtMs !== undefined && info.expiresAtMs <= clock.wall();
    return isOver ? err(UNKNOWN) : ok(info);
  }
}

interface StoredToken {
  readonly info: TokenInfo;
  readonly revision: number;
}

/** The clock of this host may be ahead by some hours, ms. */
const EXPIRED_KEPT_MS = 86_400_000;
const endOf = ({ info }: StoredToken): number => info.expiresAtMs ?? Number.POSITIVE_INFINITY;

function infoOf({ value }: StoredValue): TokenInfo | undefined {
  const read = decodeJson({ reader: readerOf(tokenInfo), maxBytes: MAX_TOKEN_BYTES }, value);
  return read.ok ? read.value : undefined;
}

function isOf({ value }: StoredValue, token: string): boolean {
  const read = decodeJson({ reader: storedHash, maxBytes: MAX_TOKEN_BYTES }, value);
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
    `not allowed to ${ACTIONS[verb]}: that takes the role ${rolesFor(verb).join(' or ')}, and ` +
    `the token ${id} has the role ${role}; have another made with dqoes token create`,
});

const ENDLESS: Fault = {
  code: 'service.bad-request',
  field: 'expiresAtMs',
  message: `expiresAtMs is after the last date there is: give at most ${MAX_DATE_MS}, or none`,
};
const EXPIRED: Fault = {
  code: 'service.bad-request',
  field: 'expiresAtMs',
  message: 'expiresAtMs is in the past: give a later time, or none',
};
const FULL: Fault = {
  code: 'service.full',
  field: '',
  message:
    `there are ${MAX_TOKENS} tokens already, and none that expired a day ago: revoke some (dqoes ` +
    'token ls, token revoke)',
};
const TAKEN: Fault = {
  code: 'service.bad-request',
  field: 'id',
  message: 'a token of that id exists: try again',
};
