import type { SnapshotNode } from '../../types.js';
import type { NodePlan } from './divide/node-plan.js';
import type { Member } from './member.js';

/** What contention is judged by. */
export interface ContestInput {
  readonly members: readonly Member[];
  readonly plan: NodePlan;
  /** Whether other programs contest the CPU. */
  readonly byOthers: boolean;
}

/** What other programs are judged by. */
export interface OthersInput {
  readonly node: Pick<SnapshotNode, 'idleCpuCores' | 'allocatableCpuCores'>;
  /** CPU that they use on average, cores. */
  readonly othersCores: number;
  /** Whether they contested the CPU before. */
  readonly before: boolean;
}

/**
 * CPU that other programs use, as a ratio of allocatable, at which contention begins, and below
 * which it ends (hysteresis).
 */
const OTHERS = { from: 0.15, until: 0.08 } as const;

/**
 * Whether something on the node takes all the CPU there is: a ceiling with a closed loop, a queue
 * that ranks below others, or containers that dqoes does not manage. Only then does it help that
 * services come first. Among themselves, weights of sixteen times made their tails longer than
 * equal ones did (real containers, 60 % use: p95 by 18 %, n = 2), so without contention all weigh
 * the same.
 */
export function isContested({ members, plan, byOthers }: ContestInput): boolean {
  const takesAll = members.some(({ isWeighted, goal }, i) => {
    const assigned = plan.allocationGoals[i];
    return (
      isWeighted &&
      goal !== null &&
      assigned !== undefined &&
      assigned.kind !== 'keep' &&
      assigned.tailCores === undefined
    );
  });
  if (takesAll || plan.isCrowded) return true;
  return byOthers;
}

/**
 * Whether other programs contest the CPU, as before where the host does not say what is idle. What
 * jobs took is nothing of theirs: with it a ceiling that has ended would leave contention behind.
 */
export const isContestedByOthers = ({ node, othersCores, before }: OthersInput): boolean =>
  node.idleCpuCores === null
    ? before
    : othersCores > node.allocatableCpuCores * (before ? OTHERS.until : OTHERS.from);
