import { guaranteedCores } from '../../shared/command.js';
import type { Managed } from '../containers/managed.js';
import type { Journal } from './journal.js';
import { maxPromised } from './promise.js';
import type { Unsettled } from './unsettled.js';

/** Counts what an agent before this one wrote down, and may have died before it was answered. */
export function noteEarlierWrites(
  { ledger, past }: Journal,
  unsettled: Unsettled,
  nowMs: number,
): void {
  for (const entry of [...ledger.entries, ...past.entries]) {
    const { containerId, applied } = entry;
    const cores = Math.max(
      maxPromised(entry) ?? 0,
      applied === null ? 0 : guaranteedCores(applied),
    );
    if (cores > 0) unsettled.wrote(containerId, cores, nowMs);
  }
}

/**
 * Counts what that agent may have asked for where what it wrote down is lost: anything, of the
 * containers that it had. `managed`: as listed before this agent did anything.
 */
export function noteUnknownWrites(
  { past, records }: Journal,
  managed: readonly Managed[],
  { unsettled, nowMs }: { readonly unsettled: Unsettled; readonly nowMs: number },
): void {
  if (!past.isLost) return;
  for (const { containerId, origin } of managed)
    if (origin === 'dqoes' || records?.get(containerId) !== undefined)
      unsettled.wroteUnknown(containerId, nowMs);
}
