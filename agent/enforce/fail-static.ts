import type { CpuLimit, DesiredAllocation, DesiredState } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import type { Random } from '../../shared/random.js';
import { formatDurationMs } from '../../shared/units.js';
import { isPlain } from './promise.js';

/** When a silent coordinator has which consequence. */
export interface FailStaticOptions {
  /** Silence of the coordinator after which nothing is raised any more, ms. */
  readonly holdMs: number;
  /**
   * Silence after which containers get their original limits back one after the other, ms; 0 =
   * never.
   */
  readonly driftAfterMs: number;
  /** Mean time between two of them, ms. */
  readonly driftStepMs: number;
  /** Spreads the steps of many nodes. */
  readonly random: Random;
}

/** Whose limits can be released. */
export interface Releasable {
  readonly allocations: readonly Pick<DesiredAllocation, 'id' | 'limit'>[];
}

const NO_LIMIT: CpuLimit = { cpuCores: null, periodUs: 100_000 };
/** A weight alone throttles no container, so it is released last. */
const bound = ({ cpuCores }: CpuLimit): number => cpuCores ?? Number.MAX_VALUE;

/**
 * What an agent does without a coordinator (fail static). At first limits stay as they are; after
 * `holdMs` of silence none is raised; after `driftAfterMs` containers get their original limits
 * back one by one at random times, the most throttled first, so that none starves under a limit
 * that nobody corrects. The first message of a coordinator ends it. Times are monotonic, ms.
 */
export class FailStatic {
  readonly #options: FailStaticOptions;
  readonly #released = new Set<AllocationId>();
  #heardAtMs: number;
  #nextStepMs: number | null = null;

  constructor(options: FailStaticOptions, nowMs: number) {
    this.#options = options;
    this.#heardAtMs = nowMs;
  }

  /** The coordinator was heard. True when containers had been released meanwhile. */
  coordinatorHeard(nowMs: number): boolean {
    this.#heardAtMs = nowMs;
    this.#nextStepMs = null;
    const hadLetGo = this.#released.size > 0;
    this.#released.clear();
    return hadLetGo;
  }

  /** Time since a coordinator was heard, or since the start, ms. */
  silentMs(nowMs: number): number {
    return nowMs - this.#heardAtMs;
  }

  isHolding(nowMs: number): boolean {
    return nowMs - this.#heardAtMs >= this.#options.holdMs;
  }

  /** Releases one more container where it is time. True when it did. */
  step({ allocations }: Releasable, nowMs: number): boolean {
    const { driftAfterMs, driftStepMs, random } = this.#options;
    if (driftAfterMs === 0 || nowMs - this.#heardAtMs < driftAfterMs) return false;
    this.#nextStepMs ??= nowMs + driftStepMs * random();
    if (nowMs < this.#nextStepMs) return false;
    this.#nextStepMs = nowMs + driftStepMs * (0.5 + random());
    const limited = allocations.filter(
      ({ id, limit }) => !isPlain(limit) && !this.#released.has(id),
    );
    const [tightest] = limited.sort((a, b) => bound(a.limit) - bound(b.limit));
    if (tightest === undefined) return false;
    this.#released.add(tightest.id);
    return true;
  }

  /** Something was released since the coordinator was last heard. */
  get hasReleased(): boolean {
    return this.#released.size > 0;
  }

  isReleased(id: AllocationId): boolean {
    return this.#released.has(id);
  }

  /**
   * The desired state without the limits that were released; with the first of them GPUs go back to
   * their own settings, too.
   */
  withoutReleased(desired: DesiredState): DesiredState {
    if (this.#released.size === 0) return desired;
    const allocations = desired.allocations.map((each) =>
      this.#released.has(each.id)
        ? { ...each, limit: NO_LIMIT, reason: 'the coordinator has been silent for long' }
        : each,
    );
    const { gpus: _, ...rest } = desired;
    return { ...rest, allocations };
  }

  /** For people; '' while the coordinator is heard. */
  describe(nowMs: number): string {
    if (!this.isHolding(nowMs)) return '';
    const silence =
      'the coordinator has been silent for ' +
      `${formatDurationMs(Math.floor((nowMs - this.#heardAtMs) / 1000) * 1000)}`;
    const count = this.#released.size;
    if (count === 0) return `${silence}: limits are kept and none is raised`;
    return (
      `${silence}: ${count} ${count === 1 ? 'container has' : 'containers have'} their own ` +
      'limits again'
    );
  }
}
