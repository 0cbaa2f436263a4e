/** What is checked at every look, in words. */
export type PromiseName =
  | 'a container that did not opt in is never changed'
  | 'limits stand still while nobody leads'
  | 'limits are limits'
  | 'limits never sum above what is allocatable'
  | 'jobs run on'
  | 'the later epoch wins'
  | 'no process ends by itself'
  | 'what was touched is put back'
  | 'what was acknowledged is so'
  | 'the leader keeps its lease through floods'
  | 'everything recovers';

/** Kernel quotas are rounded up, cores. */
const ROUNDING = 0.01;

/** A container of which a look tells the limit. */
export interface Limited {
  readonly id: string;
  readonly name: string;
  readonly job: string;
  readonly state: string;
  readonly cpu: string;
  readonly limitCores: number | null;
}

/** A limit of dqoes that was in force between two looks, cores. */
export interface HeldLimit {
  readonly name: string;
  readonly cores: number;
}

/**
 * Limits of dqoes that were in force between two looks: of each container the lower one, as a look
 * at many containers takes time, and limits are lowered before others are raised. `before`: what
 * containers had before dqoes came, by id; that is not its promise.
 */
export function heldInBoth(
  first: readonly Limited[],
  second: readonly Limited[],
  before: ReadonlyMap<string, string>,
): readonly HeldLimit[] {
  const earlier = new Map(first.map((one) => [one.id, one]));
  return second.flatMap((later): readonly HeldLimit[] => {
    const was = earlier.get(later.id);
    if (was === undefined || was.state !== 'running' || later.state !== 'running') return [];
    if ([was, later].some(({ id, job, cpu }) => job === '' && before.get(id) === cpu)) return [];
    if (was.limitCores === null || later.limitCores === null) return [];
    return [{ name: later.name, cores: Math.min(was.limitCores, later.limitCores) }];
  });
}

/** '' = they fit; else the sum and what it is of. */
export function overshootOf(held: readonly HeldLimit[], allocatableCores: number): string {
  const sum = held.reduce((total, { cores }) => total + cores, 0);
  if (sum <= allocatableCores + ROUNDING) return '';
  const parts = held.map(({ name, cores }) => `${name} ${cores.toFixed(3)}`).join(', ');
  return `${sum.toFixed(3)} of ${allocatableCores.toFixed(3)} cores: ${parts}`;
}
