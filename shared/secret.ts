/**
 * Longest secret, bytes: a desired state has 128 KiB for all allocations of a node, and the longest
 * plain value of an environment variable is 8 KiB.
 */
export const MAX_SECRET_BYTES = 16 * 1024;
/** Most secrets that one job may name. */
export const MAX_JOB_SECRETS = 32;
/** Most secrets that one cluster holds: all are in the memory of the coordinator, sealed. */
export const MAX_SECRETS = 256;

/** What sealing adds: a version, a public key and an authentication tag, bytes. */
export const BOX_OVERHEAD_BYTES = 1 + 32 + 16;

/** Characters of the box of a secret of this number of bytes. */
export const boxLengthOf = (bytes: number): number =>
  Math.ceil(((bytes + BOX_OVERHEAD_BYTES) * 4) / 3);

/** Why this text cannot be the value of an environment variable; undefined = it can. */
export function secretTrouble(value: string): string | undefined {
  if (value === '') return 'is empty: give it a value, or leave the variable out of the job';
  if (value.includes('\0'))
    return 'has a zero byte, which no environment variable can hold: encode it (base64)';
  return undefined;
}

/** The beginning of a public key, enough to tell it from one that somebody made to look like it. */
export const shownKey = (key: string): string => `${key.slice(0, 16)}…`;
