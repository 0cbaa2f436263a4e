import { compareVersions, type StateVersion } from '../../shared/command.js';

/** `already`: the version held; `stale`: an older one; `other-incarnation`: of another store. */
export type VersionVerdict = 'accept' | 'already' | 'stale' | 'other-incarnation';

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
}

/**
 * Fencing. Within one incarnation only a greater (epoch, revision) is obeyed; an equal one is
 * acknowledged again and a lower one refused. Another incarnation means that the store was created
 * again: the agent keeps what it holds until an operator confirms it, the old store has been silent
 * for long, or nothing is at stake.
 */
export function judgeVersion(asked: StateVersion, context: VersionContext): VersionVerdict {
  const { holds } = context;
  if (holds === null) return 'accept';
  if (asked.incarnation !== holds.incarnation)
    return mayChangeIncarnation(asked, context) ? 'accept' : 'other-incarnation';
  const order = compareVersions(asked, holds);
  if (order > 0) return 'accept';
  return order === 0 ? 'already' : 'stale';
}

function mayChangeIncarnation(asked: StateVersion, context: VersionContext): boolean {
  if (context.trustedIncarnation === asked.incarnation) return true;
  return context.idle || context.silentMs >= context.incarnationHoldMs;
}

/** A version for people. */
export const showVersion = (version: StateVersion): string =>
  `${version.epoch}.${version.revision}`;
