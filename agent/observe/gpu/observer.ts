import type { Clock } from '../../../shared/clock.js';
import { messageOf } from '../../../shared/errors.js';
import type { GpuId, GpuVendor } from '../../../shared/gpu.js';
import type { ContainerId } from '../../../shared/ids.js';
import type { Log } from '../../../shared/log.js';
import type { GpuFailure, GpuProcess, GpuSample, GpuTool, ProcessOwner } from '../../ports/gpu.js';
import { EnergyMeter } from './energy.js';
import { type PowerSample, SavingMeter } from './saving.js';

/** The tools that are listened to, and how often they sample. */
export interface GpuObserverOptions {
  readonly tools: readonly GpuTool[];
  readonly ownerOf: ProcessOwner;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervalMs: number;
  /** Whether a limit of ours on clock or power is in force. */
  readonly isLimited: (id: GpuId) => boolean;
}

/** One GPU as this host knows it now. */
export interface SeenGpu {
  readonly id: GpuId;
  readonly vendor: GpuVendor;
  readonly tool: GpuTool;
  /** The newest sample; what it says holds only where `isKnown`. */
  readonly sample: GpuSample;
  readonly sampledAtMs: number;
  readonly isKnown: boolean;
  /** Why it is not known; '' when it is. */
  readonly reason: string;
  /** null = not asked yet. */
  readonly clocks: readonly number[] | null;
  readonly energyJoules: number | null;
  readonly savedJoules: number | null;
}

interface TrackedGpu {
  readonly tool: GpuTool;
  readonly meter: EnergyMeter;
  readonly saving: SavingMeter;
  readonly firstAtMs: number;
  sample: GpuSample;
  atMs: number;
  clocks: readonly number[] | null;
}

/** Interval between two queries for processes, ms: they come and go with containers. */
const PROCESSES_MS = 5_000;
/** A sample is stale when it is older than this number of intervals, and at least this old, ms. */
const STALE_INTERVALS = 3;
const MIN_STALE_MS = 3_000;
const MIN_STALE_AMD_MS = 20_000;
/** A GPU that its tool has not listed for this long beside others is lost, ms. */
const UNLISTED_MS = 30_000;
/** A GPU whose clocks are not known is kept back for this long, ms. */
const ASK_MS = 10_000;
/** Most GPUs of one host; a longer list is no answer of a real tool. */
const MAX_GPUS = 64;

/**
 * Listens to the vendors' tools. Nothing waits for a tool: what has not come in time is not known.
 * A failed query is never read as an idle GPU.
 */
export class GpuObserver {
  readonly #options: GpuObserverOptions;
  readonly #stopping = new AbortController();
  readonly #held = new Map<GpuId, TrackedGpu>();
  readonly #troubles = new Map<GpuTool, { readonly failure: GpuFailure; readonly atMs: number }>();
  readonly #processes = new Map<GpuTool, readonly GpuProcess[] | null>();
  readonly #asking = new Set<GpuTool>();
  #loop: Promise<void> | undefined;

  constructor(options: GpuObserverOptions) {
    this.#options = options;
  }

