import { Ring } from '../../../console/history/ring.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import type { MinuteRecord } from '../../../proto/schemas/view.js';

/** Time of one step of a sparkline, ms. */
export const STEP_MS = 10_000;
/** Ten minutes are kept. */
const SLOTS = 60;
const STEPS_A_MINUTE = 6;

/** The step of a moment. */
export const stepAt = (wallMs: number): number => Math.floor(wallMs / STEP_MS);

/** The response times of the last ten minutes, of each allocation. */
export class History {
  readonly #rings = new Map<string, Ring>();

  /** What was published at a moment. */
  note({ id, latencyMs, container }: AllocationStatus, step: number): void {
    if (latencyMs !== null && container?.state === 'running') this.#of(id).write(step, [latencyMs]);
  }

  /**
   * A stored minute, where nothing is known of it. A minute knows the mean only, so `isMean` says
   * whose target is one.
   */
  noteMinute({ minute, allocations }: MinuteRecord, isMean: (id: string) => boolean): void {
    const first = minute * STEPS_A_MINUTE;
    for (const { id, meanMs } of allocations) {
      if (meanMs === null || !isMean(id)) continue;
      const ring = this.#of(id);
      for (let step = first; step < first + STEPS_A_MINUTE; step += 1)
        if (ring.at(step) === undefined) ring.write(step, [meanMs]);
    }
  }

  /** The last `count` steps up to `last`, oldest first; null = not known. */
  values(id: string, last: number, count: number): readonly (number | null)[] {
    const ring = this.#rings.get(id);
    return Array.from(
      { length: count },
      (_, index) => ring?.at(last - count + 1 + index)?.[0] ?? null,
    );
  }

  /** Forgets all but these, when it holds many more. */
  keepOnly(ids: ReadonlySet<string>): void {
    if (this.#rings.size <= 2 * ids.size + 100) return;
    for (const id of this.#rings.keys()) if (!ids.has(id)) this.#rings.delete(id);
  }

  #of(id: string): Ring {
    const known = this.#rings.get(id);
    if (known !== undefined) return known;
    const made = new Ring(SLOTS, 1);
    this.#rings.set(id, made);
    return made;
  }
}
