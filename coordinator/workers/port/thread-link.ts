import type { Worker } from 'node:worker_threads';
import { messageOf } from '../../../shared/errors.js';
import { PortCaller, type PortCallerOptions } from './caller.js';

/**
 * The way to a worker on this thread, which may have begun already: it says when it can be asked
 * (`begin`), and a thread that fails or ends ends the worker. `name`: for the reason.
 */
export function linkTo(
  thread: Worker,
  name: string,
  options: Omit<PortCallerOptions, 'port' | 'terminate'>,
): PortCaller {
  const terminate = () => thread.terminate();
  const link = new PortCaller({ ...options, port: thread, terminate });
  thread.on('message', (message) => link.receive(message));
  thread.on('messageerror', (cause) => link.end(`${name} said what cannot be read: ${cause}`));
  thread.on('error', (cause) => link.end(`${name} failed: ${messageOf(cause)}`));
  thread.on('exit', (code) => link.end(`${name} ended by itself with code ${code}`));
  return link;
}
