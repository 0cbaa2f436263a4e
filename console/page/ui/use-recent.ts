import { useEffect, useRef, useState } from 'preact/hooks';
import { isYounger } from '../model/age.js';
import { keepNewest } from '../model/keep.js';
import { MAX_ASKED, MAX_REMEMBERED, type RecentHistory } from '../model/recent.js';
import { useApp } from './context.js';
import { whileSeen } from './while-seen.js';

export type Recent = RecentHistory['allocations'][number];
/** How long an hour is shown before it is asked for again, ms. */
const FRESH_MS = 30_000;
const SETTLE_MS = 150;

/** The last hour of some allocations; those that are not read yet are absent. */
export function useRecent(ids: readonly string[]): ReadonlyMap<string, Recent> {
  const { client } = useApp();
  const kept = useRef(new Map<string, { readonly atMs: number; readonly recent: Recent }>());
  const [known, setKnown] = useState<ReadonlyMap<string, Recent>>(new Map());
  const wanted = ids.slice(0, MAX_ASKED).join(',');
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const nowMs = Date.now();
      const missing = wanted
        .split(',')
        .filter((id) => id !== '' && !isYounger(kept.current.get(id)?.atMs ?? 0, nowMs, FRESH_MS));
      if (missing.length === 0) return;
      const answer = await client.ask<RecentHistory>(
        `/history/recent?allocations=${missing.join(',')}`,
      );
      if (!answer.ok || isOver) return;
      for (const recent of answer.value.allocations)
        keepNewest(kept.current, [recent.allocation, { atMs: nowMs, recent }], MAX_REMEMBERED);
      setKnown(new Map([...kept.current].map(([id, { recent }]) => [id, recent])));
    };
    // While one scrolls, what is in sight changes many times a second.
    let stop = (): void => {};
    const soon = setTimeout(() => {
      stop = whileSeen(() => void read(), FRESH_MS + 1000);
    }, SETTLE_MS);
    return () => {
      isOver = true;
      clearTimeout(soon);
      stop();
    };
  }, [wanted, client]);
  return known;
}

const TOGETHER_EVERY_MS = 15_000;

/** The last hour of some allocations over the same minutes; null = not read yet, or none. */
export function useRecentTogether(ids: readonly string[]): RecentHistory | null {
  const { client } = useApp();
  const [recent, setRecent] = useState<RecentHistory | null>(null);
  const wanted = ids.join(',');
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      if (wanted === '') return;
      const answer = await client.ask<RecentHistory>(`/history/recent?allocations=${wanted}`);
      if (answer.ok && !isOver) setRecent(answer.value);
    };
    const stop = whileSeen(() => void read(), TOGETHER_EVERY_MS);
    return () => {
      isOver = true;
      stop();
    };
  }, [client, wanted]);
  return recent;
}
