import { spawnSync } from 'node:child_process';

/** Runs systemctl: its exit code, and what it printed. */
export type Systemctl = (...args: readonly string[]) => {
  readonly code: number;
  readonly out: string;
};

const systemctl: Systemctl = (...args) => {
  const { status, stdout } = spawnSync('systemctl', [...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return { code: status ?? 1, out: (stdout ?? '').trim() };
};

const UNIT = 'dqoes-agent.service';

/**
 * Has the agent that a package installed read its settings again; false = systemd refused. One that
 * still waits for NATS is ended, and systemd starts the next: to systemd it is being started, and
 * then a reload does nothing.
 */
export function hasReadAgain(run: Systemctl = systemctl): boolean {
  const isWaiting = run('is-active', UNIT).out === 'activating';
  if (isWaiting && run('kill', '--signal=SIGUSR2', UNIT).code === 0) return true;
  return run('--no-block', 'reload-or-restart', UNIT).code === 0;
}
