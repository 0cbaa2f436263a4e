import { isSafeId } from '../../shared/ids.js';
import type { Owner } from '../containers/host-config.js';
import type { FileStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

const FILE = 'names';
const KIND = 'dqoes-names 1';
/** Of a host that is called otherwise at each start the last names count. */
const MAX_NAMES = 16;

/** A node of a cluster. */
export type NodeName = Pick<Owner, 'cluster' | 'node'>;

/**
 * Under which names the agents of one state folder started, in the order of time. What is torn is
 * set aside, which `onTorn` hears, and counts as none. Rejects when the disk refuses.
 */
export async function readNames(
  files: FileStore,
  onTorn: (setAsideAs: string) => void = () => {},
): Promise<readonly NodeName[]> {
  const text = await files.read(FILE);
  if (text === null) return [];
  const known = parse(text);
  if (known === undefined) onTorn(await files.setAside(FILE));
  return known ?? [];
}

/** Durable before it resolves; writes nothing when nothing changed. Rejects as `readNames`. */
export async function writeNames(
  files: FileStore,
  before: readonly NodeName[],
  after: readonly NodeName[],
): Promise<void> {
  const kept = after.slice(-MAX_NAMES);
  if (seal(KIND, kept) !== seal(KIND, before)) await files.writeDurable(FILE, seal(KIND, kept));
}

function parse(text: string): readonly NodeName[] | undefined {
  const opened = unseal(KIND, text);
  if (!opened.ok || !Array.isArray(opened.value)) return undefined;
  return opened.value.every(isNodeName) ? opened.value : undefined;
}

/** Whether a value from a file is one. */
export function isNodeName(value: unknown): value is NodeName {
  if (typeof value !== 'object' || value === null) return false;
  const { cluster, node } = value as Readonly<Record<string, unknown>>;
  return typeof cluster === 'string' && typeof node === 'string' && isSafeId(node);
}

/** Whether both are the same node of the same cluster. */
export const isSameName = (a: NodeName, b: NodeName): boolean =>
  a.cluster === b.cluster && a.node === b.node;

/** The names that are not `own`, each once, in the order of their last time. */
export const otherNames = (names: readonly NodeName[], own: NodeName): readonly NodeName[] =>
  names.filter(
    (name, at) =>
      !isSameName(name, own) && !names.slice(at + 1).some((one) => isSameName(one, name)),
  );
