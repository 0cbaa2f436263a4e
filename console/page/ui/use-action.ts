import { useState } from 'preact/hooks';
import type { Result } from '../../../shared/result.js';
import type { Problem } from '../model/problem.js';

/** One change at a time, and why it was refused. */
export interface PageAction {
  readonly problem: Problem | null;
  readonly isRunning: boolean;
  /** Does it, unless one is being done; `onDone` where it was not refused. */
  run<T>(ask: () => Promise<Result<T, Problem>>, onDone: (value: T) => void): void;
}

/** Asks for changes, and keeps what is wrong with the last one. */
export function useAction(): PageAction {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isRunning, setRunning] = useState(false);
  return {
    problem,
    isRunning,
    run: (ask, onDone) => {
      if (isRunning) return;
      setRunning(true);
      setProblem(null);
      void ask().then((answer) => {
        setRunning(false);
        if (answer.ok) onDone(answer.value);
        else setProblem(answer.error);
      });
    },
  };
}
