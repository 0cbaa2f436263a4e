import type { SnapshotNode } from '../../types.js';

/** What the containers of a node do with their limits, cores. */
export interface Delivery {
  readonly limitsCores: number;
  /** Limits and use of containers that do not get what their limit allows. */
  readonly starvedLimitsCores: number;
  readonly starvedUseCores: number;
  /** Use of all of them. */
  readonly usedCores: number;
  /** Use of containers without a quota. */
  readonly unboundUseCores: number;
}

/**
 * A few starved containers are an accident of timing; more mean that the host has less CPU than it
 * says.
 */
const MIN_STARVED_SHARE = 0.25;
/**
 * A host with more idle CPU than this does not starve containers for long, as a ratio of
 * allocatable.
 */
const FULL_HOST = 0.02;
/** Differences that are ignored, as a ratio of allocatable. */
const DEAD_BAND = 0.03;
/** Growth of the capacity per report, where the host does not report its idle CPU. */
const PROBE = 0.03;
/**
 * Growth of the capacity per report on a host without idle CPU that starves nobody: CPU that other
 * programs took comes back only to those who ask for it.
 */
const PROBE_FULL = 0.002;
const GAIN = 0.5;

/**
 * Whether other programs take so much of the host's CPU that containers do not get what their
 * limits allow.
 */
export function isShort(
  { allocatableCpuCores: allocatable, idleCpuCores }: SnapshotNode,
  delivery: Delivery,
): boolean {
  const { limitsCores, starvedLimitsCores, usedCores } = delivery;
  if (starvedLimitsCores === 0 || starvedLimitsCores <= MIN_STARVED_SHARE * limitsCores)
    return false;
  if (idleCpuCores === null) return true;
  const othersCores = allocatable - idleCpuCores - usedCores;
  return idleCpuCores < FULL_HOST * allocatable && othersCores > DEAD_BAND * allocatable;
}

/** What was known of the node. */
export interface Before {
  /** What it could deliver, cores; 0 = not known. */
  readonly beforeCores: number;
  /** Whether it has delivered less for a while (shortage.ts). */
  readonly isShortLasting: boolean;
}

/**
 * CPU that the node can really deliver, cores, at most allocatable: what the limits in force are
 * worth (all of them, times the share that is delivered) plus what the host leaves idle. Lower
 * once other programs have used the host for a while; back at once when the host has idle CPU
 * again.
 */
export function capacityOf(
  node: SnapshotNode,
  delivery: Delivery,
  { beforeCores, isShortLasting }: Before,
): number {
  const { allocatableCpuCores: allocatable, idleCpuCores } = node;
  const { limitsCores, starvedLimitsCores, starvedUseCores, unboundUseCores } = delivery;
  const isStarved = isShort(node, delivery);
  const before = beforeCores > 0 ? Math.min(beforeCores, allocatable) : allocatable;
  if (isStarved && !isShortLasting && beforeCores > 0) return before;
  if (!isStarved && idleCpuCores === null)
    return Math.min(allocatable, before + PROBE * allocatable);
  const delivered = isStarved ? (limitsCores * starvedUseCores) / starvedLimitsCores : limitsCores;
  const probe = isStarved ? 0 : before * (1 + PROBE_FULL);
  const now = Math.min(
    allocatable,
    Math.max(probe, delivered + unboundUseCores + Math.max(0, idleCpuCores ?? 0)),
  );
  if (now >= before) return now > allocatable * (1 - DEAD_BAND) ? allocatable : now;
  if (!isStarved || before - now < DEAD_BAND * allocatable) return before;
  return before + GAIN * (now - before);
}
