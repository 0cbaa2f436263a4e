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
 * When to publish a node's desired state again, ms: as a sign of life, or because the last message
 * seems lost. It does where no ack came within two report intervals, or where a report came more
 * than one interval after the message and still holds an older version. `last` undefined = never
 * published. Nodes that are down need none: they read the store when they come back.
 */
export function nudgeDueMs(node: NodeRecord, last: LastNudge | undefined): number {
  const { desired, report, ack } = node;
  if (desired === null || node.liveness === 'down') return Number.POSITIVE_INFINITY;
  if (last === undefined || !sameVersion(last.version, desired)) return Number.NEGATIVE_INFINITY;
  const intervalMs = node.registration?.intervalMs ?? UNKNOWN_INTERVAL_MS;
  const isBehind = report !== null && !isAtLeast(report.holds, desired);
  if (isBehind && node.heardAtMs - last.atMs > intervalMs) return Number.NEGATIVE_INFINITY;
  const isAcknowledged = ack !== null && isAtLeast(ack.holds, desired);
  const isKnownToHold = report !== null && !isBehind;
  const isSure = isAcknowledged || isKnownToHold;
  return last.atMs + (isSure ? SIGN_OF_LIFE_MS : Math.min(SIGN_OF_LIFE_MS, 2 * intervalMs));
}

/**
 * Until when nodes need nothing, by their places in the state. Nearly all are the same objects as
 * in the pass before, and are not looked at then.
 */
export class QuietNodes {
  readonly #nodes: NodeRecord[] = [];
  readonly #untilMs: number[] = [];

  /** Whether the node that stands there is that of the last `note`, and needs nothing yet. */
  has(place: number, node: NodeRecord, nowMs: number): boolean {
    return this.#nodes[place] === node && nowMs < (this.#untilMs[place] ?? 0);
  }

  note(place: number, node: NodeRecord, untilMs: number): void {
    this.#nodes[place] = node;
    this.#untilMs[place] = untilMs;
  }

  /** No more nodes are there. */
  cut(count: number): void {
    if (this.#nodes.length > count) this.#nodes.length = count;
  }
}

const isAtLeast = (held: StateVersion, desired: StateVersion): boolean =>
  held.incarnation === desired.incarnation && compareVersions(held, desired) >= 0;

const sameVersion = (a: StateVersion, b: StateVersion): boolean =>
  a.incarnation === b.incarnation && compareVersions(a, b) === 0;
