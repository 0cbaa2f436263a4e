import { useState } from 'preact/hooks';
import { keepNewest } from '../model/keep.js';
import { type Drafts, useApp } from './context.js';

const MAX_DRAFTS = 50;

/** What is being written, and what writes it on, and what forgets it where it is done with. */
export type Draft<T> = readonly [value: T, write: (next: T) => void, done: () => void];

/**
 * State that outlives its view: who signs in, or looks at something else meanwhile, finds it again
 * as it was. `key`: of the page.
 */
export function useDraft<T>(key: string, initial: () => T): Draft<T> {
  const { drafts } = useApp();
  const [value, setValue] = useState<T>(() => known<T>(drafts, key) ?? initial());
  const write = (next: T): void => {
    keepNewest(drafts, [key, next], MAX_DRAFTS);
    setValue(next);
  };
  return [value, write, () => void drafts.delete(key)];
}

const known = <T>(drafts: Drafts, key: string): T | undefined => drafts.get(key) as T | undefined;
