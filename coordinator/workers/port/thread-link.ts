import type { Worker } from 'node:worker_threads';
import { messageOf } from '../../../shared/errors.js';
import { PortCaller, type PortCallerOptions } from './caller.js';

/**
 * The way to a worker on this thread, which says when it can be asked (`begin`). A thread that
 * fails or ends ends the worker.
 */
export function linkTo(
  thread: Worker,
  options: Omit<PortCallerOptions, 'port' | 'terminate'>,
): PortCaller {
  const terminate = () => thread.terminate();
  const link = new PortCaller({ ...options, port: thread, terminate });
  thread.on('message', (message) => link.receive(message));
  thread.on('messageerror', (cause) => link.end(`its thread said what cannot be read: ${cause}`));
  thread.on('error', (cause) => link.end(`its thread failed: ${messageOf(cause)}`));
  thread.on('exit', (code) => link.end(`its thread ended by itself with code ${code}`));
  return link;
}
