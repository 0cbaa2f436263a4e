import { useEffect, useState } from 'preact/hooks';
import type { Result } from '../../../shared/result.js';
import type { Problem } from '../model/problem.js';
import type { History } from '../model/series.js';
import { useApp } from './context.js';
import { whileSeen } from './while-seen.js';

/** How far back a chart goes. */
export type Span = 'hour' | 'day';
export const SPANS: Readonly<Record<Span, { readonly ms: number; readonly stepMs: number }>> = {
  hour: { ms: 3_600_000, stepMs: 10_000 },
  day: { ms: 86_400_000, stepMs: 60_000 },
};
const EVERY_MS = 5000;

/** What is remembered of an allocation, read again as time goes on. */
export function useHistory(
  allocation: string | null,
  span: Span,
): { readonly history: History | null; readonly problem: Problem | null } {
  const { client, store } = useApp();
  const [history, setHistory] = useState<History | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    setHistory(null);
    setProblem(null);
    if (allocation === null) return;
    let isOver = false;
    const read = async (): Promise<void> => {
      const { ms } = SPANS[span];
      // By the minute: an address that changes with each question would never be unchanged.
      const since = Math.max(0, Math.floor((store.state.nowMs - ms) / 60_000) * 60_000);
      const of = (step: string): Promise<Result<History, Problem>> =>
        client.ask<History>(`/history?allocation=${allocation}&step=${step}&since=${since}`);
      const answer = await of(span === 'hour' ? '10s' : '1m');
      // A console that was just started knows minutes only.
      const minutes = span === 'hour' && answer.ok ? await of('1m') : undefined;
      if (isOver) return;
      if (answer.ok)
        setHistory(
          minutes?.ok === true ? { ...answer.value, minutes: minutes.value.points } : answer.value,
        );
      setProblem(answer.ok ? null : answer.error);
    };
    const stop = whileSeen(() => void read(), EVERY_MS);
    return () => {
      isOver = true;
      stop();
    };
  }, [client, store, allocation, span]);
  return { history, problem };
}
