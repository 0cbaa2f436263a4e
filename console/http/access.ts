import { createHash } from 'node:crypto';
import { USER_ROLES, type UserRole } from '../../proto/roles.js';
import type { TokenInfo } from '../../proto/schemas/service.js';
import type { Clock } from '../../shared/clock.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { Cluster } from '../cluster/cluster.js';

/** Who asks. */
export interface Caller {
  readonly role: UserRole;
  /** null = nobody in particular: a viewer on this machine. */
  readonly token: { readonly text: string; readonly info: TokenInfo } | null;
}

/** How long what a token may do is believed, ms; the coordinator checks each change itself. */
export const BELIEVED_MS = 5000;
const MAX_KNOWN = 1000;

/** Says who asks. Only the coordinator knows tokens; it is asked once in a while for each. */
export class Access {
  readonly #cluster: Pick<Cluster, 'call'>;
  readonly #clock: Clock;
  readonly #known = new Map<
    string,
    { readonly atMs: number; readonly answer: Promise<Result<TokenInfo>> }
  >();

  constructor(cluster: Pick<Cluster, 'call'>, clock: Clock) {
    this.#cluster = cluster;
    this.#clock = clock;
  }

  /** `authorization`: the header; `mayBeNobody`: a viewer needs no token here. */
  async callerOf(authorization: string | undefined, mayBeNobody: boolean): Promise<Result<Caller>> {
    if (authorization === undefined)
      return mayBeNobody ? ok({ role: 'viewer', token: null }) : err([NO_TOKEN]);
    const [, text = ''] = /^Bearer +([A-Za-z0-9_-]{16,200})$/i.exec(authorization) ?? [];
    if (text === '') return err([BAD_HEADER]);
    const info = await this.#infoOf(text);
    return info.ok ? ok({ role: info.value.role, token: { text, info: info.value } }) : info;
  }

  #infoOf(token: string): Promise<Result<TokenInfo>> {
    // By its hash: the token itself is not kept longer than its request.
    const key = createHash('sha256').update(token).digest('base64');
    const nowMs = this.#clock.now();
    const known = this.#known.get(key);
    if (known !== undefined && nowMs - known.atMs < BELIEVED_MS) return known.answer;
    const answer = this.#cluster.call('token-status', {}, token);
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(key, { atMs: nowMs, answer });
    void answer.then((result) => {
      if (!result.ok && this.#known.get(key)?.answer === answer) this.#known.delete(key);
    });
    return answer;
  }
}

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
const BAD_HEADER: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message: 'the header Authorization is not understood: send Bearer and the token',
};
