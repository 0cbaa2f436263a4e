import { messageOf } from '../../../shared/errors.js';
import type { GpuId } from '../../../shared/gpu.js';
import type { Log } from '../../../shared/log.js';
import { err, type Result } from '../../../shared/result.js';
import type { GpuFailure, GpuTool } from '../../ports/gpu.js';
import type { GpuJournal } from './journal.js';
import { forgetGpu, type GpuEntry, releaseKnob } from './ledger.js';
import { knobValue } from './plan.js';

/** A GPU whose settings could not be put back. */
export interface FailedGpu {
  readonly id: GpuId;
  readonly reason: string;
  /** Nothing here tells which GPUs there are: only a person knows whether it has left the host. */
  readonly mayBeGone: boolean;
}
/** GPUs whose settings were put back, and those that could not be. */
export interface GpuRestoreReport {
  readonly restored: readonly GpuId[];
  /** They have left the host, and their settings with them: forgotten. */
  readonly gone: readonly GpuId[];
  readonly failed: readonly FailedGpu[];
}

/**
 * Puts back what the journal remembers, GPU by GPU. What is put back is forgotten, what fails stays
 * for the next try, and so does what cannot be forgotten: a full disk keeps no other GPU, and no
 * container, from being put back. A GPU that has left the host is forgotten: where its tool lists
 * others without it, or, where the tool knows of none, a person names it (`removed`). Idempotent,
 * never rejects. `toolOf`: the tool of a GPU; undefined = there is none any more.
 */
export async function restoreGpus(
  journal: GpuJournal,
  toolOf: (id: GpuId) => GpuTool | undefined,
  removed: ReadonlySet<GpuId> = new Set(),
): Promise<GpuRestoreReport> {
  const restored: GpuId[] = [];
  const gone: GpuId[] = [];
  const failed: FailedGpu[] = [];
  const listings: Listings = new Map();
  for (const entry of journal.ledger.entries) {
    const { id } = entry;
    const tool = toolOf(id);
    const { refusals, notes } = await putBack(journal, entry, tool);
    const reasons = new Set([...refusals.map(({ message }) => message), ...notes]);
    const reason = [...reasons].join('; ');
    const place = refusals.length === 0 ? 'here' : await placeOf(id, { tool, refusals, listings });
    const isGone = place === 'gone' || (place === 'none-listed' && removed.has(id));
    const why = removed.has(id) ? NOT_FORGOTTEN[place] : '';
    const kept = isGone ? await forgetting(journal, id) : reason;
    if (isGone && kept === '') gone.push(id);
    else if (kept === '') restored.push(id);
    else failed.push({ id, reason: kept + why, mayBeGone: place === 'none-listed' && !isGone });
  }
  return { restored, gone, failed };
}

interface PutBack {
  /** Of the tool. */
  readonly refusals: readonly GpuFailure[];
  /** What is back, and the journal cannot be told. */
  readonly notes: readonly string[];
}

async function putBack(
  journal: GpuJournal,
  { id, applied, originalPowerWatts }: GpuEntry,
  tool: GpuTool | undefined,
): Promise<PutBack> {
  const refusals: GpuFailure[] = [];
  const notes: string[] = [];
  for (const knob of ['clock', 'power'] as const) {
    if (knobValue(applied, knob) === null) continue;
    const done = await resetWith(tool, { id, knob, toWatts: originalPowerWatts });
    const note = done.ok ? await forgetKnob(journal, id, knob) : '';
    if (!done.ok) refusals.push(done.error);
    if (note !== '') notes.push(note);
  }
  return { refusals, notes };
}

/**
 * `gone`: its tool lists other GPUs, and not this one. `none-listed`: there is no tool or no driver
 * that could list it. `not-told`: the tool does not answer, or not for all GPUs.
 */
type Place = 'here' | 'gone' | 'none-listed' | 'not-told';

/** What is added for a person who says that it is gone. */
const NOT_FORGOTTEN: Readonly<Record<Place, string>> = {
  here: '; it is in this host, and so not forgotten',
  gone: '',
  'none-listed': '',
  'not-told': '; its tool does not tell which GPUs there are, so it is not forgotten',
};

/** What each tool lists; an end of the agent has no time to ask for each GPU. */
type Listings = Map<GpuTool, ReturnType<GpuTool['list']>>;

interface Refused {
  readonly tool: GpuTool | undefined;
  readonly refusals: readonly GpuFailure[];
  readonly listings: Listings;
}

async function placeOf(id: GpuId, { tool, refusals, listings }: Refused): Promise<Place> {
  if (tool === undefined) return 'none-listed';
  if (refusals.some(({ kind }) => kind === 'hang')) return 'not-told';
  const asked = listings.get(tool) ?? tool.list();
  listings.set(tool, asked);
  const listed = await asked;
  if (!listed.ok)
    return ['absent', 'driver'].includes(listed.error.kind) ? 'none-listed' : 'not-told';
  if (listed.value.includes(id)) return 'here';
  return listed.value.length === 0 ? 'none-listed' : 'gone';
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

/** The same of a GPU that has left the host. */
async function forgetting(journal: GpuJournal, id: GpuId): Promise<string> {
  try {
    await journal.update(forgetGpu(journal.ledger, id));
    return '';
  } catch (cause) {
    return `it has left this host, which the journal cannot be told: ${messageOf(cause)}`;
  }
}

/** Says in the log what came of putting settings back. Never rejects. */
export async function tellRestored(restoring: Promise<GpuRestoreReport>, log: Log): Promise<void> {
  try {
    const { restored, gone, failed } = await restoring;
    for (const { id, reason } of failed) log.error('a GPU was not restored', { gpu: id, reason });
    for (const id of gone)
      log.warn('a GPU has left this host: nothing can be put back on it, and it is forgotten', {
        gpu: id,
      });
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
  return err({ kind: 'absent', message: 'no tool for this GPU is on this host' });
}
