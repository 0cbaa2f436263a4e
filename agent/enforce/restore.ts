import { type AllocationId, toSafeId } from '../../shared/ids.js';
import type { ContainerEngine, EngineContainer } from '../ports.js';
import { updateWithBurst } from './burst.js';
import { isOurs, OWN_CONTAINER_LABELS, type Owner } from './host-config.js';
import type { Journal } from './journal.js';
import type { KernelLimits } from './kernel-limits.js';
import { forget, type LedgerEntry } from './ledger.js';
import { coresOf, OWN_ORIGINAL, restoreOf } from './limits.js';
import { originalBurstOf, unknownSettings } from './originals.js';
import { isNoWeight } from './weight.js';

interface Failure {
  readonly allocation: AllocationId;
  readonly reason: string;
}
/** What was put back, and what could not be. */
export interface RestoreReport {
  readonly restored: readonly AllocationId[];
  readonly gone: readonly AllocationId[];
  readonly failed: readonly Failure[];
}

export interface RestoreDeps {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly limitHooked?: boolean;
}

/**
 * Puts back the settings found before the first touch; our own containers (`owner`) lose their limit even when the journal does not
 * know them. What is put back or gone is forgotten, what fails stays in the journal for the next try. Idempotent.
 */
export async function restoreAll(host: RestoreDeps, journal: Journal, owner: Owner): Promise<RestoreReport> {
  const { engine, kernel } = host;
  const listed = await engine.list();
  const containers = listed.ok ? listed.value : [];
  const known = new Set(journal.ledger.entries.map((entry) => entry.containerId));
  const own = containers.filter((container) => !known.has(container.id) && isOwnLimited(container, owner));
  const report = { restored: [] as AllocationId[], gone: [] as AllocationId[], failed: [] as Failure[] };
  let ledger = journal.ledger;
  const putBack = async (entry: LedgerEntry): Promise<void> => {
    const container = containers.find(({ id }) => id === entry.containerId);
    // Ours was started with its limit; lifting it now could cut it off its GPU. What others started had another before we touched it, and gets that back.
    if (entry.origin === 'dqoes' && container?.gpuInjection === 'hook' && host.limitHooked !== true) {
      ledger = forget(ledger, entry.containerId);
      return;
    }
    const life = container === undefined ? { ...entry, lifeId: '', pid: 0 } : lifeOf(container);
    const seen = await kernel.read(life);
    const weight = seen.ok ? seen.value.weight : null;
    const settings = restoreOf(entry.original, container?.cpu ?? unknownSettings(entry.applied), weight);
    const updated = await updateWithBurst(host, { life, settings, burstUs: originalBurstOf(entry, entry) });
    const reason = whyNotRestored(updated);
    if (reason !== undefined) {
      report.failed.push({ allocation: entry.allocation, reason });
      return;
    }
    ledger = forget(ledger, entry.containerId);
    (updated.ok ? report.restored : report.gone).push(entry.allocation);
  };
  await Promise.all([...ledger.entries, ...own.map(ownEntry)].map(putBack));
  await journal.update(ledger);
  return report;
}

/** A warning means that the engine left it as it was. */
function whyNotRestored(updated: Awaited<ReturnType<ContainerEngine['updateCpu']>>): string | undefined {
  if (updated.ok) return updated.value[0];
  return updated.error.kind === 'gone' ? undefined : updated.error.message;
}

function isOwnLimited(container: EngineContainer, owner: Owner): boolean {
  const isOwn = container.labels[OWN_CONTAINER_LABELS.allocation] !== undefined && isOurs(container.labels, owner);
  const isLimited = coresOf(container.cpu) !== null || !isNoWeight(container.cpu.shares);
  return isOwn && isLimited && container.gpuInjection !== 'hook';
}

const lifeOf = ({ id, startedAt, pid }: EngineContainer) => ({ containerId: id, lifeId: `${id}@${startedAt}`, pid });

const ownEntry = (container: EngineContainer): LedgerEntry => ({
  containerId: container.id,
  allocation: toSafeId(container.labels[OWN_CONTAINER_LABELS.allocation] ?? '') as AllocationId,
  origin: 'dqoes',
  original: OWN_ORIGINAL,
  applied: null,
});
