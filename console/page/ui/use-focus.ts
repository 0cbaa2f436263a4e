import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Nothing has the focus: what had it was taken away, or nothing was focused yet. */
export const isFocusLost = (): boolean => {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !activeElement.isConnected;
};

const headingOfView = (): HTMLElement | null => document.querySelector('main h1');

/** What is read goes on from the heading of the view. */
export const focusHeading = (): void => headingOfView()?.focus({ preventScroll: true });

/** Nobody has gone anywhere in this view yet. */
export const isFocusAtRest = (): boolean =>
  isFocusLost() || document.activeElement === headingOfView();

/**
 * A place that takes the focus when a change took away what had it, as a button that is replaced by
 * what it asked for. One who goes by keys, or listens, goes on from there.
 */
export function useFocusKept<T extends HTMLElement>(change: unknown): RefObject<T | null> {
  const place = useRef<T>(null);
  const before = useRef(change);
  // Before the page is painted: a key that comes between would go on from the top of the page.
  useLayoutEffect(() => {
    if (before.current === change) return;
    before.current = change;
    if (isFocusLost()) place.current?.focus();
  }, [change]);
  return place;
}
