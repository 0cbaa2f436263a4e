import type { HostRules } from '../containers/limits.js';

/** The rules as they are now: the size of a host may change. */
export const hostRulesOf = ({ hostCores, hostCpus, weightRule }: HostRules): HostRules => ({
  hostCores,
  weightRule,
  ...(hostCpus === undefined ? {} : { hostCpus }),
});
