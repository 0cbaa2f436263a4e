import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, Result } from '../../shared/result.js';
import { Access, type Caller } from './access.js';
import { refuse } from './answers.js';
import { TokenBuckets } from './buckets.js';
import { clientAddress, hostFault, isLoopback, isOpened, siteFault } from './origin.js';
import { type AppOptions, HEADERS } from './parts.js';
import type { Turns } from './turns.js';

/** What addresses are added with. */
export interface Parts {
  readonly options: AppOptions;
  readonly guard: Guard;
  readonly turns: Turns;
}

/** What every request has to pass, and who makes it. */
export class Guard {
  readonly #options: AppOptions;
  readonly #access: Access;
  readonly #buckets: TokenBuckets;

  constructor(options: AppOptions) {
    const { requestsPerSecond, requestsAtOnce } = options.limits;
    this.#options = options;
    this.#access = new Access(options.sources.cluster, options.clock);
    this.#buckets = new TokenBuckets({ perSecond: requestsPerSecond, atOnce: requestsAtOnce });
  }

  async check(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { settings, clock } = this.#options;
    reply.headers(HEADERS);
    const why = hostFault(request.headers.host, settings.names ?? []);
    if (why !== undefined) return refuse(reply, { faults: [refused('host', why)] });
    // A link of another site may open a page of ours; what it fetches by itself would only cost us.
    const { method, headers } = request;
    const site = isOpened(method, headers) ? undefined : siteFault(headers);
    if (site !== undefined) return refuse(reply, { faults: [refused('origin', site)] });
    const waitS = this.#buckets.take(this.#countedAs(request), clock.now());
    if (waitS === 0) return undefined;
    reply.header('retry-after', String(waitS));
    return refuse(reply, { faults: [tooMany(waitS)] });
  }

  /**
   * One who holds a good token is not kept out by others behind the same address, nor by others who
   * hold it elsewhere: a whole team may have one to read with.
   */
  #countedAs({ ip, headers }: FastifyRequest): string {
    const holder = this.#access.holderOf(headers.authorization);
    const address = clientAddress(ip);
    return holder === undefined ? address : `token ${holder} at ${address}`;
  }

  /** Who asks; on loopback a viewer needs no token, unless it was said otherwise. */
  callerOf(request: FastifyRequest): Promise<Result<Caller>> {
    const { host, requireToken = false } = this.#options.settings;
    const mayBeNobody = !requireToken && isLoopback(host) && isLoopback(request.ip);
    return this.#access.callerOf(request.headers.authorization, mayBeNobody);
  }

  /** Whose turn it is where places are few: that of the token, else of the address. */
  clientOf(request: FastifyRequest, { token }: Caller): string {
    return token === null ? `address ${clientAddress(request.ip)}` : `token ${token.info.id}`;
  }
}

const refused = (field: string, why: string): Fault => ({
  code: 'http.refused',
  field,
  message: `the request is refused: ${why}`,
});

const tooMany = (waitS: number): Fault => ({
  code: 'http.too-many',
  field: '',
  message: `too many requests of one client: ask again in ${waitS} s`,
});
