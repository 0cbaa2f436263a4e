import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open, publicTextOf } from '../../proto/sealing/sealed-box.js';
import { messageOf } from '../../shared/errors.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import { ok } from '../../shared/result.js';
import { createFileStore } from '../drivers/file-store.js';
import type { FolderStore } from '../ports/files.js';
import type { NodeKey } from '../ports/secrets.js';

/** Name of the file in the state folder, which only the agent's user may read. */
export const NODE_KEY_FILE = 'sealing-key';

/** For which node secrets are sealed to the key, and where it lies. */
export interface NodeKeyOptions {
  readonly folder: string;
  readonly cluster: string;
  readonly node: NodeId;
  readonly log: Log;
}

/**
 * The key of this node: made once, at the first start in this state folder. One that is damaged is
 * set aside, and the new one has to be approved. undefined where the disk refuses: jobs without
 * secrets run all the same.
 */
export async function nodeKeyIn(options: NodeKeyOptions): Promise<NodeKey | undefined> {
  const { folder, log } = options;
  const files = createFileStore(folder);
  try {
    return nodeKeyOf((await readKey(files, log)) ?? (await makeKey(files)), options);
  } catch (cause) {
    log.warn('the key for secrets cannot be kept, so none are given to jobs here', {
      folder,
      cause: messageOf(cause),
    });
    return undefined;
  }
}

/** A BOM at the beginning belongs to the value. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** What opens boxes for a node with this private key. */
export function nodeKeyOf(
  privateKey: KeyObject,
  { cluster, node }: Pick<NodeKeyOptions, 'cluster' | 'node'>,
): NodeKey {
  return {
    publicKey: publicTextOf(privateKey),
    open: (box, { secret, job, allocation }) => {
      const place = { node, job, allocation };
      const opened = open(box, privateKey, { cluster, secret, place });
      return opened.ok ? ok(UTF8.decode(opened.value)) : opened;
    },
  };
}

async function readKey(files: FolderStore, log: Log): Promise<KeyObject | undefined> {
  const text = await files.read(NODE_KEY_FILE);
  if (text === null) return undefined;
  const key = parse(text);
  if (key !== undefined) return key;
  const as = await files.setAside(NODE_KEY_FILE);
  log.warn(
    'the key for secrets was damaged and set aside: jobs with secrets come here again once an ' +
      'operator approves the new one (dqoes node approve)',
    { as },
  );
  return undefined;
}

function parse(text: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(text);
    return key.asymmetricKeyType === 'x25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

async function makeKey(files: FolderStore): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('x25519');
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  if (await files.create(NODE_KEY_FILE, text)) return privateKey;
  const known = parse((await files.read(NODE_KEY_FILE)) ?? '');
  if (known === undefined) throw new Error(`${NODE_KEY_FILE} is there and cannot be read`);
  return known;
}
