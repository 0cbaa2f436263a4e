import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { allocationVerdict, VERDICT_WORDS, type Verdict } from './verdict.js';
import { allocationName, coresText, promisedCores } from './words.js';

/** One job's part of the bar of a host. Shares are of the allocatable CPU. */
export interface Segment {
  readonly id: string;
  readonly job: string;
  readonly verdict: Verdict;
  readonly from: number;
  readonly width: number;
  /** Of its own width, how much it uses; at most 1. */
  readonly used: number;
  /** Names it and its figures. */
  readonly label: string;
}

/** The bar of a host: what is allocated and used within what is allocatable. */
export interface HostBar {
  readonly segments: readonly Segment[];
  readonly allocatedCores: number;
  readonly allocatableCores: number;
  readonly usedCores: number | null;
}

/** What is on each host; what is on none is left out. */
export function allocationsByNode(
  allocations: readonly AllocationStatus[],
): ReadonlyMap<string, readonly AllocationStatus[]> {
  const there = new Map<string, AllocationStatus[]>();
  for (const each of allocations) {
    if (each.node === null) continue;
    const list = there.get(each.node);
    if (list === undefined) there.set(each.node, [each]);
    else list.push(each);
  }
  return there;
}

/** The hosts in their order; of more than `most` those that need a look come first. */
export function cardsOf(nodes: readonly NodeStatus[], most: number): readonly NodeStatus[] {
  if (nodes.length <= most) return nodes;
  const needsLook = ({ liveness, isWaiting, warnings }: NodeStatus): boolean =>
    liveness !== 'ready' || isWaiting === true || warnings.length > 0;
  const first = nodes.filter(needsLook);
  return [...first, ...nodes.filter((node) => !needsLook(node))].slice(0, most);
}

/** What a container without a limit of ours takes of the bar: its use. */
export function hostBarOf(
  { host, id }: NodeStatus,
  allocations: readonly AllocationStatus[],
  silent: ReadonlySet<string>,
): HostBar {
  const allocatableCores = host.allocatableCpuCores;
  let at = 0;
  let used: number | null = null;
  let allocated = 0;
  const segments = allocations
    .filter(({ node }) => node === id)
    .map((allocation): Segment => {
      const { desired, container } = allocation;
      const use = container?.cpu?.usageCores ?? null;
      const cores = promisedCores(desired) ?? use ?? 0;
      allocated += promisedCores(desired) ?? 0;
      if (use !== null) used = (used ?? 0) + use;
      const width = share(cores, allocatableCores);
      const from = at;
      at += width;
      const verdict = allocationVerdict(allocation, silent);
      return {
        id: allocation.id,
        job: allocation.job,
        verdict,
        from,
        width,
        used: cores === 0 || use === null ? 0 : Math.min(1, use / cores),
        label:
          `${allocationName(allocation)}: ${coresText(promisedCores(desired))} allocated, ` +
          `${coresText(use)} used; ${VERDICT_WORDS[verdict]}`,
      };
    });
  // Limits may exceed what is allocatable for a moment; the bar is then drawn to scale.
  const scale = at > 1 ? 1 / at : 1;
  return {
    segments: segments.map((each) => ({
      ...each,
      from: each.from * scale,
      width: each.width * scale,
    })),
    allocatedCores: allocated,
    allocatableCores,
    usedCores: used,
  };
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
