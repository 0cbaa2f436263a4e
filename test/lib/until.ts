/**
 * Waits until `condition` is true, looking again every 10 ms; rejects after `deadlineMs` with
 * `what`.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  deadlineMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Error(
        `waited ${deadlineMs} ms in vain for: ${typeof what === 'string' ? what : what()}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
