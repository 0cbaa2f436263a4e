/** Where a token is kept: for this window, until it is closed. */
const KEY = 'dqoes-token';

/** The token of this window; null = there is none. A browser may refuse to keep any. */
export function readToken(storage: Pick<Storage, 'getItem'> | undefined): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

/** Keeps it, or forgets it (null). */
export function keepToken(
  storage: Pick<Storage, 'setItem' | 'removeItem'> | undefined,
  token: string | null,
): void {
  try {
    if (token === null) storage?.removeItem(KEY);
    else storage?.setItem(KEY, token);
  } catch {
    // It is then known in memory only, and asked for again after a reload.
  }
}
