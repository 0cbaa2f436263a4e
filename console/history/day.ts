import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { AllocationMinute, MinuteRecord, NodeViewChange } from '../../proto/schemas/view.js';
import { guaranteedCores } from '../../shared/command.js';
import { isSatisfied } from '../../shared/qoe.js';
import type { Steps } from '../../shared/steps.js';
import { Ring, type Row } from './ring.js';

export const STEPS = ['1m', '10s'] as const;
export type Step = (typeof STEPS)[number];
const STEP_MS: Readonly<Record<Step, number>> = { '1m': 60_000, '10s': 10_000 };
const SLOTS: Readonly<Record<Step, number>> = { '1m': 1440, '10s': 360 };

/** What a point holds, in the order of a row. */
const FIELDS = [
  'latencyMs',
  'worstMs',
  'requests',
  'atTargetRatio',
  'notSlowerRatio',
  'reservedCores',
  'usedCores',
  'throttledRatio',
] as const;

/** One point; null = not known. */
export type Point = { readonly atMs: number } & {
  readonly [F in (typeof FIELDS)[number]]: number | null;
};

/** Which points are asked for; times are Unix times, ms. */
export interface PointQuestion {
  readonly step: Step;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Minutes since 1970, both included. */
export interface Minutes {
  readonly from: number;
  readonly to: number;
}

/** One minute of all allocations that were observed in it. */
export interface ClusterMinute {
  readonly atMs: number;
  readonly observed: number;
  /** Sum of the shares of the minute in which each was at its target. */
  readonly atTarget: number;
  readonly notSlower: number;
}

interface Series extends Readonly<Record<Step, Ring>> {
  /** Minute of the newest value. */
  newest: number;
}

/**
 * A day of every allocation in rings: an hour at 10 s from what is published, 24 h at a minute from
 * the records. 65 kB for one that runs all day, 6 kB for one that ran for minutes, and half of that
 * when it has been gone for an hour. Of more allocations than `maxSeries` nothing is remembered.
 */
export class Day {
  readonly #maxSeries: number;
  readonly #series = new Map<string, Series>();
  /** The newest minute of which something was left out. */
  #leftAt = Number.NEGATIVE_INFINITY;
  #droppedAt = 0;
  #tidiedAt = 0;
  #isLoaded = false;

  constructor(maxSeries: number) {
    this.#maxSeries = maxSeries;
  }

  /** What was stored has been read, and in the day that is held every allocation had a place. */
  get isComplete(): boolean {
    return this.#isLoaded && this.#leftAt <= this.newestMinute - SLOTS['1m'];
  }

  /** Allocations that are remembered. */
  get size(): number {
    return this.#series.size;
  }

  noteLoaded(): void {
    this.#isLoaded = true;
  }

  /** Some of what is stored is not known, until it was read. */
  noteMissing(): void {
    this.#isLoaded = false;
  }

  takeMinute({ minute, allocations }: MinuteRecord): void {
    for (const each of allocations)
      this.#of(each.id, minute)?.['1m'].write(minute, minuteRow(each));
  }

  takeChange({ atMs, facts, figures }: NodeViewChange, statusOf: StatusOf): void {
    const step = Math.floor(atMs / STEP_MS['10s']);
    for (const { id } of [...facts, ...figures]) {
      const status = statusOf(id);
      if (status?.container?.state !== 'running') continue;
      this.#of(id, Math.floor(step / 6))?.['10s'].write(step, momentRow(status));
    }
  }

  /** Points in the order of time; undefined = nothing is remembered of that allocation. */
  pointsOf(
    allocation: string,
    { step, fromMs, toMs }: PointQuestion,
  ): { readonly points: readonly Point[] } | undefined {
    const ring = this.#series.get(allocation)?.[step];
    if (ring === undefined) return undefined;
    const stepMs = STEP_MS[step];
    const points: Point[] = [];
    for (const { step: at, row } of ring.rows(
      Math.floor(fromMs / stepMs),
      Math.floor(toMs / stepMs),
    ))
      points.push(pointOf(at * stepMs, row));
    return { points };
  }

