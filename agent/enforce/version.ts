import {
  compareVersions,
  isWithinReach,
  leavesRoom,
  type StateVersion,
} from '../../shared/command.js';
import { assertNever } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';

/**
 * `already`: the version held; `stale`: an older one; `other-incarnation`: of another store;
 * `out-of-reach`: so much later that obeying it would leave no later one to the real leader.
 */
export type VersionVerdict = 'accept' | 'already' | 'stale' | 'other-incarnation' | 'out-of-reach';

/** What an agent knows when a desired state arrives. */
export interface VersionContext {
  /** Newest version it obeyed; null = none yet. */
  readonly holds: StateVersion | null;
  /** True when nothing is held down or running on behalf of the old store. */
  readonly idle: boolean;
  /**
   * Since the last valid desired state of the incarnation held, ms, on the agent's monotonic clock.
   */
  readonly silentMs: number;
  /** How long the old store must be silent before another one is obeyed. */
  readonly incarnationHoldMs: number;
  /** The incarnation that an operator says is right. */
  readonly trustedIncarnation?: string;
  /** That of another cluster, which the settings named before; absent = they named this one. */
  readonly formerIncarnation?: string;
}

/**
 * Fencing. Within one incarnation only a greater (epoch, revision) is obeyed; an equal one is
 * acknowledged again and a lower one refused; so is one out of reach, because a single damaged or
 * forged message must not fence all later leaders. Another incarnation means that the store was
 * created again: the agent keeps what it holds until an operator confirms it, the old store has
 * been silent for long, or nothing is at stake. Settings that name another cluster confirm it.
 */
export function judgeVersion(asked: StateVersion, context: VersionContext): VersionVerdict {
  const { holds } = context;
  if (holds === null) return isFirstWithinReach(asked) ? 'accept' : 'out-of-reach';
  if (asked.incarnation !== holds.incarnation) {
    if (!isFirstWithinReach(asked)) return 'out-of-reach';
    return mayChangeIncarnation(asked, holds, context) ? 'accept' : 'other-incarnation';
  }
  const order = compareVersions(asked, holds);
  if (order > 0) return isSuccessorWithinReach(asked, holds) ? 'accept' : 'out-of-reach';
  return order === 0 ? 'already' : 'stale';
}

// No cluster gets further by itself: its epochs rise by one, and by two million after a loss.
const isFirstWithinReach = ({ epoch, revision }: StateVersion): boolean =>
  isWithinReach(epoch, 0) && leavesRoom({ incarnation: '', epoch: 0, revision });

// A later epoch may bring any revision, because a leader continues what the store holds.
const isSuccessorWithinReach = (asked: StateVersion, holds: StateVersion): boolean =>
  asked.epoch === holds.epoch
    ? isWithinReach(asked.revision, holds.revision)
    : isWithinReach(asked.epoch, holds.epoch) && leavesRoom({ ...asked, epoch: 0 });

function mayChangeIncarnation(
  asked: StateVersion,
  holds: StateVersion,
  context: VersionContext,
): boolean {
  if (context.trustedIncarnation === asked.incarnation) return true;
  if (context.formerIncarnation === holds.incarnation) return true;
  return context.idle || context.silentMs >= context.incarnationHoldMs;
}

/** A verdict by which a desired state is not obeyed. */
export type Refusal = Exclude<VersionVerdict, 'accept' | 'already'>;

/** Why a desired state is not obeyed, and what a person can do about it; '' = nothing is wrong. */
export function refusalOf(
  verdict: Refusal,
  asked: StateVersion,
  held: StateVersion,
): { readonly reason: string; readonly cure: string } {
  const [its, ours] = [showVersion(asked), showVersion(held)];
  switch (verdict) {
    case 'stale':
      return { reason: `${its} is older than ${ours}, which is held`, cure: '' };
    case 'other-incarnation':
      return {
        reason:
          `incarnation ${cutText(asked.incarnation, 40)} is not ${held.incarnation}, which is ` +
          'held',
        cure: 'set trusted-incarnation to accept it',
      };
    case 'out-of-reach':
      return {
        reason: `${its} is too far beyond ${ours}, which is held: it was damaged or forged`,
        cure: 'if it is right, run dqoes agent reset-epoch on this host',
      };
    default:
      return assertNever(verdict);
  }
}

/** A version for people. */
export const showVersion = (version: StateVersion): string =>
  `${version.epoch}.${version.revision}`;
