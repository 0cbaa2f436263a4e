import type { BootOrder } from '../../shared/report.js';
import type { FileStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

const FILE = 'starts';
const KIND = 'dqoes-starts 1';

/**
 * Counts this start of the agent, durably, before anybody hears of it. `newId`: identity of the
 * file, where there is none or it is torn and set aside. Rejects when the disk refuses.
 */
export async function countStart(files: FileStore, newId: () => string): Promise<BootOrder> {
  const text = await files.read(FILE);
  const known = text === null ? undefined : parse(text);
  if (text !== null && known === undefined) await files.setAside(FILE);
  const boot = { journal: known?.journal ?? newId(), count: (known?.count ?? 0) + 1 };
  await files.writeDurable(FILE, seal(KIND, boot));
  return boot;
}

function parse(text: string): BootOrder | undefined {
  const opened = unseal(KIND, text);
  if (!opened.ok || typeof opened.value !== 'object' || opened.value === null) return undefined;
  const { journal, count } = opened.value as Partial<BootOrder>;
  const isWhole = typeof journal === 'string' && journal !== '' && Number.isSafeInteger(count);
  return isWhole && (count ?? 0) > 0 ? (opened.value as BootOrder) : undefined;
}
