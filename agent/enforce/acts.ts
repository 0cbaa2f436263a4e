import { cutText } from '../../shared/text.js';
import type { FileStore } from '../ports/files.js';

/** Name of the file in the state folder. */
export const ACTS_FILE = 'acts';
/** The newest ones are kept. */
const MAX_ACTS = 200;
const MAX_WHAT = 500;

/** What a person had the agent's own program do on this host, beside NATS. */
export interface Act {
  /** Unix time, ms. */
  readonly timeMs: number;
  readonly verb: 'reset-epoch' | 'restore';
  /** User of the operating system. */
  readonly who: string;
  /** What was changed, in words. */
  readonly what: string;
}

/**
 * Adds one act, durably, as a line of JSON: the audit of the cluster does not hear of it. A file
 * that is no text of such lines loses what cannot be read. Rejects when the disk refuses.
 */
export async function noteAct(files: FileStore, act: Act): Promise<void> {
  const lines = ((await files.read(ACTS_FILE)) ?? '').split('\n').filter((line) => line !== '');
  const line = JSON.stringify({ ...act, what: cutText(act.what, MAX_WHAT) });
  const kept = [...lines, line].slice(-MAX_ACTS);
  await files.writeDurable(ACTS_FILE, `${kept.join('\n')}\n`);
}
