import { compareVersions, type StateVersion } from '../../shared/command.js';
import type { NodeRecord } from '../state/model.js';

/** When a desired state was last published to its node, ms on the coordinator's clock. */
export interface LastNudge {
  readonly version: StateVersion;
  readonly atMs: number;
}

/** Interval of nodes that have not told theirs, ms. */
const UNKNOWN_INTERVAL_MS = 5000;
/**
 * Agents that hear nothing for longer than `hold-after` (45 s or more) take it that nobody leads.
 */
const SIGN_OF_LIFE_MS = 15_000;

/**
 * Whether to publish a node's desired state once more: as a sign of life, and because a lost nudge
 * heals: no ack within two report intervals, or a report that came more than an interval after the
 * nudge and still holds something older. Nodes that are down read the store when they come back.
 */
export function needsNudge(node: NodeRecord, last: LastNudge | undefined, nowMs: number): boolean {
  const { desired, report, ack } = node;
  if (desired === null || node.liveness === 'down') return false;
  if (last === undefined || !sameVersion(last.version, desired)) return true;
  if (nowMs - last.atMs >= SIGN_OF_LIFE_MS) return true;
  const intervalMs = node.registration?.intervalMs ?? UNKNOWN_INTERVAL_MS;
  const isBehind = report !== null && !isAtLeast(report.holds, desired);
  if (isBehind && node.heardAtMs - last.atMs > intervalMs) return true;
  const isAcknowledged = ack !== null && isAtLeast(ack.holds, desired);
  const isKnownToHold = report !== null && !isBehind;
  return !isAcknowledged && !isKnownToHold && nowMs - last.atMs >= 2 * intervalMs;
}

const isAtLeast = (held: StateVersion, desired: StateVersion): boolean =>
  held.incarnation === desired.incarnation && compareVersions(held, desired) >= 0;

const sameVersion = (a: StateVersion, b: StateVersion): boolean =>
  a.incarnation === b.incarnation && compareVersions(a, b) === 0;
