import type { GpuId } from '../../../shared/gpu.js';
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
