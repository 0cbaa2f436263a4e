import type { StoredValue } from '../../proto/store.js';
import type { BucketListing, BucketPart } from './bucket-follower.js';

/** Tokens that a cluster has at most. */
export const MAX_TOKENS = 1000;
/** Largest stored token. */
export const MAX_TOKEN_BYTES = 4096;
const PREFIX = 'token.';

/** Key of a token in the `nodes` bucket. */
export const tokenKey = (id: string): string => `${PREFIX}${id}`;

/** Whether the `nodes` bucket holds a token there. */
export const isTokenKey = (key: string): boolean => key.startsWith(PREFIX);

/** Tokens as they are stored, by key. */
export type StoredTokens = ReadonlyMap<string, Uint8Array>;

/**
 * The tokens in a listing; what is none, or more than there can be, is left out. Copied: what was
 * read is a view of the piece that came off the socket, and would keep all of it.
 */
export const tokensIn = (values: readonly StoredValue[]): StoredTokens =>
  new Map(
    values
      .filter(({ key, value }) => isTokenKey(key) && value.length <= MAX_TOKEN_BYTES)
      .slice(0, MAX_TOKENS)
      .map(({ key, value }) => [key, new Uint8Array(value)]),
  );

/**
 * The tokens as they are stored, to fill a lost bucket with. No call is checked by them: that reads
 * the store.
 */
export class KnownTokens implements BucketPart {
  #tokens: StoredTokens;
  /** Changed by calls since the running reading began: what that finds of them is outdated. */
  readonly #changed = new Set<string>();

  /** `stored`: as loaded. */
  constructor(stored: StoredTokens) {
    this.#tokens = stored;
  }

  get all(): StoredTokens {
    return this.#tokens;
  }

  /** A call has stored it. */
  note(key: string, value: Uint8Array): void {
    this.#changed.add(key);
    this.#tokens = new Map(this.#tokens).set(key, value);
  }

  /** A call is revoking it. Where that fails the next reading finds it again. */
  forget(key: string): void {
    this.#changed.add(key);
    const left = new Map(this.#tokens);
    left.delete(key);
    this.#tokens = left;
  }

  begin(): void {
    this.#changed.clear();
  }

  async follow({ values }: BucketListing): Promise<boolean> {
    const stored = new Map(tokensIn(values));
    for (const key of this.#changed) {
      const known = this.#tokens.get(key);
      if (known === undefined) stored.delete(key);
      else stored.set(key, known);
    }
    this.#tokens = stored;
    return this.#changed.size === 0;
  }
}
