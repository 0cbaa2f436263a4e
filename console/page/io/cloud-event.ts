import type { PageEvent } from '../model/events.js';

/** The event in a CloudEvent; none where it is not one. */
export function eventOf(sequence: number, value: unknown): readonly PageEvent[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, time, data } = value as Readonly<Record<string, unknown>>;
  const atMs = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  const isWhole = typeof type === 'string' && typeof data === 'object' && data !== null;
  if (!isWhole || !Number.isFinite(atMs) || !Number.isFinite(sequence)) return [];
  return [{ sequence, type, atMs, data: data as PageEvent['data'], whole: value }];
}

/** The same of its JSON; '' = there is none. */
export function eventIn(sequence: number, json: string): readonly PageEvent[] {
  if (json === '') return [];
  try {
    return eventOf(sequence, JSON.parse(json));
  } catch {
    return [];
  }
}
