import type { ReportBy } from '../../proto/schemas/usage.js';
import type { AllocationMinute, MinuteRecord } from '../../proto/schemas/view.js';
import { DAY_MINUTES, dayOf } from './day.js';
import { type Run, RunList } from './run-list.js';
import { addMinute, addSums, noSums, type Sums } from './sums.js';

/** Which minutes are summed, and by what. */
export interface LedgerQuestion {
  /** Minutes since 1970: the first one, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly by: ReportBy;
  /** Absent = all. */
  readonly job?: string | undefined;
  /** The value of the label that is asked for, of a node; null = it has none. */
  readonly labelOf?: (node: string) => string | null;
}

/** Sums by job, node, day or label, and of all. */
export interface LedgerSums {
  readonly rows: ReadonlyMap<string | null, Sums>;
  readonly total: Sums;
}

/** One allocation on one node. */
interface Entry {
  readonly job: string;
  /** Minutes of which its time is known. */
  readonly known: RunList;
}

interface NodeBook {
  /** Minutes of which the node's time is known. */
  readonly known: RunList;
  /** Minutes of the records taken, by the epoch of their leader. */
  readonly taken: Map<number, RunList>;
  readonly entries: Map<string, Entry>;
}

/**
 * Sums minutes as they come, in any order, each once: a record that was taken already counts for
 * nothing. Holds sums and the gaps between minutes, never the minutes, so that a month takes no
 * more memory than a day. Of a node that was silent, what is between two records is unknown, unless
 * the second one covers it.
 */
export class UsageLedger {
  readonly #question: LedgerQuestion;
  readonly #nodes = new Map<string, NodeBook>();
  readonly #rows = new Map<string | null, Sums>();

  constructor(question: LedgerQuestion) {
    this.#question = question;
  }

  /** Adds a record, if it is of that time and was not taken before. */
  take(record: MinuteRecord): void {
    const { node, minute, epoch, seconds, partial = false, prices, allocations } = record;
    const { from, to, job } = this.#question;
    if (minute < from || minute >= to) return;
    const book = this.#bookOf(node);
    const taken = book.taken.get(epoch) ?? new RunList();
    if (taken.has(minute)) return;
    taken.add({ start: minute, end: minute + 1 });
    book.taken.set(epoch, taken);
    book.known.add(this.#covered(minute, seconds));
    const plainOf = plainShares(record);
    for (const each of allocations) {
      if (job !== undefined && each.job !== job) continue;
      this.#entryOf(book, each).known.add(this.#covered(minute, each.seconds));
      const sums = this.#sumsOf(this.#keyOf(node, each.job, minute));
      addMinute(sums, each, { partial, prices, plain: plainOf(each) });
    }
  }

  /**
   * The sums. `isThere`: whether a node is still one of the cluster: of one that is not, nothing is
   * missing after its last record. To be called once.
   */
  close(isThere: (node: string) => boolean): LedgerSums {
    let count = 0;
    for (const [node, { known, entries }] of this.#nodes)
      for (const entry of entries.values()) {
        count += 1;
        const end = isThere(node) ? this.#question.to : undefined;
        this.#addMinutes(node, entry, gapsOf(entry.known, known, end));
      }
    const total = noSums();
    for (const sums of this.#rows.values()) addSums(total, sums);
    // One that is in several days is one.
    total.allocations = count;
    return { rows: this.#rows, total };
  }

  /** What an interval covers that ended in this minute: it may reach back over a gap. */
  #covered(minute: number, seconds: number): Run {
    // One that begins in its minute is shorter than that.
    const before = Math.max(0, Math.ceil(seconds / 60) - 1);
    return { start: Math.max(this.#question.from, minute - before), end: minute + 1 };
  }

  #addMinutes(node: string, { job, known }: Entry, gaps: readonly Run[]): void {
    const rows = new Set<Sums>();
    const add = (run: Run, field: 'minutes' | 'unknownMinutes'): void => {
      for (const part of this.#partsOf(run)) {
        const sums = this.#sumsOf(this.#keyOf(node, job, part.start));
        sums[field] += part.end - part.start;
        rows.add(sums);
      }
    };
    for (const run of known.runs()) add(run, 'minutes');
    for (const gap of gaps) add(gap, 'unknownMinutes');
    for (const sums of rows) sums.allocations += 1;
  }

  /** The parts of a run that lie in different rows. */
  #partsOf({ start, end }: Run): readonly Run[] {
    if (this.#question.by !== 'day') return [{ start, end }];
    const parts: Run[] = [];
    for (let at = start; at < end; ) {
      const next = Math.min(end, (Math.floor(at / DAY_MINUTES) + 1) * DAY_MINUTES);
      parts.push({ start: at, end: next });
      at = next;
    }
    return parts;
  }

  #keyOf(node: string, job: string, minute: number): string | null {
    const { by, labelOf } = this.#question;
    if (by === 'job') return job;
    if (by === 'node') return node;
    return by === 'day' ? dayOf(minute) : (labelOf?.(node) ?? null);
  }

  #sumsOf(key: string | null): Sums {
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const made = noSums();
    this.#rows.set(key, made);
    return made;
  }

  #bookOf(node: string): NodeBook {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const made = { known: new RunList(), taken: new Map(), entries: new Map() };
    this.#nodes.set(node, made);
    return made;
  }

  #entryOf({ entries }: NodeBook, { id, job }: AllocationMinute): Entry {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const made = { job, known: new RunList() };
    entries.set(id, made);
    return made;
  }
}

/**
 * The minutes after each run of an allocation of which its node has no record; where there is no
 * later record, to `end` (undefined = none).
 */
function gapsOf(own: RunList, ofNode: RunList, end: number | undefined): readonly Run[] {
  return [...own.runs()].flatMap(({ end: start }) => {
    const later = [ofNode.next(start), own.next(start)].filter((each) => each !== undefined);
    const next = later.length > 0 ? Math.min(...later) : (end ?? start);
    return next > start ? [{ start, end: next }] : [];
  });
}

/**
 * What plain Docker gives an allocation: as long as it runs, the CPU of the node in equal parts
 * among those that run, CPU-seconds in thousandths; null = the CPU is not known.
 */
function plainShares({ allocatableCores, seconds, allocations }: MinuteRecord) {
  const all = allocations.reduce((sum, each) => sum + each.seconds, 0);
  const running = seconds > 0 ? all / seconds : 0;
  const part = (allocatableCores ?? 0) / Math.max(1, running);
  return ({ seconds: ran }: AllocationMinute): number | null =>
    allocatableCores === undefined ? null : Math.round(ran * part * 1000);
}