  /** The newest minute of which anything is known, in minutes since 1970; 0 = none. */
  get newestMinute(): number {
    let newest = 0;
    for (const series of this.#series.values()) newest = Math.max(newest, series.newest);
    return newest;
  }

  /**
   * A point for each minute from one to another, both included; null = not known. A minute that
   * has no record yet is the mean of what was published in it.
   */
  minutesOf(allocation: string, { from, to }: Minutes): readonly (Point | null)[] {
    const series = this.#series.get(allocation);
    return Array.from({ length: to - from + 1 }, (_, index) => {
      const row = series === undefined ? undefined : rowAt(series, from + index);
      return row === undefined ? null : pointOf((from + index) * STEP_MS['1m'], row);
    });
  }

  /**
   * Each minute of all allocations together, in a step; a minute in which none was observed is left
   * out. What is written of a minute meanwhile may count or not.
   */
  *clusterMinutes({ from, to }: Minutes): Steps<readonly ClusterMinute[]> {
    const minutes: ClusterMinute[] = [];
    for (let minute = from; minute <= to; minute += 1) {
      let [observed, atTarget, notSlower] = [0, 0, 0];
      for (const series of this.#series.values()) {
        const share = valueAt(series, minute, AT_TARGET);
        if (Number.isNaN(share)) continue;
        observed += 1;
        atTarget += share;
        notSlower += valueAt(series, minute, NOT_SLOWER) || 0;
      }
      const atMs = minute * STEP_MS['1m'];
      if (observed > 0)
        minutes.push({ atMs, observed, atTarget: round(atTarget), notSlower: round(notSlower) });
      yield;
    }
    return minutes;
  }

  #of(allocation: string, minute: number): Series | undefined {
    this.#forgetMoments(minute);
    const known = this.#series.get(allocation);
    if (known !== undefined) {
      known.newest = Math.max(known.newest, minute);
      return known;
    }
    if (this.#series.size >= this.#maxSeries) this.#dropOld(minute);
    if (this.#series.size >= this.#maxSeries) {
      this.#leftAt = Math.max(this.#leftAt, minute);
      return undefined;
    }
    const width = FIELDS.length;
    const rings = { '1m': new Ring(SLOTS['1m'], width), '10s': new Ring(SLOTS['10s'], width) };
    const made = { ...rings, newest: minute };
    this.#series.set(allocation, made);
    return made;
  }

  /**
   * Of allocations that have been gone for an hour, moments are older than any that is held. Once a
   * minute, by the minute before: of a leader whose clock is ahead one node is heard first.
   */
  #forgetMoments(minute: number): void {
    if (minute <= this.#tidiedAt) return;
    const oldest = this.#tidiedAt - SLOTS['10s'] / MOMENTS;
    this.#tidiedAt = minute;
    for (const series of this.#series.values()) if (series.newest < oldest) series['10s'].clear();
  }

  /** Makes room where allocations have been gone for a day; looked for once a minute at most. */
  #dropOld(minute: number): void {
    if (minute <= this.#droppedAt) return;
    this.#droppedAt = minute;
    for (const [id, { newest }] of this.#series)
      if (newest <= minute - SLOTS['1m']) this.#series.delete(id);
  }
}

type StatusOf = (allocation: string) => AllocationStatus | undefined;

const AT_TARGET = FIELDS.indexOf('atTargetRatio');
const NOT_SLOWER = FIELDS.indexOf('notSlowerRatio');
const MOMENTS = STEP_MS['1m'] / STEP_MS['10s'];

function rowAt(series: Series, minute: number): Row | undefined {
  const whole = series['1m'].at(minute);
  if (whole !== undefined) return whole;
  const moments = Array.from({ length: MOMENTS }, (_, index) =>
    series['10s'].at(minute * MOMENTS + index),
  ).filter((row) => row !== undefined);
  if (moments.length === 0) return undefined;
  return FIELDS.map((_, field) =>
    mean(moments.map((row) => row[field] ?? Number.NaN).filter((value) => !Number.isNaN(value))),
  );
}

/** One field of `rowAt`; NaN = not known. It makes no row: a day of a thousand series is read. */
function valueAt(series: Series, minute: number, field: number): number {
  const whole = series['1m'].valueAt(minute, field);
  if (whole !== undefined) return whole;
  let [sum, count] = [0, 0];
  for (let moment = minute * MOMENTS; moment < (minute + 1) * MOMENTS; moment += 1) {
    const value = series['10s'].valueAt(moment, field) ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
}

/** NaN where there is none. */
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

const known = (value: number | null | undefined): number => value ?? Number.NaN;
const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole);

const minuteRow = (minute: AllocationMinute): Row => [
  known(minute.meanMs),
  known(minute.worstMs),
  minute.requests,
  share(minute.atTargetSeconds, minute.observedSeconds),
  share(minute.notSlowerSeconds, minute.observedSeconds),
  share(minute.reservedCpuSeconds, minute.seconds),
  share(minute.usedCpuSeconds, minute.seconds),
  known(minute.throttledRatio),
];

function momentRow({ latencyMs, qoeClass, target, container, desired }: AllocationStatus): Row {
  const isKnown = qoeClass !== null && target !== null;
  return [
    known(latencyMs),
    target !== null && latencyMs === null ? Number.NaN : known(container?.latency?.window.maxMs),
    Number.NaN,
    isKnown ? Number(isSatisfied(target, qoeClass)) : Number.NaN,
    isKnown ? Number(qoeClass !== 'slower') : Number.NaN,
    desired === null ? Number.NaN : guaranteedCores(desired),
    known(container?.cpu?.usageCores),
    known(container?.cpu?.throttledRatio),
  ];
}

const pointOf = (atMs: number, row: Row): Point => {
  const fields = FIELDS.map((name, index) => {
    const value = row[index] ?? Number.NaN;
    return [name, Number.isNaN(value) ? null : round(value)];
  });
  return { atMs, ...Object.fromEntries(fields) } as Point;
};
