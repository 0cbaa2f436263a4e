import type { AllocationStatus, JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { isSatisfied } from '../../../shared/qoe.js';
import { RESTARTING } from '../../../shared/report.js';

/** How a job does, the worst first. `idle`: it asks for no replica, and is not counted. */
export const VERDICTS = [
  'failed',
  'slower',
  'pending',
  'unknown',
  'faster',
  'at-target',
  'idle',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** In the words of tables and sentences. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  failed: 'failed',
  slower: 'slower than target',
  pending: 'pending',
  unknown: 'not known',
  faster: 'faster than target',
  'at-target': 'at target',
  idle: 'no replicas',
};

/** A job, how it does, and the allocation that decides that. */
export interface JobVerdict {
  readonly verdict: Verdict;
  /** null = nothing of it is anywhere. */
  readonly worst: AllocationStatus | null;
  /** The node of `worst` is silent: what is known of it is old. */
  readonly isStale: boolean;
}

/** Nodes that are silent; what they reported last says nothing about now. */
export const silentNodes = (nodes: readonly NodeStatus[]): ReadonlySet<string> =>
  new Set(nodes.filter(({ liveness }) => liveness !== 'ready').map(({ id }) => id));

/** Whether Docker starts a container again and again: between two starts it runs. */
export const isRestarting = (container: AllocationStatus['container'] | undefined): boolean =>
  container?.reason.startsWith(RESTARTING) === true;

/** How one allocation does. */
export function allocationVerdict(
  { target, qoeClass, container, node }: AllocationStatus,
  silent: ReadonlySet<string>,
): Verdict {
  if (node !== null && silent.has(node)) return 'unknown';
  if (container?.state === 'failed' || container?.state === 'exited') return 'failed';
  if (isRestarting(container)) return 'failed';
  if (container === null || container.state === 'pending') return 'pending';
  if (target === null || qoeClass === null) return 'unknown';
  if (isSatisfied(target, qoeClass)) return 'at-target';
  return qoeClass === 'slower' ? 'slower' : 'faster';
}

/** How a job does: as its worst allocation, or worse where replicas are missing. */
export function jobVerdict(job: JobStatus, silent: ReadonlySet<string>): JobVerdict {
  const judged = job.allocations
    .map((allocation) => ({ allocation, verdict: allocationVerdict(allocation, silent) }))
    .sort((a, b) => rank(a.verdict) - rank(b.verdict));
  const worst = judged[0]?.allocation ?? null;
  const isStale = worst?.node !== null && worst !== null && silent.has(worst.node);
  const its = judged[0]?.verdict ?? 'pending';
  // The state of the whole job counts what silent hosts said last.
  const isHeard = job.allocations.every(({ node }) => node === null || !silent.has(node));
  if (job.state === 'failed' && isHeard) return { verdict: 'failed', worst, isStale };
  if (job.origin === 'dqoes' && job.spec.replicas === 0) return { verdict: 'idle', worst, isStale };
  const isMissing = isHeard && (job.state === 'pending' || job.state === 'partial');
  const verdict = isMissing && rank(its) > rank('pending') ? 'pending' : its;
  return { verdict, worst, isStale };
}

/** 0 = the worst. */
export const rank = (verdict: Verdict): number => VERDICTS.indexOf(verdict);

/** How many jobs there are of each verdict, and how many are counted. */
export interface Tally {
  readonly by: Readonly<Record<Verdict, number>>;
  readonly counted: number;
}

export function tallyOf(verdicts: Iterable<Verdict>): Tally {
  const by = Object.fromEntries(VERDICTS.map((each) => [each, 0])) as Record<Verdict, number>;
  let counted = 0;
  for (const verdict of verdicts) {
    by[verdict] += 1;
    if (verdict !== 'idle') counted += 1;
  }
  return { by, counted };
}
