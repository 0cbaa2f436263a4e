import { compareVersions, type StateVersion } from '../../shared/command.js';
import type { NodeRecord } from '../state/model.js';

/** When a desired state was last published to its node, ms on the coordinator's clock. */
export interface LastNudge {
  readonly version: StateVersion;
  readonly atMs: number;
}

/** Report interval assumed for nodes that have not reported theirs, ms. */
const UNKNOWN_INTERVAL_MS = 5000;
/**
 * Each node hears from the coordinator at least this often, ms: an agent that hears nothing for
 * `hold-after` (45 s or more) concludes that no coordinator leads.
 */
const SIGN_OF_LIFE_MS = 15_000;

/**
 * Whether to publish a node's desired state again: as a sign of life, or because the last message
 * seems lost. It does where no ack came within two report intervals, or where a report came more
 * than one interval after the message and still holds an older version. `last` undefined = never
 * published. Nodes that are down need none: they read the store when they come back.
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
