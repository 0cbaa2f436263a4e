import { useEffect, useRef, useState } from 'preact/hooks';

/** So long after the last movement things stay where they are, ms. */
const QUIET_MS = 2500;
/** However long somebody moves: after this, they change places once, ms. */
const MAX_HELD_MS = 15_000;
const MOVES = ['pointermove', 'pointerdown', 'touchmove', 'wheel'] as const;

/**
 * Whether somebody is about to click, touch or choose by Tab. Lists keep their order meanwhile, so
 * that nothing moves away below a finger.
 */
export function useHand(): boolean {
  const [isMoving, setMoving] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let beganAtMs = 0;
    let lastAtMs = 0;
    const look = (): void => {
      const endMs = Math.min(lastAtMs + QUIET_MS, beganAtMs + MAX_HELD_MS);
      const leftMs = endMs - performance.now();
      timer = leftMs > 0 ? setTimeout(look, leftMs) : undefined;
      if (leftMs <= 0) setMoving(false);
    };
    const onMove = (): void => {
      lastAtMs = performance.now();
      if (timer !== undefined) return;
      beganAtMs = lastAtMs;
      timer = setTimeout(look, QUIET_MS);
      setMoving(true);
    };
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Tab') onMove();
    };
    for (const each of MOVES) window.addEventListener(each, onMove, { passive: true });
    window.addEventListener('keydown', onKey);
    return () => {
      for (const each of MOVES) window.removeEventListener(each, onMove);
      window.removeEventListener('keydown', onKey);
      clearTimeout(timer);
    };
  }, []);
  return isMoving;
}

/** The newest value, or while somebody is about to click the one of before. */
export function useHeld<T>(value: T): T {
  const isHeld = useHand();
  const kept = useRef(value);
  if (!isHeld) kept.current = value;
  return kept.current;
}
