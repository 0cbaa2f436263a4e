import { messageOf } from '../../../shared/errors.js';
import type { Log } from '../../../shared/log.js';
import type { WorkerLink, WorkerNotices } from '../worker-link.js';
import type { FromWorker, LogKind, Poster, ToWorker } from './protocol.js';

type Port = Poster<FromWorker>;

/** What a worker does that is asked through a port. */
export type Asked = Omit<WorkerLink, 'mayWriteUntil' | 'ended'>;

/**
 * Has a worker do what comes through a port, in that order, and answers. To be called with each
 * message.
 */
export const answererOf =
  (worker: Asked, port: Port) =>
  (message: ToWorker): void => {
    if (message.kind === 'tell') worker.tell(message.event);
    else void answer(worker, port, message);
  };

async function answer(
  worker: Asked,
  port: Port,
  { id, verb, args }: Extract<ToWorker, { kind: 'ask' }>,
): Promise<void> {
  try {
    const work = worker[verb] as (...args: readonly unknown[]) => Promise<unknown>;
    port.postMessage({ kind: 'answer', id, value: await work.apply(worker, [...args]) });
  } catch (cause) {
    port.postMessage({ kind: 'failed', id, reason: messageOf(cause) });
  }
}

/** What a worker says unasked goes through the port. */
export function noticesThrough(port: Port): WorkerNotices {
  const say =
    (name: keyof WorkerNotices) =>
    (...args: readonly unknown[]): void =>
      port.postMessage({ kind: 'notice', name, args });
  return {
    onChanged: say('onChanged'),
    onActs: say('onActs'),
    onRefused: say('onRefused'),
    onSuperseded: say('onSuperseded'),
    onQueued: say('onQueued'),
    onStored: say('onStored'),
    onLeft: say('onLeft'),
  };
}

/** The log of a worker is that of its coordinator. */
export function logThrough(port: Port): Log {
  const at =
    (level: LogKind) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      try {
        port.postMessage({ kind: 'log', level, message, fields });
      } catch {
        // A field that cannot be copied.
        const texts = Object.entries(fields).map(([key, value]) => [key, String(value)]);
        port.postMessage({ kind: 'log', level, message, fields: Object.fromEntries(texts) });
      }
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
