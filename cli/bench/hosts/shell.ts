import { spawnSync } from 'node:child_process';

/** Runs a command and returns what it printed; throws with its error text when it fails. */
export function sh(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${stderr.trim() || `exit code ${status}`}`);
  return stdout.trim();
}

/** Runs a command and ignores its failure, for things that may be gone already. */
export function trySh(command: string, ...args: readonly string[]): void {
  spawnSync(command, args, { stdio: 'ignore' });
}
