import { isSafeId, type NodeId } from '../../shared/ids.js';
import type { Owner } from '../containers/host-config.js';
import type { FileStore } from '../ports/files.js';
import { seal, unseal } from './sealed.js';

const FILE = 'names';
const KIND = 'dqoes-names 1';
/** Of a host that is called otherwise at each start the last names count. */
const MAX_NAMES = 16;

type NodeName = Pick<Owner, 'cluster' | 'node'>;

/**
 * Under which names the agents of one state folder started, in the order of time. What is torn is
 * set aside, and counts as none. Rejects when the disk refuses.
 */
export async function readNames(files: FileStore): Promise<readonly NodeName[]> {
  const text = await files.read(FILE);
  if (text === null) return [];
  const known = parse(text);
  if (known === undefined) await files.setAside(FILE);
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
  return opened.value.every(isName) ? opened.value : undefined;
}

function isName(value: unknown): value is NodeName {
  if (typeof value !== 'object' || value === null) return false;
  const { cluster, node } = value as Readonly<Record<string, unknown>>;
  return typeof cluster === 'string' && typeof node === 'string' && isSafeId(node);
}

/** The other names of the cluster of `own`, each once. */
export const otherNames = (names: readonly NodeName[], own: NodeName): readonly NodeId[] => {
  const others = names.filter(({ cluster, node }) => cluster === own.cluster && node !== own.node);
  return [...new Set(others.map(({ node }) => node))];
};
