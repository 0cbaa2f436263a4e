import { createHash } from 'node:crypto';
import { USER_ROLES, type UserRole } from '../../proto/roles.js';
import type { TokenInfo } from '../../proto/schemas/service.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Cluster } from '../cluster/cluster.js';
import { statusOf } from './problem.js';

/** Who asks. */
export interface Caller {
  readonly role: UserRole;
  /** null = nobody in particular: a viewer on this machine. */
  readonly token: { readonly text: string; readonly info: TokenInfo } | null;
}

/** How long what a token may do is believed, ms; the coordinator checks each change itself. */
export const BELIEVED_MS = 5000;
/** So long it is waited for what a token that was good may do now, ms. */
export const PATIENCE_MS = 1000;
/** More than a cluster has, so that who invents some makes none forgotten. */
const MAX_KNOWN = 2 * 1000;

interface KnownToken {
  readonly atMs: number;
  readonly answer: Promise<Result<TokenInfo>>;
  /** What came of it; undefined = it is on its way. */
  said: Result<TokenInfo> | undefined;
  /** What the coordinator said when it answered last; undefined = it has not called it good. */
  good: TokenInfo | undefined;
}

/**
 * Says who asks. Only the coordinator knows tokens; it is asked once in a while for each. While it
 * does not answer, a token that was good is: its holder reads on, and nothing can be changed.
 */
export class Access {
  readonly #cluster: Pick<Cluster, 'call'>;
  readonly #clock: Clock;
  readonly #known = new Map<string, KnownToken>();

  constructor(cluster: Pick<Cluster, 'call'>, clock: Clock) {
    this.#cluster = cluster;
    this.#clock = clock;
  }

  /** `authorization`: the header; `mayBeNobody`: a viewer needs no token here. */
  async callerOf(authorization: string | undefined, mayBeNobody: boolean): Promise<Result<Caller>> {
    if (authorization === undefined)
      return mayBeNobody ? ok({ role: 'viewer', token: null }) : err([NO_TOKEN]);
    const text = tokenIn(authorization);
    if (text === undefined) return err([BAD_HEADER]);
    const info = await this.#infoOf(text);
    return info.ok ? ok({ role: info.value.role, token: { text, info: info.value } }) : info;
  }

  /** Id of the token in that header, if the coordinator has called it good; asks nobody. */
  holderOf(authorization: string | undefined): string | undefined {
    const text = tokenIn(authorization ?? '');
    return text === undefined ? undefined : this.#known.get(keyOf(text))?.good?.id;
  }

  async #infoOf(token: string): Promise<Result<TokenInfo>> {
    const key = keyOf(token);
    const before = this.#known.get(key);
    const isFresh = before !== undefined && this.#clock.now() - before.atMs < BELIEVED_MS;
    const known = isFresh ? before : this.#ask(key, token, before?.good);
    const { good } = known;
    if (good === undefined) return known.answer;
    const said = known.said ?? (await this.#soon(known.answer));
    if (said !== undefined && (said.ok || !isAway(said.error))) return said;
    const isOver = good.expiresAtMs !== undefined && this.#clock.wall() >= good.expiresAtMs;
    return isOver ? err([EXPIRED]) : ok(good);
  }

  #ask(key: string, token: string, good: TokenInfo | undefined): KnownToken {
    const answer = this.#cluster.call('token-status', {}, token);
    const asked: KnownToken = { atMs: this.#clock.now(), answer, said: undefined, good };
    if (this.#known.size >= MAX_KNOWN && !this.#known.has(key)) this.#forgetOne();
    this.#known.set(key, asked);
    void answer.then((said) => {
      asked.said = said;
      if (said.ok) asked.good = said.value;
      else if (asked.good === undefined || !isAway(said.error)) this.#forget(key, asked);
    });
    return asked;
  }

  /** One that was not called good goes first. */
  #forgetOne(): void {
    const all = [...this.#known];
    const [key] = all.find(([, { good }]) => good === undefined) ?? all[0] ?? [];
    if (key !== undefined) this.#known.delete(key);
  }

  #forget(key: string, asked: KnownToken): void {
    if (this.#known.get(key) === asked) this.#known.delete(key);
  }

  /** What comes of it soon; undefined = nothing does. */
  async #soon(answer: KnownToken['answer']): Promise<Result<TokenInfo> | undefined> {
    const waiting = new AbortController();
    const silence = this.#clock.sleep(PATIENCE_MS, waiting.signal).then(() => undefined);
    const first = await Promise.race([answer, silence]);
    waiting.abort();
    return first;
  }
}

const tokenIn = (authorization: string): string | undefined =>
  /^Bearer +([A-Za-z0-9_-]{16,200})$/i.exec(authorization)?.[1];

/** Its hash: the token itself is not kept longer than its request. */
const keyOf = (token: string): string => createHash('sha256').update(token).digest('base64');

/** Nobody says what the token may do: that says nothing against it. */
const isAway = (faults: readonly Fault[]): boolean => statusOf(faults) === 503;

/** The fault of a caller whose role is not enough; undefined = it is. */
export function roleFault(caller: Caller, needed: UserRole): Fault | undefined {
  if (USER_ROLES.indexOf(caller.role) >= USER_ROLES.indexOf(needed)) return undefined;
  if (caller.token === null) return NO_TOKEN;
  const enough = USER_ROLES.slice(USER_ROLES.indexOf(needed)).join(' or ');
  return {
    code: 'auth.denied',
    field: 'authorization',
    message:
      `that takes the role ${enough}, and this token has the role ${caller.role}: have another ` +
      'made with dqoes token create',
  };
}

const NO_TOKEN: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message:
    'a token is needed: have one made with dqoes token create, and send it as the header ' +
    'Authorization: Bearer TOKEN',
};
const EXPIRED: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message: 'the token has expired: have another made with dqoes token create',
};
const BAD_HEADER: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message: 'the header Authorization is not understood: send Bearer and the token',
};
