import type { AllocationId } from '../../shared/ids.js';
import type { NodeOutlooks } from './forecast.js';
import { memoryAt, memoryOf, type NodeMemories } from './node-memories.js';
import type { Policy } from './types.js';

const NO_ALLOCATIONS: readonly AllocationId[] = [];

/**
 * What a policy says of each node, asked of it only when somebody wants to know. `memories`: what
 * it remembers of them.
 */
export function outlooksOf(
  { forecaster }: Pick<Policy, 'forecaster'>,
  memories: NodeMemories,
): NodeOutlooks {
  const ask = <T>(node: string, of: (memory: unknown) => T): T | undefined => {
    const remembered = memoryOf(memories, node);
    return remembered === undefined ? undefined : of(remembered);
  };
  // Asked of all nodes in each plan.
  const unmetOf = (node: string, place = -1): readonly AllocationId[] => {
    const remembered = memoryAt(memories, node, place);
    return (remembered === undefined ? undefined : forecaster?.unmet(remembered)) ?? NO_ALLOCATIONS;
  };
  return {
    forecastOf: (node) => ask(node, (memory) => forecaster?.forecast(memory)),
    unmetOf,
    profilesOf: (node) => ask(node, (memory) => forecaster?.profiles(memory) ?? []),
  };
}
