/** The oldest nats-server that stores what dqoes keeps: it compresses a stream. */
export const LEAST_NATS = '2.10';

/** Whether a server of this version is older; of one that does not say it, that is not known. */
export function isOldNats(version: string): boolean {
  const [major, minor] = numbersIn(version);
  const [least = 0, leastMinor = 0] = numbersIn(LEAST_NATS);
  if (major === undefined || minor === undefined) return false;
  return major < least || (major === least && minor < leastMinor);
}

const numbersIn = (version: string): readonly number[] =>
  (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
