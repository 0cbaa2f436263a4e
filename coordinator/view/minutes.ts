import type { MinuteRecord } from '../../proto/schemas/view.js';
import type { NodeId } from '../../shared/ids.js';
import type { Prices } from '../../shared/prices.js';
import type { NodeReport } from '../../shared/report.js';
import type { ClusterState } from '../state/model.js';
import { countReport } from './count-report.js';
import { energyCountersOf } from './energy.js';
import { beginMinute, type OpenMinute } from './open-minute.js';
import { Tallies } from './tallies.js';
import { goingOn, hasCounted, minuteOf, tallyFrom } from './tally.js';
import { UsedMinutes } from './used-minutes.js';

/** A record that is to be stored, and its id: of the node, the minute and the epoch. */
export interface ClosedMinute {
  readonly id: string;
  readonly node: NodeId;
  readonly record: MinuteRecord;
}

const NONE: readonly ClosedMinute[] = [];

/** Of a longer silence nothing is known: a gap. */
const MAX_INTERVAL_MS = 300_000;
/** How long after the end of a minute a node may be heard before its record is closed, ms. */
const CLOSE_AFTER_MS = 20_000;

export const MINUTE_MS = 60_000;
/** The minute of a Unix time in ms. */
export const minuteAt = (wallMs: number): number => Math.floor(wallMs / MINUTE_MS);

/** Whether the clock was put back since this minute began, by more than it is set every day. */
export const isAhead = (minute: number, wallMs: number): boolean => minute > minuteAt(wallMs) + 1;

/**
 * Folds reports into one record for each node and minute. The time between two reports counts for
 * the minute in which the second came, whole: so every second and every request counts once, and a
 * record may cover some seconds more or less than a minute. Requests and CPU are differences of
 * counters, so nothing is lost with a report. Holds the minutes that are open, which another leader
 * may go on with (`open`, `adopt`).
 *
 * The clock may jump. No minute begins twice, and one that has a record is passed over. What is
 * open when the clock is put back counts in the minute that it shows then, or in the first one
 * after that without a record: nothing waits for the clock, is lost, or counts twice.
 */
export class MinuteFold {
  readonly #epoch: number;
  readonly #prices: Prices | undefined;
  readonly #nodes = new Map<NodeId, OpenMinute>();
  readonly #used = new UsedMinutes();
  /** The minutes by the clock when silent nodes were looked for last; undefined = look again. */
  #lookedAt: { readonly minute: number; readonly closing: number } | undefined;

  /** `prices`: what resources cost now; absent = the cluster has none. */
  constructor(epoch: number, prices?: Prices) {
    this.#epoch = epoch;
    this.#prices = prices;
  }

  get open(): ReadonlyMap<NodeId, OpenMinute> {
    return this.#nodes;
  }

  /** Goes on with the minute that an earlier leader began, which is not over. */
  adopt(node: NodeId, minute: OpenMinute): void {
    this.#lookedAt = undefined;
    this.#nodes.set(node, minute);
  }

  /**
   * The record of a minute that an earlier leader began and that is over now. Its id is that
   * leader's: where it wrote the record itself, the stream refuses this one.
   */
  closeInherited(node: NodeId, open: OpenMinute): ClosedMinute | null {
    return this.#close(node, open);
  }

