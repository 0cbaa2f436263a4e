import { err, ok, type Result } from '../../../shared/result.js';
import { keepNewest } from '../model/keep.js';
import { noAnswer, notOurs, type Problem, problemOf } from '../model/problem.js';

/** What a request may be, beside its address. */
export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a job file. */
  readonly yaml?: string;
  readonly timeoutMs?: number;
  /** Ends it, in the place of a time: who asks sees to it that it ends. */
  readonly signal?: AbortSignal;
}

/** Lists come by pages; each may have that many items. */
const PAGE_ITEMS = 1000;
/** Longer than this, the console counts as gone. */
const TIMEOUT_MS = 3000;
/**
 * A change is waited for longer than the console waits for the coordinator: one that was done must
 * not look as if it had not been.
 */
const CHANGE_MS = 10_000;
const BASE = '/api/v1';

interface Kept {
  readonly etag: string;
  readonly value: unknown;
}

/** A list that came in several pages. */
interface Joined {
  readonly pages: readonly (readonly unknown[])[];
  readonly all: readonly unknown[];
}

/**
 * The HTTP API as this page uses it. An answer that has not changed (304) is the one before, the
 * very same object, so that nothing is drawn again for it.
 */
export class Client {
  readonly #fetch: typeof fetch;
  readonly #kept = new Map<string, Kept>();
  readonly #lists = new Map<string, Joined>();
  #token: string | null;

  constructor(send: typeof fetch, token: string | null) {
    this.#fetch = send;
    this.#token = token;
  }

  /** Whose requests these are from now on; null = nobody in particular. */
  signIn(token: string | null): void {
    this.#token = token;
    this.#kept.clear();
    this.#lists.clear();
  }

  get isSignedIn(): boolean {
    return this.#token !== null;
  }

  /** The headers that say who asks. */
  headers(): Record<string, string> {
    return this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
  }

  /** Asks; `path` is below /api/v1. Never rejects. */
  async ask<T>(path: string, asking: Asking = {}): Promise<Result<T, Problem>> {
    const { method = 'GET', json, yaml } = asking;
    const { timeoutMs = method === 'GET' ? TIMEOUT_MS : CHANGE_MS } = asking;
    const { signal = AbortSignal.timeout(timeoutMs) } = asking;
    const headers = this.headers();
    const kept = method === 'GET' ? this.#kept.get(path) : undefined;
    if (kept !== undefined) headers['if-none-match'] = kept.etag;
    if (json !== undefined) headers['content-type'] = 'application/json';
    if (yaml !== undefined) headers['content-type'] = 'application/yaml';
    const body = yaml ?? (json === undefined ? undefined : JSON.stringify(json));
    try {
      const response = await this.#fetch(`${BASE}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        signal,
      });
      if (response.status === 304 && kept !== undefined) return ok(kept.value as T);
      const value = await jsonOf(response);
      if (!response.ok) return err(problemOf(response.status, value));
      if (value === undefined) return err(notOurs(response.status));
      const etag = response.headers.get('etag');
      // Addresses differ by what they name, so the oldest goes where there are many.
      if (method === 'GET' && etag !== null)
        keepNewest(this.#kept, [path, { etag, value }], MAX_KEPT);
      return ok(value as T);
    } catch (cause) {
      return err(noAnswer(cause instanceof Error ? cause.message : String(cause)));
    }
  }

  /** A file as it is, such as CSV; `path` is below /api/v1. Never rejects. */
  async read(path: string, timeoutMs = TIMEOUT_MS): Promise<Result<string, Problem>> {
    try {
      const response = await this.#fetch(`${BASE}${path}`, {
        headers: this.headers(),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      return response.ok ? ok(text) : err(problemOf(response.status, parsed(text)));
    } catch (cause) {
      return err(noAnswer(cause instanceof Error ? cause.message : String(cause)));
    }
  }

  /** A file of the page itself, as JSON; null = it is not there. Never rejects. */
  async asset<T>(path: string): Promise<T | null> {
    try {
      const response = await this.#fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return response.ok ? (((await jsonOf(response)) as T | undefined) ?? null) : null;
    } catch {
      return null;
    }
  }

  /** A whole list, page after page; the same array while nothing in it changes. */
  async list<T>(name: string): Promise<Result<readonly T[], Problem>> {
    const pages: (readonly T[])[] = [];
    for (let cursor = ''; ; ) {
      const after = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await this.ask<Readonly<Record<string, unknown>>>(
        `/${name}?limit=${PAGE_ITEMS}${after}`,
      );
      if (!page.ok) return page;
      pages.push(page.value[name] as readonly T[]);
      const { next } = page.value;
      if (typeof next !== 'string') break;
      cursor = next;
    }
    return ok(pages.length === 1 ? (pages[0] ?? []) : this.#joined(name, pages));
  }

  /** Pages that are those of before make the array of before. */
  #joined<T>(name: string, pages: readonly (readonly T[])[]): readonly T[] {
    const before = this.#lists.get(name);
    const isSame =
      before?.pages.length === pages.length && pages.every((page, i) => page === before.pages[i]);
    if (before !== undefined && isSame) return before.all as readonly T[];
    const all = pages.flat();
    this.#lists.set(name, { pages, all });
    return all;
  }
}

const MAX_KEPT = 20;

const jsonOf = async (response: Response): Promise<unknown> => parsed(await response.text());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
