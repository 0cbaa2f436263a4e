import type { GpuId, GpuRange, GpuVendor } from '../../shared/gpu.js';
import type { ContainerId } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';

/** What the agent needs of GPUs: one tool per vendor, implemented by `drivers/gpu/`. */

/** One GPU at one moment; null = the tool did not tell. */
export interface GpuSample {
  readonly id: GpuId;
  readonly index: number;
  readonly name: string;
  readonly memoryTotalBytes: number | null;
  readonly memoryUsedBytes: number | null;
  readonly utilisationRatio: number | null;
  readonly clockMhz: number | null;
  readonly maxClockMhz: number | null;
  readonly powerWatts: number | null;
  /** What holds now (`enforced.power.limit`), and what it was made with. */
  readonly powerLimitWatts: number | null;
  readonly defaultPowerWatts: number | null;
  readonly powerRange: GpuRange | null;
  readonly temperatureCelsius: number | null;
  readonly isMig: boolean | null;
  /** Power or heat keeps its clock below what was asked for. */
  readonly isThrottled: boolean | null;
}

/** One process on a GPU. */
export interface GpuProcess {
  readonly gpu: GpuId;
  /** Host pid; of the MPS server where that runs. */
  readonly pid: number;
  readonly name: string;
  readonly memoryBytes: number | null;
}

/**
 * Why a tool did not do what it was asked. `absent`: no such tool or no GPU; `permission`; `range`:
 * it does not take that value; `busy`: not so soon after the last setting; `unsupported`: this GPU
 * or driver cannot; `lost`: the GPU does not answer any more; `driver`: the driver does not;
 * `hang`: the tool does not; `unknown`: any other text.
 */
export type GpuFailureKind =
  | 'absent'
  | 'permission'
  | 'range'
  | 'busy'
  | 'unsupported'
  | 'lost'
  | 'driver'
  | 'hang'
  | 'unknown';
/** Why a tool did not do what it was asked. */
export interface GpuFailure {
  readonly kind: GpuFailureKind;
  /** One line for people, with the cure where there is one. */
  readonly message: string;
}

/** Gets what a tool samples. */
export interface GpuWatch {
  readonly onSample: (sample: GpuSample) => void;
  /** What was sampled before is no longer to be trusted, until the next sample. */
  readonly onTrouble: (failure: GpuFailure) => void;
}

/**
 * A knob of a whole GPU: highest clock of its cores in MHz, or power limit in watts; whole numbers.
 */
export interface GpuOrder {
  readonly knob: 'clock' | 'power';
  readonly value: number;
}

/**
 * The vendor's tool. No call throws; one query is in flight at a time, beside the one that runs for
 * as long as `watch` does.
 */
export interface GpuTool {
  readonly vendor: GpuVendor;
  /** Why clock and power cannot be set through this tool; '' = they can. */
  readonly settingUnavailable: string;
  /**
   * Samples each GPU once per interval until aborted. Starts the query again when it ends; a query
   * that hangs is asked to end and then left.
   */
  watch(watch: GpuWatch, intervalMs: number, signal: AbortSignal): void;
  /** Ids of the GPUs of this host now; fails where one of them might be left out. */
  list(): Promise<Result<readonly GpuId[], GpuFailure>>;
  processes(): Promise<Result<readonly GpuProcess[], GpuFailure>>;
  /** Clocks that may be set, ascending, MHz; empty = the tool does not tell. */
  clocks(id: GpuId): Promise<Result<readonly number[], GpuFailure>>;
  /** Sets one knob. Success means that the tool said so; the samples show whether it holds. */
  set(id: GpuId, order: GpuOrder): Promise<Result<void, GpuFailure>>;
  /** Gives a knob back: `toWatts` = the power limit found before the first touch. */
  reset(
    id: GpuId,
    knob: GpuOrder['knob'],
    toWatts: number | null,
  ): Promise<Result<void, GpuFailure>>;
  /** Whether an MPS server can be reached; null = this vendor has none. */
  hasMps(): boolean | null;
}

/** Which container a host process belongs to; null = none, or it is gone. */
export type ProcessOwner = (pid: number) => ContainerId | null;
