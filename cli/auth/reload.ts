import { readFileSync } from 'node:fs';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';

/** `absent`: no server runs, as far as can be told; it reads its configuration when it starts. */
export type Told = 'told' | 'absent';

/**
 * Asks a NATS server to read its configuration again (SIGHUP). It then drops the connections of
 * keys that it no longer knows. The error is the reason.
 */
export function reloadServer(pid: number): Result<Told, string> {
  try {
    process.kill(pid, 'SIGHUP');
    return ok('told');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return ok('absent');
    return err(`process ${pid} cannot be signalled (${messageOf(cause)})`);
  }
}

/**
 * The pid in a file that nats-server writes while it runs (`pid_file`); undefined = there is no
 * file. The error is the reason.
 */
export function pidIn(path: string): Result<number | undefined, string> {
  try {
    const text = readFileSync(path, 'utf8').trim();
    const pid = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
    return pid > 1 ? ok(pid) : err(`${path} holds no pid`);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ok(undefined);
    return err(`${path} cannot be read (${messageOf(cause)})`);
  }
}
