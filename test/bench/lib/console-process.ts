import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./console-program.js', import.meta.url));

/** A console in a process of its own, which has printed its address. */
export interface ConsoleProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it as an operator would, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts one on that server; it is killed with this process at the latest. */
export async function startConsoleProcess(
  natsUrl: string,
  cluster: string,
): Promise<ConsoleProcess> {
  const child = spawn(process.execPath, [PROGRAM, natsUrl, cluster], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    child,
    stop: async () => {
      process.removeListener('exit', kill);
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
