import type { Route } from './route.js';

/** What a key asks for. */
export type Command =
  | { readonly do: 'search' }
  | { readonly do: 'help' }
  | { readonly do: 'close' }
  | { readonly do: 'go'; readonly to: Route };

/** A key as it was pressed. */
export interface Key {
  readonly key: string;
  /** With Ctrl, Alt or Meta: it is the browser's. */
  readonly isModified: boolean;
  /** Something is being typed into. */
  readonly isTyping: boolean;
}

/** What was pressed before and waits for its second key. */
export type Pending = '' | 'g';

const GOALS: Readonly<Record<string, Route>> = {
  o: { page: 'overview' },
  e: { page: 'events' },
  s: { page: 'submit' },
  r: { page: 'report' },
};

/** The keys, for the help. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ['/', 'search jobs'],
  ['g o', 'overview'],
  ['g e', 'events'],
  ['g s', 'plan and submit'],
  ['g r', 'report'],
  ['?', 'this help'],
  ['Esc', 'close, or leave the field'],
];

/** What a key does after the one before it. */
export function pressed(
  pending: Pending,
  { key, isModified, isTyping }: Key,
): { readonly pending: Pending; readonly command?: Command } {
  if (isModified) return { pending: '' };
  if (key === 'Escape') return { pending: '', command: { do: 'close' } };
  if (isTyping) return { pending: '' };
  if (pending === 'g') {
    const to = GOALS[key];
    return to === undefined ? { pending: '' } : { pending: '', command: { do: 'go', to } };
  }
  if (key === 'g') return { pending: 'g' };
  if (key === '/') return { pending: '', command: { do: 'search' } };
  if (key === '?') return { pending: '', command: { do: 'help' } };
  return { pending: '' };
}
