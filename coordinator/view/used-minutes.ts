interface Run {
  readonly start: number;
  /** After the last. */
  readonly end: number;
}

/** A clock that jumps so often has no minutes; the lowest are forgotten. */
const MAX_RUNS = 1000;

/** The minutes that have a record: none is begun again, whatever the clock says. */
export class UsedMinutes {
  /** In order; no two touch. */
  #runs: readonly Run[] = [];

  add(minute: number): void {
    if (this.firstFree(minute) !== minute) return;
    const before = this.#runs.find(({ end }) => end === minute);
    const after = this.#runs.find(({ start }) => start === minute + 1);
    const run = { start: before?.start ?? minute, end: after?.end ?? minute + 1 };
    const others = this.#runs.filter((each) => each !== before && each !== after);
    this.#runs = [...others, run].sort((a, b) => a.start - b.start).slice(-MAX_RUNS);
  }

  /** The first minute without a record, from this one on. */
  firstFree(minute: number): number {
    return this.#runs.find(({ start, end }) => start <= minute && minute < end)?.end ?? minute;
  }
}
