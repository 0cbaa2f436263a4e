const KEY = /^[A-Za-z0-9_=/-]+(?:\.[A-Za-z0-9_=/-]+)*$/;

/** Whether a store takes the key: what others write may have any that NATS does. */
export const isStoreKey = (key: string): boolean => KEY.test(key);

/** Keys become subject tokens; a bad key is a bug of the caller, so it throws. */
export function assertStoreKey(key: string): void {
  if (!isStoreKey(key))
    throw new TypeError(`store key ${JSON.stringify(key.slice(0, 80))} is not subject-safe`);
}
