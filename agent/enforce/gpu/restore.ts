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
 * for the next try, and so does what cannot be forgotten: a full disk keeps no other GPU, and no
 * container, from being put back. Idempotent, never rejects. `toolOf`: the tool of a GPU; undefined
 * = there is none any more.
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
      const reason = done.ok ? await forgetKnob(journal, id, knob) : done.error.message;
      if (reason !== '') reasons.push(reason);
    }
    if (reasons.length === 0) restored.push(id);
    else failed.push({ id, reason: reasons.join('; ') });
  }
  return { restored, failed };
}

/** '' = it is forgotten; else why it stays. */
async function forgetKnob(
  journal: GpuJournal,
  id: GpuId,
  knob: 'clock' | 'power',
): Promise<string> {
  try {
    await journal.update(releaseKnob(journal.ledger, id, knob));
    return '';
  } catch (cause) {
    return `the ${knob} is as it was, which the journal cannot be told: ${messageOf(cause)}`;
  }
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
