import { err, ok, type Result } from './result.js';

/** How much a queue holds. */
export interface QueueBounds {
  /** Pieces of work that run at once. */
  readonly running: number;
  /** Places of those that wait beside them. */
  readonly waiting: number;
}

/** Whose a piece of work is, and how many places it takes. Default 1. */
export interface Claim {
  readonly key: string;
  readonly places?: number;
}

/** All that one key has in the queue. */
interface Line {
  readonly key: string;
  /** Of what runs and what waits. */
  places: number;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly places: number;
  /** False = it lost its place. */
  readonly settle: (isTurn: boolean) => void;
}

/**
 * Runs a few pieces of work at a time and keeps a few waiting, so that a flood of them neither
 * fills the memory nor keeps the thread from what matters. Keys take turns, and each keeps the
 * order of its own. Where no place is left, the key that has the most gives up its newest to one
 * that has fewer (longest queue drop: Suter et al., Infocom 1998): one key may use all places while
 * no other wants any, and shuts none out.
 */
export class FairQueue {
  readonly #bounds: QueueBounds;
  /** By key; the first that waits has the next turn. */
  readonly #lines = new Map<string, Line>();
  #running = 0;
  #waitingPlaces = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  /**
   * What `work` resolves with, after its turn came; `busy` = there is no place for it, or it lost
   * the one it had, and it was not run.
   */
  run<T>({ key, places = 1 }: Claim, work: () => Promise<T>): Promise<Result<T, 'busy'>> {
    if (this.#running < this.#bounds.running) {
      this.#running += 1;
      return this.#finish(this.#enter(key, places), places, work);
    }
    if (!this.#makeRoom(key, places)) return Promise.resolve(err('busy'));
    const line = this.#enter(key, places);
    this.#waitingPlaces += places;
    const turn = new Promise<boolean>((settle) => line.waiting.push({ places, settle }));
    return turn.then((isTurn) => (isTurn ? this.#finish(line, places, work) : err('busy')));
  }

  /** Runs in a place that is counted already, and hands it to the next that waits. */
  async #finish<T>(line: Line, places: number, work: () => Promise<T>): Promise<Result<T, 'busy'>> {
    try {
      return ok(await work());
    } finally {
      this.#toTheEnd(line);
      this.#leave(line, places);
      const next = this.#takeNext();
      if (next === undefined) this.#running -= 1;
      else next.settle(true);
    }
  }

  /** False = those that hold more than this key would hold cannot give it enough. */
  #makeRoom(key: string, places: number): boolean {
    const own = (this.#lines.get(key)?.places ?? 0) + places;
    while (this.#waitingPlaces + places > this.#bounds.waiting) {
      const longest = this.#longestWaiting();
      if (longest === undefined || longest.places <= own) return false;
      this.#dropNewest(longest);
    }
    return true;
  }

  #dropNewest(line: Line): void {
    const last = line.waiting.pop();
    if (last === undefined) return;
    this.#waitingPlaces -= last.places;
    this.#leave(line, last.places);
    last.settle(false);
  }

  #longestWaiting(): Line | undefined {
    let longest: Line | undefined;
    for (const line of this.#lines.values())
      if (line.waiting.length > 0 && line.places > (longest?.places ?? 0)) longest = line;
    return longest;
  }

  #takeNext(): Waiting | undefined {
    for (const line of this.#lines.values()) {
      const next = line.waiting.shift();
      if (next === undefined) continue;
      this.#waitingPlaces -= next.places;
      this.#toTheEnd(line);
      return next;
    }
    return undefined;
  }

  /** The others have their turns first. */
  #toTheEnd(line: Line): void {
    this.#lines.delete(line.key);
    this.#lines.set(line.key, line);
  }

  #enter(key: string, places: number): Line {
    const line = this.#lines.get(key) ?? { key, places: 0, waiting: [] };
    line.places += places;
    this.#lines.set(key, line);
    return line;
  }

  #leave(line: Line, places: number): void {
    line.places -= places;
    if (line.places === 0) this.#lines.delete(line.key);
  }
}
