import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs the docker command; resolves with its output, or rejects with what it said. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('docker', args);
  return stdout.trim();
}
