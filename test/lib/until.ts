/** Between two looks at least, and at most where a look takes long, ms. */
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 250;

/**
 * Waits until `condition` is true; rejects after `deadlineMs` with `what`. Looks again after 10 ms,
 * or after as long as the look took, up to 250 ms: one that starts a program would take the
 * processor from what is waited for.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  deadlineMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const beganMs = performance.now();
    if (await condition()) return;
    if (Date.now() > deadline)
      throw new Error(
        `waited ${deadlineMs} ms in vain for: ${typeof what === 'string' ? what : what()}`,
      );
    const tookMs = performance.now() - beganMs;
    const pauseMs = Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, tookMs));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
