import type { Bus } from '../../proto/bus.js';
import type { Subjects } from '../../proto/subjects.js';
import { decodeReport } from '../../proto/telemetry-reader.js';
import { childSignal } from '../../shared/child-signal.js';
import type { Clock } from '../../shared/clock.js';
import { isWithinReach } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import { isAdmitted } from '../state/admission.js';
import type { ClusterState } from '../state/model.js';

/** How long reports are listened to, ms: some intervals of most agents. */
const LISTEN_MS = 6000;

/** Where reports come from. */
export interface LedSinceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Whether another coordinator has led since the state was known: more than half of its nodes, of
 * those that report now, obey a later epoch, which they keep on disk. Asks nobody; takes until all
 * of them were heard, 6 s at most. False where none is heard.
 */
export async function othersHaveLedSince(
  state: ClusterState,
  { bus, subjects, clock, signal }: LedSinceOptions,
): Promise<boolean> {
  const nodes = [...state.nodes.values()].filter((node) => isAdmitted(state, node));
  const expected = new Set<NodeId>(nodes.map(({ id }) => id));
  if (expected.size === 0) return false;
  const isLater = new Map<NodeId, boolean>();
  const listening = childSignal(signal);
  const subscription = bus.subscribe(subjects.allTelemetry, ({ subject, data }) => {
    const node = subjects.nodeOf(subject);
    const report = node !== undefined && expected.has(node) ? decodeReport(data) : undefined;
    if (node === undefined || report?.ok !== true || report.value.node !== node) return;
    const { incarnation, epoch } = report.value.holds;
    const isAfter = epoch > state.epoch && isWithinReach(epoch, state.epoch);
    isLater.set(node, incarnation === state.incarnation && isAfter);
    if (isLater.size === expected.size) listening.abort();
  });
  await clock.sleep(LISTEN_MS, listening.signal);
  subscription.unsubscribe();
  listening.abort();
  return 2 * [...isLater.values()].filter(Boolean).length > isLater.size;
}
