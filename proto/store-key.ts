const KEY = /^[A-Za-z0-9_=/-]+(?:\.[A-Za-z0-9_=/-]+)*$/;

/** Keys become subject tokens; a bad key is a bug of the caller, so it throws. */
export function assertStoreKey(key: string): void {
  if (!KEY.test(key))
    throw new TypeError(`store key ${JSON.stringify(key.slice(0, 80))} is not subject-safe`);
}
