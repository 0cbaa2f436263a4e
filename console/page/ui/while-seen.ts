/**
 * Calls now and then again and again, only while the window is seen, and at once when it is seen
 * again. Returns what ends that.
 */
export function whileSeen(work: () => void, everyMs: number): () => void {
  const run = (): void => {
    if (!document.hidden) work();
  };
  run();
  const timer = setInterval(run, everyMs);
  document.addEventListener('visibilitychange', run);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', run);
  };
}
