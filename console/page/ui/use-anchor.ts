import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Place } from './context.js';
import { isFocusAtRest } from './use-focus.js';

/**
 * An address with an anchor is read from that part on: at once, or once it is there, as after the
 * first answer to a page that was just opened, unless somebody has gone elsewhere meanwhile. To be
 * called by what is drawn again whenever such a part may have come.
 */
export function useAnchor(place: Place): void {
  const reached = useRef<Place | null>(null);
  const waitsFor = useRef<Place | null>(null);
  // Before the page is painted: a key that comes between would go on from where the link was.
  useLayoutEffect(() => {
    if (reached.current === place || place.anchor === '') return;
    const part = document.getElementById(place.anchor);
    const isLate = waitsFor.current === place;
    waitsFor.current = place;
    if (part === null) return;
    reached.current = place;
    if (isLate && !(isFocusAtRest() && window.scrollY === 0)) return;
    part.scrollIntoView();
    part.focus({ preventScroll: true });
  });
}
