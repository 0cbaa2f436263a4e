import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { eventOf } from '../io/cloud-event.js';
import type { Problem } from '../model/problem.js';
import { useApp } from './context.js';

interface StoredEvents {
  readonly events: readonly { readonly sequence: number; readonly event: unknown }[];
  readonly last: number;
}

const BATCH = 200;
const TIMEOUT_MS = 10_000;

/** Stored events, so that a story does not begin with this window. */
export interface EventReader {
  readonly isReading: boolean;
  readonly problem: Problem | null;
  /** Nothing older is stored. */
  readonly isAll: boolean;
  readOlder(): void;
}

/** Reads the newest stored events once, and older ones when asked. */
export function useStoredEvents(): EventReader {
  const { client, store } = useApp();
  const [isReading, setReading] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isAll, setAll] = useState(false);
  const isBusy = useRef(false);
  /** Which caller reads: what was read for another one counts no more. */
  const turn = useRef(0);
  const { isSignedIn } = client;
  const read = useCallback(
    async (before: number | null): Promise<void> => {
      if (isBusy.current) return;
      const after = before === null ? '' : `&after=${Math.max(0, before - BATCH - 1)}`;
      const limit = before === null ? BATCH : Math.min(BATCH, before - 1);
      if (limit < 1) return setAll(true);
      const own = turn.current;
      isBusy.current = true;
      setReading(true);
      const answer = await client.ask<StoredEvents>(`/events?limit=${limit}${after}`, {
        timeoutMs: TIMEOUT_MS,
      });
      if (turn.current !== own) return;
      isBusy.current = false;
      setReading(false);
      setProblem(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      const value = answer.value.events.flatMap(({ sequence, event }) => eventOf(sequence, event));
      const isOlder = before === null || value.some(({ sequence }) => sequence < before);
      if (value.length === 0 || value[0]?.sequence === 1 || !isOlder) setAll(true);
      store.dispatch({ type: 'events', value });
    },
    [client, store],
  );
  // With another caller the page forgets what it had read.
  useEffect(() => {
    turn.current += 1;
    isBusy.current = false;
    setAll(false);
    void read(null);
  }, [read, isSignedIn]);
  return {
    isReading,
    problem,
    isAll,
    readOlder: () => void read(store.state.events[0]?.sequence ?? null),
  };
}
