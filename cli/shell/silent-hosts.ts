import type { AllocationStatus } from '../../proto/schemas/status.js';
import { allNodes } from '../../proto/service-lists.js';
import { firstNames } from '../../shared/text.js';
import { ageText } from '../output/format.js';
import type { Session } from './session.js';

/** No host is silent sooner: three reports at the shortest interval that counts, ms. */
const LEAST_SILENT_MS = 6000;
/** Hosts that the line names. */
const MAX_NAMED = 5;

/**
 * A line that names the silent hosts of these allocations, whose values are the last known ones;
 * none where all report, or that is not known.
 */
export async function silentNotes(
  session: Pick<Session, 'call'>,
  allocations: readonly Pick<AllocationStatus, 'node' | 'ageMs'>[],
): Promise<readonly string[]> {
  const old = allocations.filter(({ ageMs }) => ageMs !== null && ageMs > LEAST_SILENT_MS);
  if (old.length === 0) return [];
  const hosts = new Set(old.map(({ node }) => node));
  const nodes = await allNodes(session);
  const silent = nodes.ok
    ? nodes.value.filter(({ id, liveness }) => hosts.has(id) && liveness !== 'ready')
    : [];
  if (silent.length === 0) return [];
  const named = silent.map(({ id, ageMs }) => `${id} for ${ageText(ageMs)}`);
  return [`Silent: ${firstNames(named, MAX_NAMED)}; their values are the last known.`];
}
