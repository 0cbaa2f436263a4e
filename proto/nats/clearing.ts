import type { Newest, NewestByKey } from './listing.js';

/**
 * What is known of the messages before a sequence: those in `live` held values when it was written,
 * and each other one that is found there was deleted or replaced since. A server that was
 * killed reads replaced values again; once the marker that hid such a value is cleared, this
 * tells it from one that was never replaced.
 */
export interface Clearing {
  /** The first sequence that it says nothing about. */
  readonly before: number;
  /** Revisions before it that held values. */
  readonly live: ReadonlySet<number>;
  /** Its own revision in the bucket, for compare-and-set. */
  readonly revision: number;
}

/** Where a bucket keeps it; ids hold no dot, so none collides with it. No reader gets it. */
export const CLEARING_KEY = 'store.cleared';

/** `last`: the bucket's revision before it is written. */
export const encodeClearing = (
  { before, live }: Pick<Clearing, 'before' | 'live'>,
  last: number,
): Uint8Array => new TextEncoder().encode(JSON.stringify({ before, last, live: [...live] }));

/**
 * Reads it; undefined = there is none, or none that can be believed. One that lies at a revision
 * that was there before it was written was copied from another bucket, whose revisions mean
 * nothing in this one.
 */
export function clearingIn(newest: Newest | undefined): Clearing | undefined {
  if (newest === undefined || newest.deleted) return undefined;
  const { value, revision } = newest.stored;
  const { before, last, live } = parse(value);
  if (!isSequence(before) || !isSequence(last) || !Array.isArray(live)) return undefined;
  if (!live.every(isSequence) || revision <= last || before > revision) return undefined;
  return { before, live: new Set(live), revision };
}

/** Whether the message is a value that counts: no marker, and none that had been replaced. */
export function isLive({ stored, deleted }: Newest, clearing: Clearing | undefined): boolean {
  if (deleted) return false;
  const { revision } = stored;
  return clearing === undefined || revision >= clearing.before || clearing.live.has(revision);
}

/** What to clear now, and what is then known. */
export interface ClearingPlan {
  /** Keys whose newest message is to go, where it is before `before`; oldest first. */
  readonly keys: readonly string[];
  readonly before: number;
  readonly live: ReadonlySet<number>;
}

/** Which markers to clear. */
export interface ClearingChoice {
  /** Only what the server stored before this time, by its own clock, ms. */
  readonly beforeMs: number;
  /** Markers as old as that which may stay. */
  readonly spare: number;
  /** Most of them in one go. */
  readonly max: number;
}

/** Chooses the oldest markers, and replaced values that came back. undefined = none are to go. */
export function planClearing(
  found: NewestByKey,
  known: Clearing | undefined,
  { beforeMs, spare, max }: ClearingChoice,
): ClearingPlan | undefined {
  const all = [...found.values()];
  const old = all.filter((each) => !isLive(each, known) && each.atMs < beforeMs);
  if (old.length <= spare) return undefined;
  old.sort((a, b) => a.stored.revision - b.stored.revision);
  const chosen = old.slice(0, max);
  const last = chosen.at(-1)?.stored.revision ?? 0;
  // What was cleared before stays cleared, where values from before it came back.
  const before = Math.max(last + 1, known?.before ?? 0);
  const live = all.flatMap((each) =>
    each.stored.revision < before && isLive(each, known) ? [each.stored.revision] : [],
  );
  return { keys: chosen.map(({ stored }) => stored.key), before, live: new Set(live) };
}

/**
 * When the youngest marker was stored of those that must be old before any is cleared, by the
 * server's clock, ms: what is stored later changes nothing about that. `seenAtMs`: when the bucket
 * was read.
 */
export function clearableSince(
  found: NewestByKey,
  known: Clearing | undefined,
  { spare, seenAtMs }: { readonly spare: number; readonly seenAtMs: number },
): number {
  const ages = [...found.values()].flatMap((each) => (isLive(each, known) ? [] : [each.atMs]));
  return Math.min(seenAtMs, ages.sort((a, b) => a - b)[spare] ?? seenAtMs);
}

function parse(value: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(value));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const isSequence = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
