/** Something that is to happen; `cancel` before it does costs nothing. */
export interface Due {
  readonly atMs: number;
  cancel(): void;
}

interface Entry extends Due {
  readonly order: number;
  run: (() => void) | null;
}

/**
 * Virtual time: happenings in the order of their time, those of one time in the order in which they
 * were planned. After each, everything that can go on without time passing does so.
 */
export class Timeline {
  readonly #heap: Entry[] = [];
  #nowMs = 0;
  #orders = 0;
  /** Called after each happening, when all is quiet. */
  onQuiet: () => void = () => {};

  get nowMs(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): Due {
    this.#orders += 1;
    const entry: Entry = {
      atMs: Math.max(atMs, this.#nowMs),
      order: this.#orders,
      run,
      cancel: () => {
        entry.run = null;
      },
    };
    this.#push(entry);
    return entry;
  }

  after(ms: number, run: () => void): Due {
    return this.at(this.#nowMs + ms, run);
  }

  /** Lets time pass until `endMs`, or until `isOver` says so after a happening. */
  async runUntil(endMs: number, isOver: () => boolean = () => false): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= endMs; next = this.#heap[0]) {
      this.#pop();
      const { run } = next;
      if (run === null) continue;
      this.#nowMs = next.atMs;
      run();
      await quiet();
      this.onQuiet();
      if (isOver()) return;
    }
    this.#nowMs = Math.max(this.#nowMs, endMs);
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!isBefore(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child =
        right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
  }
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

/**
 * All promises that can settle have done so when the event loop comes round again: nothing here
 * waits for the OS.
 */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