  start(): void {
    const { tools, intervalMs } = this.#options;
    for (const tool of tools) {
      const onSample = (sample: GpuSample): void => this.#take(tool, sample);
      const onTrouble = (failure: GpuFailure): void => this.#trouble(tool, failure);
      tool.watch({ onSample, onTrouble }, intervalMs, this.#stopping.signal);
    }
    if (tools.length > 0) this.#loop ??= this.#askOften();
  }

  /** Does not wait for a tool that hangs. */
  stop(): void {
    this.#stopping.abort();
  }

  /**
   * In index order. A new GPU appears when it is known what can be set on it, because half of that
   * would look as if nothing could.
   */
  gpus(): readonly SeenGpu[] {
    const nowMs = this.#options.clock.now();
    const ready = [...this.#held].filter(
      ([, { clocks, firstAtMs }]) => clocks !== null || nowMs - firstAtMs > ASK_MS,
    );
    const seen = ready.map(([id, held]) => this.#seen(id, held));
    return seen.sort((a, b) => a.vendor.localeCompare(b.vendor) || a.sample.index - b.sample.index);
  }

  /**
   * Memory that the processes of each container hold on GPUs, bytes; null = some process does not
   * tell.
   */
  memoryByContainer(): ReadonlyMap<
    ContainerId,
    { readonly ids: ReadonlySet<GpuId>; readonly bytes: number | null }
  > {
    const found = new Map<ContainerId, { ids: Set<GpuId>; bytes: number | null }>();
    for (const processes of this.#processes.values())
      for (const { pid, gpu, memoryBytes } of processes ?? []) {
        const container = this.#options.ownerOf(pid);
        if (container === null) continue;
        const known = found.get(container) ?? { ids: new Set<GpuId>(), bytes: 0 };
        known.ids.add(gpu);
        known.bytes =
          known.bytes === null || memoryBytes === null ? null : known.bytes + memoryBytes;
        found.set(container, known);
      }
    return found;
  }

  /** One line for each tool that does not answer as it should. */
  warnings(): readonly string[] {
    return [...this.#troubles.values()].map(({ failure }) => `GPU not known: ${failure.message}`);
  }

  #seen(id: GpuId, held: TrackedGpu): SeenGpu {
    const { tool, sample, atMs, clocks, meter, saving } = held;
    const ageMs = this.#options.clock.now() - this.#roundAtMs(held);
    const isOld = ageMs > this.#oldMs(tool);
    const failure = this.#troubles.get(tool)?.failure;
    // One lost GPU does not make its neighbours unknown.
    const cause =
      failure !== undefined && (failure.kind !== 'lost' || isOld) ? failure.message : '';
    const reason = cause || (isOld ? this.#silence(tool, ageMs) : '');
    const isKnown = reason === '';
    const energy = { energyJoules: meter.joules, savedJoules: saving.joules };
    return {
      id,
      vendor: tool.vendor,
      tool,
      sample,
      sampledAtMs: atMs,
      isKnown,
      reason,
      clocks,
      ...energy,
    };
  }

  // Those of one round grow old together: else the last of it looks like one that is still listed.
  #roundAtMs({ tool, atMs }: TrackedGpu): number {
    const { intervalMs } = this.#options;
    const times = [...this.#held.values()].flatMap((each) => (each.tool === tool ? each.atMs : []));
    return Math.max(atMs, ...times.filter((each) => each - atMs < intervalMs / 2));
  }

  // A tool that goes on listing its other GPUs has lost this one.
  #silence(tool: GpuTool, ageMs: number): string {
    const nowMs = this.#options.clock.now();
    const isAlone = ![...this.#held.values()].some(
      (other) => other.tool === tool && nowMs - other.atMs <= this.#oldMs(tool),
    );
    const silent = `no sample for ${Math.round(ageMs / 1000)} s`;
    return isAlone || ageMs < UNLISTED_MS
      ? silent
      : `the GPU is lost: ${silent}, and its tool lists the others`;
  }

  // amd-smi is asked less often (`AmdSmi`).
  #oldMs({ vendor }: GpuTool): number {
    const intervals = STALE_INTERVALS * this.#options.intervalMs;
    return vendor === 'nvidia'
      ? Math.max(MIN_STALE_MS, intervals)
      : Math.max(MIN_STALE_AMD_MS, intervals);
  }

  #take(tool: GpuTool, sample: GpuSample): void {
    const atMs = this.#options.clock.now();
    this.#recover(tool, atMs);
    const known = this.#held.get(sample.id);
    if (known === undefined && this.#held.size >= MAX_GPUS) return;
    const held = known ?? newlyHeld(tool, sample, atMs);
    this.#held.set(sample.id, held);
    held.sample = sample;
    held.atMs = atMs;
    held.meter.add(atMs, sample.powerWatts);
    const power = powerOf(sample, atMs, this.#options.isLimited(sample.id));
    if (power === null) held.saving.interrupt();
    else held.saving.add(power);
  }

  // A sample ends every trouble except that of a lost neighbour, which ends when the tool no longer
  // reports it.
  #recover(tool: GpuTool, atMs: number): void {
    const trouble = this.#troubles.get(tool);
    if (trouble === undefined) return;
    if (trouble.failure.kind === 'lost' && atMs - trouble.atMs <= this.#oldMs(tool)) return;
    this.#troubles.delete(tool);
    this.#options.log.info('GPUs are known again', { vendor: tool.vendor });
  }

  #trouble(tool: GpuTool, failure: GpuFailure): void {
    const before = this.#troubles.get(tool)?.failure;
    if (before?.message !== failure.message)
      this.#options.log.warn('GPUs are not known', { vendor: tool.vendor, cause: failure.message });
    this.#troubles.set(tool, { failure, atMs: this.#options.clock.now() });
    if (failure.kind === 'lost') return;
    this.#processes.set(tool, null);
    for (const held of this.#held.values()) if (held.tool === tool) interrupt(held);
  }

  async #askOften(): Promise<void> {
    const { clock, tools } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      for (const tool of tools) void this.#ask(tool);
      const isNew =
        [...this.#held.values()].some(({ clocks }) => clocks === null) || this.#held.size === 0;
      await clock.sleep(
        isNew ? Math.min(PROCESSES_MS, this.#options.intervalMs) : PROCESSES_MS,
        signal,
      );
    }
  }

  // One query at a time. While the tool is in trouble only its stream shows when it works again.
  async #ask(tool: GpuTool): Promise<void> {
    const trouble = this.#troubles.get(tool)?.failure.kind ?? 'lost';
    if (this.#asking.has(tool) || trouble !== 'lost') return;
    this.#asking.add(tool);
    try {
      for (const [id, held] of this.#held)
        if (held.tool === tool && held.clocks === null) {
          const clocks = await tool.clocks(id);
          if (clocks.ok || clocks.error.kind === 'unsupported')
            held.clocks = clocks.ok ? clocks.value : [];
        }
      const processes = await tool.processes();
      this.#processes.set(tool, processes.ok ? processes.value : null);
    } catch (cause) {
      this.#options.log.error('asking a GPU tool failed', { cause: messageOf(cause) });
    } finally {
      this.#asking.delete(tool);
    }
  }
}

const newlyHeld = (tool: GpuTool, sample: GpuSample, atMs: number): TrackedGpu => ({
  tool,
  sample,
  atMs,
  firstAtMs: atMs,
  clocks: null,
  meter: new EnergyMeter(),
  saving: new SavingMeter(),
});

function interrupt({ meter, saving }: TrackedGpu): void {
  meter.interrupt();
  saving.interrupt();
}

function powerOf(sample: GpuSample, atMs: number, isLimited: boolean): PowerSample | null {
  const { powerWatts: watts, utilisationRatio, clockMhz, maxClockMhz } = sample;
  if (watts === null || utilisationRatio === null || clockMhz === null || maxClockMhz === null)
    return null;
  return maxClockMhz === 0
    ? null
    : { atMs, watts, utilisationRatio, clockMhz, maxClockMhz, isLimited };
}
