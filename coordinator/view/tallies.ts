import type { Tally } from './tally.js';
import {
  At,
  type Counted,
  nothingCounted,
  numbersOf,
  TALLY_FIELDS,
  type TallyField,
} from './tally-fields.js';

const WIDTH = TALLY_FIELDS.length;
const MIN_PLACES = 4;

/**
 * The tallies of a node, each in a place of its own and known by the id of its allocation; one that
 * comes takes the next place. All numbers lie in one piece outside the heap of the engine: there
 * is a tally of each allocation, and every report writes to it.
 */
export class Tallies {
  readonly #ids: string[] = [];
  readonly #lives: string[] = [];
  readonly #jobs: string[] = [];
  #numbers: Float64Array;
  /** By id; made where one does not stand where it is looked for. */
  #places: Map<string, number> | undefined;

  /** A later one of an id takes the place of the one before. */
  constructor(tallies: ReadonlyMap<string, Tally> = new Map()) {
    this.#numbers = new Float64Array(WIDTH * tallies.size);
    for (const [id, tally] of tallies) this.#add(id, tally);
  }

  get size(): number {
    return this.#ids.length;
  }

  /**
   * The place of an allocation; -1 = it has none. `likely`: where it stands nearly always, so that
   * no name has to be looked up.
   */
  find(id: string, likely: number): number {
    if (this.#ids[likely] === id) return likely;
    this.#places ??= new Map(this.#ids.map((each, place) => [each, place]));
    return this.#places.get(id) ?? -1;
  }

  /** Of the container's life whose counters are in that place; undefined = it is no place. */
  lifeAt(place: number): string | undefined {
    return this.#lives[place];
  }

  /** NaN = it is not known. */
  valueAt(place: number, field: TallyField): number {
    return this.#numbers[WIDTH * place + At[field]] as number;
  }

  /** A copy; undefined = it is no place. */
  tallyAt(place: number): Tally | undefined {
    const [life, job] = [this.#lives[place], this.#jobs[place]];
    if (life === undefined || job === undefined) return undefined;
    const counted = nothingCounted();
    this.load(place, counted);
    return { life, job, counted };
  }

  /** In the place of another one of that allocation; where it has none, in the next. */
  put(place: number, id: string, tally: Tally): void {
    if (place < 0) this.#add(id, tally);
    else this.#write(place, tally);
  }

  /** Copies of all, in the order of their places. */
  entries(): readonly (readonly [string, Tally])[] {
    return this.#ids.flatMap((id, place) => {
      const tally = this.tallyAt(place);
      return tally === undefined ? [] : [[id, tally] as const];
    });
  }

  /** Copies the numbers of that place; what was counted is written back with `store`. */
  load(place: number, into: Counted): void {
    const from = WIDTH * place;
    const numbers = this.#numbers;
    const to = numbersOf(into);
    for (let i = 0; i < WIDTH; i += 1) to[i] = numbers[from + i] as number;
  }

  store(place: number, counted: Counted): void {
    const to = WIDTH * place;
    const numbers = this.#numbers;
    const from = numbersOf(counted);
    for (let i = 0; i < WIDTH; i += 1) numbers[to + i] = from[i] as number;
  }

  /** Begins a minute: nothing is counted, and the counters go on. */
  reset(): void {
    const nothing = numbersOf(nothingCounted());
    for (let from = 0; from < WIDTH * this.size; from += WIDTH)
      for (let i: number = At.requests; i < WIDTH; i += 1)
        this.#numbers[from + i] = nothing[i] as number;
  }

  #add(id: string, tally: Tally): void {
    const place = this.#ids.length;
    if (WIDTH * (place + 1) > this.#numbers.length) this.#grow(place);
    this.#ids.push(id);
    this.#places?.set(id, place);
    this.#write(place, tally);
  }

  #write(place: number, { life, job, counted }: Tally): void {
    this.#lives[place] = life;
    this.#jobs[place] = job;
    this.store(place, counted);
  }

  #grow(places: number): void {
    const before = this.#numbers;
    this.#numbers = new Float64Array(WIDTH * Math.max(MIN_PLACES, Math.ceil(1.5 * places)));
    this.#numbers.set(before);
  }
}
