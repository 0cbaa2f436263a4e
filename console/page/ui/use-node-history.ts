import { useEffect, useState } from 'preact/hooks';
import type { NodeHistory } from '../../answers.js';
import { useApp } from './context.js';
import { whileSeen } from './while-seen.js';

const EVERY_MS = 15_000;

/** The last hour of a host, as the console heard it; null = not read yet, or nothing is known. */
export function useNodeHistory(node: string): NodeHistory | null {
  const { client } = useApp();
  const [history, setHistory] = useState<NodeHistory | null>(null);
  useEffect(() => {
    let isOver = false;
    const read = async (): Promise<void> => {
      const answer = await client.ask<NodeHistory>(`/history/node?node=${node}`);
      if (answer.ok && !isOver) setHistory(answer.value);
    };
    const stop = whileSeen(() => void read(), EVERY_MS);
    return () => {
      isOver = true;
      stop();
    };
  }, [client, node]);
  return history;
}
