import type { Clock } from '../../../shared/clock.js';
import type {
  ContainerGpuReport,
  DesiredGpu,
  GpuId,
  GpuLadder,
  GpuReport,
  GpuSetting,
} from '../../../shared/gpu.js';
import type { ContainerId } from '../../../shared/ids.js';
import type { Log } from '../../../shared/log.js';
import { cutText } from '../../../shared/text.js';
import { ladderOf } from '../../observe/gpu/ladder.js';
import { GpuObserver, type SeenGpu } from '../../observe/gpu/observer.js';
import type { EngineContainer } from '../../ports/engine.js';
import type { GpuTool, ProcessOwner } from '../../ports/gpu.js';
import { allowedClocks, allowedPower, type GpuBounds } from './bounds.js';
import { GpuEnforcer } from './enforcer.js';
import type { AssignedGpus, GpuUses } from './gpu-view.js';
import type { GpuJournal } from './journal.js';
import { tellRestored } from './restore.js';

/** The GPU tools of a host, and what may be done with them. */
export interface NodeGpusOptions {
  readonly tools: readonly GpuTool[];
  readonly ownerOf: ProcessOwner;
  readonly journal: GpuJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervalMs: number;
  readonly minChangeMs: number;
  readonly bounds: GpuBounds;
  readonly mayEnforce: boolean;
  /** The host's policy lets jobs have a share of a GPU. */
  readonly mayShare: boolean;
}

/** How long a stop waits for a setting in progress, ms. */
const PATIENCE_MS = 5_000;

/**
 * The GPUs of this host, observed and set beside everything else the agent does. `reports`,
 * `usesOf` and `warnings` only read; `tick` and `stop` act.
 */
export class NodeGpus {
  readonly #options: NodeGpusOptions;
  readonly #observer: GpuObserver;
  readonly #enforcer: GpuEnforcer;

  constructor(options: NodeGpusOptions) {
    this.#options = options;
    this.#enforcer = new GpuEnforcer(options);
    const isLimited = (id: GpuId): boolean => this.#enforcer.appliedTo(id) !== null;
    this.#observer = new GpuObserver({ ...options, isLimited });
  }

  start(): void {
    this.#observer.start();
  }

  /** Never rejects. */
  async stop(restore: boolean): Promise<void> {
    await this.#enforcer.close(PATIENCE_MS);
    this.#observer.stop();
    if (restore) await tellRestored(this.#enforcer.restore(), this.#options.log);
  }

  /**
   * Sets what differs from what is desired, in the background. `desired` null = not known: nothing
   * is set. Where nothing may be set, what an agent before this one has set is given back.
   */
  tick(desired: readonly DesiredGpu[] | null): void {
    this.#enforcer.tick(this.#options.mayEnforce ? desired : [], this.#observer.gpus());
  }

  /** What is known of each GPU and what may be set on it; sets nothing. */
  reports(): readonly GpuReport[] {
    return this.#observer.gpus().map((gpu) => this.#report(gpu));
  }

  /**
   * What containers have of GPUs; those that have none are absent. `assigned`: by desired state.
   */
  usesOf(containers: readonly EngineContainer[], assignedGpus: AssignedGpus): GpuUses {
    const memory = this.#observer.memoryByContainer();
    const uses = new Map<ContainerId, Omit<ContainerGpuReport, 'isLost'>>();
    for (const { id, gpuInjection: injection = 'none' } of containers) {
      const seen = memory.get(id);
      if (injection === 'none' && seen === undefined) continue;
      const assigned = assignedGpus.get(id) ?? [];
      const ids = assigned.length > 0 ? assigned : [...(seen?.ids ?? [])];
      uses.set(id, { ids, injection, memoryBytes: seen?.bytes ?? null });
    }
    return uses;
  }

  warnings(): readonly string[] {
    return this.#observer.warnings();
  }

  #report(gpu: SeenGpu): GpuReport {
    const { id, vendor, tool, sample, isKnown, clocks, energyJoules, savedJoules } = gpu;
    const hasMps = tool.hasMps();
    const { mayEnforce } = this.#options;
    const { settingUnavailable } = tool;
    const refused = this.#enforcer.refusedOf(id);
    const { bounds } = this.#options;
    const allowed = clocks === null ? null : allowedClocks(clocks, bounds);
    const powerRange = allowedPower(this.#enforcer.powerRangeOf(id, sample), bounds);
    const rungs = ladderOf({
      vendor,
      sample,
      settingUnavailable: settingUnavailable,
      clocks,
      hasMps,
      refused,
      mayEnforce,
    });
    const ladder = withinBounds(rungs, {
      clock: clocks?.length === 0 || allowed?.length !== 0,
      power: powerRange !== null,
      share: this.#options.mayShare,
    });
    const measured = <T>(value: T | null): T | null => (isKnown ? value : null);
    const [min, max] = [allowed?.[0], allowed?.at(-1)];
    return {
      id,
      vendor,
      isKnown,
      ladder,
      hasMps,
      energyJoules,
      savedJoules,
      index: sample.index,
      name: cutText(sample.name, 128),
      reason: cutText(isKnown ? throttledNote(gpu, this.#enforcer.appliedTo(id)) : gpu.reason, 600),
      memoryTotalBytes: sample.memoryTotalBytes,
      memoryUsedBytes: measured(sample.memoryUsedBytes),
      utilisationRatio: measured(sample.utilisationRatio),
      clockMhz: measured(sample.clockMhz),
      maxClockMhz: sample.maxClockMhz,
      powerWatts: measured(sample.powerWatts),
      powerLimitWatts: measured(sample.powerLimitWatts),
      temperatureCelsius: measured(sample.temperatureCelsius),
      isMig: sample.isMig,
      clockRange: min === undefined || max === undefined ? null : { min, max },
      powerRange,
      applied: this.#enforcer.appliedTo(id),
    };
  }
}

// A power limit of ours throttles it on purpose, so that is no remark.
const throttledNote = ({ sample }: SeenGpu, applied: GpuSetting | null): string =>
  sample.isThrottled === true && applied?.powerWatts == null
    ? 'its clock is throttled by power or heat'
    : '';

const BOUNDED = {
  reach: 'none',
  reason: "the host's policy.yaml allows none of its values",
} as const;

const NO_SHARES = {
  reach: 'none',
  reason: "the host's policy.yaml does not allow shares: gpu.share: allow does (docs/gpu.md)",
} as const;

/** The ladder without the rungs whose values the host's own bounds exclude. */
const withinBounds = (
  ladder: GpuLadder,
  allows: { readonly clock: boolean; readonly power: boolean; readonly share: boolean },
): GpuLadder => ({
  ...ladder,
  clock: ladder.clock.reach === 'live' && !allows.clock ? BOUNDED : ladder.clock,
  power: ladder.power.reach === 'live' && !allows.power ? BOUNDED : ladder.power,
  share: ladder.share.reach === 'start' && !allows.share ? NO_SHARES : ladder.share,
});
