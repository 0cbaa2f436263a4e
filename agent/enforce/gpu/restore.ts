import { messageOf } from '../../../shared/errors.js';
import type { GpuId } from '../../../shared/gpu.js';
import type { Log } from '../../../shared/log.js';
import type { Result } from '../../../shared/result.js';
import type { GpuFailure, GpuTool } from '../../ports/gpu.js';
import type { GpuJournal } from './journal.js';
import { releaseKnob } from './ledger.js';
import { knobValue } from './plan.js';

/** GPUs whose settings were put back, and those that could not be. */
export interface GpuRestoreReport {
  readonly restored: readonly GpuId[];
  readonly failed: readonly { readonly id: GpuId; readonly reason: string }[];
}

/**
 * Puts back what the journal remembers, GPU by GPU. What is put back is forgotten, what fails stays
 * for the next try. Idempotent; rejects only when the journal cannot be written. `toolOf`: the tool
 * of a GPU; undefined = there is none any more.
 */
export async function restoreGpus(
  journal: GpuJournal,
  toolOf: (id: GpuId) => GpuTool | undefined,
): Promise<GpuRestoreReport> {
  const restored: GpuId[] = [];
  const failed: { id: GpuId; reason: string }[] = [];
  for (const { id, applied, originalPowerWatts } of journal.ledger.entries) {
    const reasons: string[] = [];
    for (const knob of ['clock', 'power'] as const) {
      if (knobValue(applied, knob) === null) continue;
      const done = await resetWith(toolOf(id), { id, knob, toWatts: originalPowerWatts });
      if (done.ok) await journal.update(releaseKnob(journal.ledger, id, knob));
      else reasons.push(done.error.message);
    }
    if (reasons.length === 0) restored.push(id);
    else failed.push({ id, reason: reasons.join('; ') });
  }
  return { restored, failed };
}

/** Says in the log what came of putting settings back. Never rejects. */
export async function tellRestored(restoring: Promise<GpuRestoreReport>, log: Log): Promise<void> {
  try {
    const { restored, failed } = await restoring;
    for (const { id, reason } of failed) log.error('a GPU was not restored', { gpu: id, reason });
    if (restored.length > 0) log.info('GPU settings are restored', { gpus: restored });
  } catch (cause) {
    log.error('restoring GPUs stopped half-way', { cause: messageOf(cause) });
  }
}

interface Reset {
  readonly id: GpuId;
  readonly knob: 'clock' | 'power';
  readonly toWatts: number | null;
}

async function resetWith(
  tool: GpuTool | undefined,
  { id, knob, toWatts }: Reset,
): Promise<Result<void, GpuFailure>> {
  if (tool !== undefined) return tool.reset(id, knob, toWatts);
  return { ok: false, error: { kind: 'absent', message: 'no tool for this GPU is on this host' } };
}
