import type { NodeRole } from '../../proto/roles.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import type { AuthRecord, AuthUser, OtherRole, StoreLimits } from './users.js';

const NODE_ROLES: readonly NodeRole[] = ['agent', 'joining', 'welcoming'];
const OTHER_ROLES: readonly OtherRole[] = ['viewer', 'submitter', 'operator', 'coordinator'];
const PUBLIC_KEY = /^U[A-Z2-7]{55}$/;

/** The record as the text of `users.json`. */
export const recordText = (record: AuthRecord): string => `${JSON.stringify(record, null, 2)}\n`;

/**
 * Reads the text of `users.json`; undefined = it is not one. What it holds goes into the
 * configuration of a server, so every field is checked.
 */
export function parseRecord(text: string): AuthRecord | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { cluster, users, natsPidFile, store, stillApproved } = (parsed ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof cluster !== 'string' || !isSafeId(cluster) || !Array.isArray(users)) return undefined;
  const read = users.map(parseUser);
  if (read.includes(undefined)) return undefined;
  const limits = store === undefined ? undefined : parseStore(store);
  if (store !== undefined && limits === undefined) return undefined;
  if (natsPidFile !== undefined && typeof natsPidFile !== 'string') return undefined;
  const approved = stillApproved === undefined ? [] : parseNodes(stillApproved);
  if (approved === undefined) return undefined;
  return {
    cluster,
    users: read as AuthUser[],
    ...(approved.length === 0 ? {} : { stillApproved: approved }),
    ...(natsPidFile === undefined ? {} : { natsPidFile }),
    ...(limits === undefined ? {} : { store: limits }),
  };
}

function parseNodes(value: unknown): readonly NodeId[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isName = (node: unknown): node is NodeId => typeof node === 'string' && isSafeId(node);
  return value.every(isName) ? value : undefined;
}

function parseUser(value: unknown): AuthUser | undefined {
  const { name, role, node, publicKey, own } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(name)) return undefined;
  if (typeof publicKey !== 'string' || !PUBLIC_KEY.test(publicKey)) return undefined;
  const known = OTHER_ROLES.find((each) => each === role);
  const mark: Pick<AuthUser, 'own'> = own === true ? { own: true } : {};
  if (known !== undefined) return { name, role: known, publicKey, ...mark };
  const ofNode = NODE_ROLES.find((each) => each === role);
  if (ofNode === undefined || typeof node !== 'string' || !isSafeId(node)) return undefined;
  return { name, role: ofNode, node: node as NodeId, publicKey, ...mark };
}

function parseStore(value: unknown): StoreLimits | undefined {
  const { storeDir, maxFileBytes, maxMemoryBytes } = (value ?? {}) as Record<string, unknown>;
  return typeof storeDir === 'string' &&
    Number.isSafeInteger(maxFileBytes) &&
    Number.isSafeInteger(maxMemoryBytes)
    ? {
        storeDir,
        maxFileBytes: maxFileBytes as number,
        maxMemoryBytes: maxMemoryBytes as number,
      }
    : undefined;
}
