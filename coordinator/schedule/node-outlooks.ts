import type { AllocationId } from '../../shared/ids.js';
import type { NodeOutlooks } from './forecast.js';
import type { Policy } from './types.js';

const NO_ALLOCATIONS: readonly AllocationId[] = [];

/**
 * What a policy says of each node, asked of it only when somebody wants to know. `memories`: what
 * it remembers, by node.
 */
export function outlooksOf(
  { forecaster }: Pick<Policy, 'forecaster'>,
  memories: ReadonlyMap<string, unknown>,
): NodeOutlooks {
  const ask = <T>(node: string, of: (memory: unknown) => T): T | undefined => {
    const remembered = memories.get(node);
    return remembered === undefined ? undefined : of(remembered);
  };
  return {
    forecastOf: (node) => ask(node, (memory) => forecaster?.forecast(memory)),
    unmetOf: (node) => ask(node, (memory) => forecaster?.unmet(memory)) ?? NO_ALLOCATIONS,
    profilesOf: (node) => ask(node, (memory) => forecaster?.profiles(memory) ?? []),
  };
}
