import { type GpuId, type GpuSetting, NO_GPU_SETTING } from '../../../shared/gpu.js';
import { err, ok, type Result } from '../../../shared/result.js';
import { seal, unseal } from '../sealed.js';

/** One GPU that we touched or are about to touch. */
export interface GpuEntry {
  readonly id: GpuId;
  /** Power limit found before the first touch, W; null = not touched. */
  readonly originalPowerWatts: number | null;
  /** What we last meant to set; a knob that is null is as found. */
  readonly applied: GpuSetting;
}
/** What must survive a SIGKILL of GPU settings. */
export interface GpuLedger {
  readonly entries: readonly GpuEntry[];
}
/** The ledger of an agent that has set no GPU. */
export const EMPTY_GPU_LEDGER: GpuLedger = { entries: [] };

/** What the ledger knows of a GPU; undefined = it was never touched. */
export const gpuEntryOf = (ledger: GpuLedger, id: GpuId): GpuEntry | undefined =>
  ledger.entries.find((entry) => entry.id === id);

/** A setting that is about to be made. */
export interface GpuTouch {
  readonly id: GpuId;
  readonly knob: 'clock' | 'power';
  readonly value: number;
  readonly originalPowerWatts: number | null;
}

/**
 * Records the intent to set one knob. The original is taken at the first touch and never replaced.
 */
export function intendGpu(
  ledger: GpuLedger,
  { id, knob, value, originalPowerWatts }: GpuTouch,
): GpuLedger {
  const known = gpuEntryOf(ledger, id);
  const entry: GpuEntry = {
    id,
    originalPowerWatts: known?.originalPowerWatts ?? originalPowerWatts,
    applied: {
      ...(known?.applied ?? NO_GPU_SETTING),
      [knob === 'clock' ? 'clockMhz' : 'powerWatts']: value,
    },
  };
  return { entries: [...ledger.entries.filter((other) => other !== known), entry] };
}

/** Records that a knob is as found again; a GPU whose knobs both are is forgotten. */
export function releaseKnob(ledger: GpuLedger, id: GpuId, knob: 'clock' | 'power'): GpuLedger {
  const known = gpuEntryOf(ledger, id);
  if (known === undefined) return ledger;
  const others = ledger.entries.filter((entry) => entry !== known);
  const applied = { ...known.applied, [knob === 'clock' ? 'clockMhz' : 'powerWatts']: null };
  if (applied.clockMhz === null && applied.powerWatts === null) return { entries: others };
  const originalPowerWatts = knob === 'power' ? null : known.originalPowerWatts;
  return { entries: [...others, { ...known, originalPowerWatts, applied }] };
}

/** Removes a GPU that has left the host. */
export const forgetGpu = ({ entries }: GpuLedger, id: GpuId): GpuLedger => ({
  entries: entries.filter((entry) => entry.id !== id),
});

const KIND = 'dqoes-gpus 1';
/** The ledger as the text of its file. */
export const serialiseGpus = (ledger: GpuLedger): string => seal(KIND, ledger);

/** Reads the text of the file. Never throws; the error says what is torn. */
export function parseGpus(text: string): Result<GpuLedger, string> {
  const opened = unseal(KIND, text);
  if (!opened.ok) return opened;
  const { value } = opened;
  if (!isRecord(value) || !Array.isArray(value.entries) || !value.entries.every(isEntry))
    return err('an entry is damaged');
  return ok({ entries: value.entries });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isAmount = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && Number.isFinite(value));

const isEntry = (value: unknown): value is GpuEntry =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  isAmount(value.originalPowerWatts) &&
  isRecord(value.applied) &&
  isAmount(value.applied.clockMhz) &&
  isAmount(value.applied.powerWatts);
