/** How many refusals get a line of their own: at once, and from then on. */
interface Allowance {
  readonly burst: number;
  /** Time after which there is one more, ms. */
  readonly refillMs: number;
}

const OF_ONE: Allowance = { burst: 30, refillMs: 120_000 };
const OF_ALL: Allowance = { burst: 200, refillMs: 30_000 };
/** Requesters that are told apart; the rest share one allowance. */
const MAX_REQUESTERS = 200;
/** Stands for the requesters beyond those that are told apart. */
export const OTHERS = 'others';

/** Refusals of one requester that got no line. */
export interface Unwritten {
  readonly who: string;
  readonly count: number;
}

interface Account {
  readonly bucket: TokenBucket;
  unwritten: number;
}

/**
 * Bounds what refusals may fill of the audit: each requester has an allowance of lines, and all
 * together have one. What is beyond is counted. Knows no clock; times are ms of any origin.
 */
export class RefusalMeter {
  readonly #all = new TokenBucket(OF_ALL);
  readonly #accounts = new Map<string, Account>();

  /** Whether this refusal gets a line of its own; else it is counted. */
  admits(who: string, nowMs: number): boolean {
    if (this.admitsOrLater(who, nowMs)) return true;
    this.#accountOf(who, nowMs).unwritten += 1;
    return false;
  }

  /** Whether there is a line for it now; else it is not counted, because it comes again. */
  admitsOrLater(who: string, nowMs: number): boolean {
    const { bucket } = this.#accountOf(who, nowMs);
    if (!bucket.holds(nowMs) || !this.#all.holds(nowMs)) return false;
    bucket.take();
    this.#all.take();
    return true;
  }

  get hasUnwritten(): boolean {
    return [...this.#accounts.values()].some(({ unwritten }) => unwritten > 0);
  }

  /** What was counted since the last call, by requester. */
  takeUnwritten(): readonly Unwritten[] {
    const taken: Unwritten[] = [];
    for (const [who, account] of this.#accounts) {
      if (account.unwritten > 0) taken.push({ who, count: account.unwritten });
      account.unwritten = 0;
    }
    return taken;
  }

  #accountOf(who: string, nowMs: number): Account {
    const known = this.#accounts.get(who);
    if (known !== undefined) return known;
    if (this.#accounts.size >= MAX_REQUESTERS) this.#forgetIdle(nowMs);
    const name = this.#accounts.size >= MAX_REQUESTERS ? OTHERS : who;
    const account = this.#accounts.get(name) ?? { bucket: new TokenBucket(OF_ONE), unwritten: 0 };
    this.#accounts.set(name, account);
    return account;
  }

  #forgetIdle(nowMs: number): void {
    for (const [who, { bucket, unwritten }] of this.#accounts)
      if (unwritten === 0 && bucket.isFull(nowMs)) this.#accounts.delete(who);
  }
}

class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #sinceMs: number | undefined;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
  }

  holds(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= 1;
  }

  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= this.#allowance.burst;
  }

  take(): void {
    this.#tokens -= 1;
  }

  #refill(nowMs: number): void {
    const { burst, refillMs } = this.#allowance;
    const passedMs = Math.max(0, nowMs - (this.#sinceMs ?? nowMs));
    this.#tokens = Math.min(burst, this.#tokens + passedMs / refillMs);
    this.#sinceMs = nowMs;
  }
}
