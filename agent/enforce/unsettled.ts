import type { CpuLimit } from '../../shared/command.js';
import type { AllocationId, ContainerId } from '../../shared/ids.js';

/** After this time the engine will not do a call that it has not answered, ms. */
export const UNSETTLED_MS = 60_000;

interface PendingCores {
  readonly cores: number;
  readonly untilMs: number;
}
/** `id`: the container it made; null = not known. */
interface PendingStart extends PendingCores {
  readonly beganAtMs: number;
  readonly id: ContainerId | null;
  readonly limit: CpuLimit | undefined;
  /** Of these the start before may still bring into force. */
  readonly leastCores: number;
  /** Its image is pulled, so that no container is asked for yet. */
  readonly isPulling: boolean;
}

/**
 * Limits that may still come into force: a write or start without an answer may be done late, and a
 * container that was started may not be listed yet. They count as room that is taken. Times are
 * monotonic, ms.
 */
export class Unsettled {
  readonly #writes = new Map<ContainerId, PendingCores>();
  readonly #starts = new Map<AllocationId, PendingStart>();
  /** Until when a write of any size may come. */
  readonly #unknown = new Map<ContainerId, number>();

  /** An agent whose journal is lost may have asked for any limit, and not have been answered. */
  wroteUnknown(id: ContainerId, nowMs: number): void {
    this.#unknown.set(id, nowMs + UNSETTLED_MS);
  }

  /** Whether a limit may come into force that nobody knows. */
  isUnknown(id: ContainerId, nowMs: number): boolean {
    return nowMs <= (this.#unknown.get(id) ?? Number.NEGATIVE_INFINITY);
  }

  /** No answer came: `cores` may be in force at any time. */
  wrote(id: ContainerId, cores: number, nowMs: number): void {
    const before = this.maxCoresOf(id, nowMs) ?? 0;
    this.#writes.set(id, { cores: Math.max(before, cores), untilMs: nowMs + UNSETTLED_MS });
  }

  /**
   * A later write of this container was answered and read back: the engine does one after the
   * other.
   */
  settled(id: ContainerId): void {
    this.#writes.delete(id);
    this.#unknown.delete(id);
  }

  /** The most that may come into force, cores; null = nothing is open. */
  maxCoresOf(id: ContainerId, nowMs: number): number | null {
    return openCores(this.#writes.get(id), nowMs);
  }

  /**
   * A start is in progress, so `cores` of it may be in force, however long its image is pulled.
   * Call `ended` when it has ended, or the returned function when it certainly did not happen:
   * earlier ones go on counting.
   */
  began(allocation: AllocationId, cores: number, nowMs: number, limit?: CpuLimit): () => void {
    const earlier = this.#starts.get(allocation);
    const before = openCores(earlier, nowMs) ?? 0;
    this.#starts.set(allocation, {
      cores: Math.max(before, cores),
      beganAtMs: nowMs,
      untilMs: Number.POSITIVE_INFINITY,
      id: null,
      limit,
      leastCores: before,
      isPulling: false,
    });
    return () => {
      if (earlier === undefined) this.#starts.delete(allocation);
      else this.#starts.set(allocation, earlier);
    };
  }

  /**
   * A start was answered, or nobody waits for its answer: what it made may not be listed yet, or be
   * made late.
   */
  ended(allocation: AllocationId, nowMs: number): void {
    const start = this.#starts.get(allocation);
    if (start !== undefined)
      this.#starts.set(allocation, { ...start, untilMs: nowMs + UNSETTLED_MS });
  }

  /** The image of a start is pulled now: it may be lowered until its limit is taken. */
  pulling(allocation: AllocationId): void {
    const start = this.#starts.get(allocation);
    if (start !== undefined) this.#starts.set(allocation, { ...start, isPulling: true });
  }

  /** A start whose image is pulled is wanted with less by now, and counts no more than that. */
  lowerPulling(allocation: AllocationId, limit: CpuLimit, cores: number): void {
    const start = this.#starts.get(allocation);
    if (start?.isPulling !== true || cores >= start.cores) return;
    const counted = Math.max(start.leastCores, cores);
    this.#starts.set(allocation, { ...start, limit, cores: counted });
  }

  /** The limit with which its container is made now; it is lowered no more. */
  takeLimit(allocation: AllocationId): CpuLimit | undefined {
    const start = this.#starts.get(allocation);
    if (start !== undefined) this.#starts.set(allocation, { ...start, isPulling: false });
    return start?.limit;
  }

  /** The start made, or found, this container. */
  made(allocation: AllocationId, id: ContainerId): void {
    const start = this.#starts.get(allocation);
    if (start !== undefined) this.#starts.set(allocation, { ...start, id });
  }

  /** The limit of the newest start that is not listed yet. */
  startedWith(allocation: AllocationId): CpuLimit | undefined {
    return this.#starts.get(allocation)?.limit;
  }

  /**
   * A container of the allocation is listed; an older one does not settle the one that was started.
   */
  seen(allocation: AllocationId, id: ContainerId): void {
    if (this.#starts.get(allocation)?.id === id) this.#starts.delete(allocation);
  }

  /**
   * Forgets what can no longer come into force, so that containers that come and go leave nothing
   * behind. What a wanted allocation was started with is kept until it is listed.
   */
  retain(wanted: ReadonlySet<AllocationId>, nowMs: number): void {
    for (const [id, { untilMs }] of this.#writes) if (nowMs > untilMs) this.#writes.delete(id);
    for (const [id, untilMs] of this.#unknown) if (nowMs > untilMs) this.#unknown.delete(id);
    // A pull that nobody waits for any more must not hold its room until it ends.
    for (const [allocation, { beganAtMs, untilMs }] of this.#starts)
      if (!wanted.has(allocation) && nowMs > Math.min(untilMs, beganAtMs + UNSETTLED_MS))
        this.#starts.delete(allocation);
  }

  /** Cores of starts that no list shows yet, by allocation. */
  starts(nowMs: number): ReadonlyMap<AllocationId, number> {
    const open = [...this.#starts].filter(([, { untilMs }]) => nowMs <= untilMs);
    return new Map(open.map(([allocation, { cores }]) => [allocation, cores]));
  }
}

const openCores = (possible: PendingCores | undefined, nowMs: number): number | null =>
  possible === undefined || nowMs > possible.untilMs ? null : possible.cores;
