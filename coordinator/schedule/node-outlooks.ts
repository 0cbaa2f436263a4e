import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { NodeForecast, NodeOutlooks, ShownProfile } from './forecast.js';
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

/**
 * The answers about one node, as they are sent to where places are decided. Profiles are not among
 * them: they are asked for where they are needed, which is seldom.
 */
export interface NodeOutlook {
  readonly forecast: NodeForecast | undefined;
  readonly unmet: readonly AllocationId[];
}

/** That is said of a node. */
export const outlookOn = (outlooks: NodeOutlooks, node: NodeId): NodeOutlook => ({
  forecast: outlooks.forecastOf(node),
  unmet: outlooks.unmetOf(node),
});

/** What the allocations of some nodes have shown; undefined = nothing is remembered of the node. */
export type ShownProfiles = ReadonlyMap<NodeId, readonly ShownProfile[] | undefined>;

/** The answers from what was said; nothing is known of other nodes. */
export const outlooksFrom = (
  said: ReadonlyMap<NodeId, NodeOutlook>,
  profilesOf: NodeOutlooks['profilesOf'],
): NodeOutlooks => ({
  forecastOf: (node) => said.get(node)?.forecast,
  unmetOf: (node) => said.get(node)?.unmet ?? NO_ALLOCATIONS,
  profilesOf,
});
