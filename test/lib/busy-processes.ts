import { spawn } from 'node:child_process';

/**
 * Starts processes that compute without end, each on a core of its own where there is one; returns
 * what ends them.
 */
export function keepBusy(count: number): () => void {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
  );
  const end = (): void => {
    for (const child of children) child.kill('SIGKILL');
    process.removeListener('exit', end);
  };
  process.once('exit', end);
  return end;
}
