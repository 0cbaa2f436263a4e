import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import { type CpuLimit, compareVersions, type StateVersion } from '../../shared/command.js';

/** Order of versions; one of another store is not the same and comes after. */
export const compareStored = (a: StateVersion, b: StateVersion): number =>
  a.incarnation === b.incarnation ? compareVersions(a, b) : 1;

/** A version for the story; null = nothing is held. */
export const showVersion = (version: StateVersion | null): string =>
  version === null ? 'nothing' : `${version.epoch}.${version.revision} of ${version.incarnation}`;

/** A limit for the story: its cores, and what else it sets. */
export function showLimit({ cpuCores, guaranteeCores, weightCores, burstUs }: CpuLimit): string {
  const rest = Object.entries({ guaranteeCores, weightCores, burstUs }).filter(
    ([, value]) => value !== undefined,
  );
  return [`${cpuCores ?? 'free'}`, ...rest.map(([name, value]) => `${name} ${value}`)].join(' ');
}

/** The settings of an update for the story. */
export const showSettings = ({ nanoCpus, quotaUs, periodUs, shares }: EngineCpuSettings): string =>
  nanoCpus > 0
    ? `${nanoCpus / 1e9} cores`
    : `quota ${quotaUs}${periodUs > 0 ? ` of ${periodUs}` : ''}, shares ${shares}`;