  /** That record was not there: what the node did since belongs to the minute that is open now. */
  adoptCounters(node: NodeId, open: OpenMinute, wallMs: number): void {
    beginMinute(open, this.#used.firstFree(minuteAt(wallMs)), this.#epoch);
    open.partial = true;
    this.#lookedAt = undefined;
    this.#nodes.set(node, open);
  }

  /**
   * Counts a report. Returns the record of the minute before, where this report ends it; null =
   * none, or nothing was counted in it.
   */
  add(report: NodeReport, wallMs: number, jobs: ClusterState['jobs']): ClosedMinute | null {
    const { node, bootId, sequence, sentAtMs } = report;
    const known = this.#nodes.get(node);
    if (known?.bootId === bootId && known.sequence === sequence) return null;
    if (known !== undefined) this.#putBack(known, wallMs);
    const minute = this.#minuteFor(wallMs, known);
    const closed = known !== undefined && minute > known.minute ? this.#close(node, known) : null;
    const elapsedMs = known?.bootId === bootId ? sentAtMs - known.sentAtMs : -1;
    if (known === undefined || elapsedMs <= 0 || elapsedMs > MAX_INTERVAL_MS) {
      this.#nodes.set(node, this.#begin(report, minute, known));
      return closed;
    }
    if (minute > known.minute) beginMinute(known, minute, this.#epoch);
    countReport(known, report, { elapsedMs, jobs });
    return closed;
  }

  /** The records of nodes that have not been heard since their minute ended. */
  closeSilent(wallMs: number): readonly ClosedMinute[] {
    const minute = minuteAt(wallMs - CLOSE_AFTER_MS);
    // A report counts in no earlier minute than that of its time: none ends in between.
    const now = { minute: minuteAt(wallMs), closing: minute };
    const before = this.#lookedAt;
    if (before?.minute === now.minute && before.closing === now.closing) return NONE;
    this.#lookedAt = now;
    const closed: ClosedMinute[] = [];
    for (const [node, open] of this.#nodes) {
      this.#putBack(open, wallMs);
      if (open.minute >= minute) continue;
      const record = this.#close(node, open);
      if (record !== null) closed.push(record);
      // Its counters stay for one more minute: what it did meanwhile counts if it is heard again.
      // Where the clock has jumped that minute is still to come.
      if (record === null && minute === open.minute + 1) this.#nodes.delete(node);
      else beginMinute(open, this.#used.firstFree(minute), this.#epoch);
    }
    return closed;
  }

  /** The minute in which counts what is heard now. */
  #minuteFor(wallMs: number, open: OpenMinute | undefined): number {
    const minute = minuteAt(wallMs);
    if (open !== undefined && minute <= open.minute) return open.minute;
    return this.#used.firstFree(minute);
  }

  /** Where the clock was put back, what is open counts in another minute than it began in. */
  #putBack(open: OpenMinute, wallMs: number): void {
    if (!isAhead(open.minute, wallMs)) return;
    const minute = this.#used.firstFree(minuteAt(wallMs));
    if (minute >= open.minute) return;
    open.minute = minute;
    open.epoch = this.#epoch;
    open.partial = true;
  }

  #close(node: NodeId, open: OpenMinute): ClosedMinute | null {
    if (open.seconds === 0) return null;
    this.#used.add(open.minute);
    const { minute, epoch, seconds, partial, allocations, allocatableCores } = open;
    const record: MinuteRecord = {
      schema: 1,
      node,
      minute,
      epoch,
      seconds: Math.round(seconds * 1000) / 1000,
      ...(partial ? { partial } : {}),
      ...(allocatableCores === null ? {} : { allocatableCores }),
      ...(this.#prices === undefined ? {} : { prices: this.#prices }),
      allocations: allocations
        .entries()
        .filter(([, tally]) => hasCounted(tally))
        .map(([id, tally]) => minuteOf(id, tally)),
    };
    return { id: `${node}.${minute}.${epoch}`, node, record };
  }

  /** What this report says is where counting begins; what was counted in its minute stays. */
  #begin(report: NodeReport, minute: number, before: OpenMinute | undefined): OpenMinute {
    const goesOn = before !== undefined && before.minute === minute;
    const tallies = new Map(goesOn ? before.allocations.entries() : []);
    for (const container of report.containers) {
      const known = tallies.get(container.allocation);
      const next = tallyFrom(container);
      tallies.set(container.allocation, known === undefined ? next : goingOn(known, next));
    }
    return {
      bootId: report.bootId,
      sequence: report.sequence,
      sentAtMs: report.sentAtMs,
      minute,
      epoch: goesOn ? before.epoch : this.#epoch,
      seconds: goesOn ? before.seconds : 0,
      partial: true,
      allocations: new Tallies(tallies),
      energy: energyCountersOf(report),
      allocatableCores: report.host.allocatableCpuCores,
    };
  }
}
