import { useEffect, useRef, useState } from 'preact/hooks';
import type { Result } from '../../../shared/result.js';
import type { Problem } from '../model/problem.js';

/** One change at a time, and why it was refused. */
export interface PageAction {
  readonly problem: Problem | null;
  readonly isRunning: boolean;
  /** Does it, unless one is being done; `onDone` where it was not refused. */
  run<T>(ask: () => Promise<Result<T, Problem>>, onDone: (value: T) => void): void;
  /** What was asked counts no more, as what it was about has changed: nor does its answer. */
  forget(): void;
}

/** Asks for changes, and keeps what is wrong with the last one. */
export function useAction(): PageAction {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isRunning, setRunning] = useState(false);
  /** Which question counts: an answer to another one is left out. */
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  return {
    problem,
    isRunning,
    run: (ask, onDone) => {
      if (isRunning) return;
      turn.current += 1;
      const own = turn.current;
      setRunning(true);
      setProblem(null);
      void ask().then((answer) => {
        if (turn.current !== own) return;
        setRunning(false);
        if (answer.ok) onDone(answer.value);
        else setProblem(answer.error);
      });
    },
    forget: () => {
      turn.current += 1;
      setRunning(false);
      setProblem(null);
    },
  };
}
