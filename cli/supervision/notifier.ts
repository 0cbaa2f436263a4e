import { execFile } from 'node:child_process';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';

/** What a service says to its service manager: variables of sd_notify(3), newest value each. */
export type Notice = Readonly<Record<string, string>>;

/** Says something to the service manager. */
export interface Notifier {
  /** Never throws and never waits. What is said while another notice is on its way is joined. */
  send(notice: Notice): void;
  /** Resolves when everything said so far has been handed over, or could not be. */
  flush(): Promise<void>;
}

/** Longest life of one `systemd-notify`, ms: it waits until the manager has read the message. */
const DEADLINE_MS = 10_000;

/**
 * Speaks through `systemd-notify`, because Node.js has no Unix datagram sockets (docs/decisions,
 * 107). One process at a time; the service manager is found by `NOTIFY_SOCKET`, which the child
 * inherits. A failure is logged once.
 */
export function createNotifier(program: string, log: Log): Notifier {
  let waiting: Record<string, string> = {};
  let running: Promise<void> | undefined;
  let hasFailed = false;
  const hand = async (): Promise<void> => {
    for (;;) {
      const lines = Object.entries(waiting).map(([name, value]) => `${name}=${lineText(value)}`);
      waiting = {};
      if (lines.length === 0) break;
      const failure = await run(program, lines);
      if (failure !== undefined && !hasFailed)
        log.warn('the service manager could not be told', { program, cause: failure });
      hasFailed = failure !== undefined;
    }
    running = undefined;
  };
  return {
    send: (notice) => {
      waiting = { ...waiting, ...notice };
      running ??= hand();
    },
    flush: async () => {
      await running;
    },
  };
}

/** A value is one line: the next line would be another variable. */
const lineText = (value: string): string => value.replace(/[\r\n]+/g, ' ');

const run = (program: string, lines: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    try {
      execFile(program, [...lines], { timeout: DEADLINE_MS }, (cause) =>
        resolve(cause === null ? undefined : messageOf(cause)),
      );
    } catch (cause) {
      resolve(messageOf(cause));
    }
  });
