import { clamp, fitClaims } from '../limits/fit.js';
import type { SnapshotNode } from '../types.js';

/**
 * Equal share of each allocation, cores, in the order of `node.allocations`: allocatable ÷ n,
 * within its own bounds. Where bounds push the sum above allocatable, the shares are scaled down
 * above `minCores` (see `fitClaims`).
 */
export function equalShares(node: SnapshotNode): readonly number[] {
  const share = node.allocatableCpuCores / Math.max(1, node.allocations.length);
  const claims = node.allocations.map(({ minCores, maxCores }) => {
    const floorCores = Math.min(minCores, maxCores);
    return { floorCores, wantCores: clamp(share, floorCores, maxCores) };
  });
  return fitClaims(claims, node.allocatableCpuCores);
}
