import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NODE_KEY_FILE, nodeKeyIn } from '../../../../agent/wiring/node-key.js';
import { silentLog } from '../../../../shared/log.js';
import { nodeId } from '../../coordinator/build.js';

describe('the key of a node for secrets', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-node-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const keyIn = (place = folder) =>
    nodeKeyIn({ folder: place, cluster: 'main', node: nodeId('h1'), log: silentLog });

  it('is made once, for its owner only, and kept', async () => {
    const [first, second] = [await keyIn(), await keyIn()];
    assert.match(first?.publicKey ?? '', /^[A-Za-z0-9_-]{43}$/);
    assert.equal(second?.publicKey, first?.publicKey);
    assert.equal(statSync(join(folder, NODE_KEY_FILE)).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), [NODE_KEY_FILE]);
  });

  it('is another one where the file is damaged, which is kept aside', async () => {
    const first = await keyIn();
    writeFileSync(join(folder, NODE_KEY_FILE), 'junk', { mode: 0o600 });
    const second = await keyIn();
    assert.notEqual(second?.publicKey, first?.publicKey);
    assert.equal(readdirSync(folder).length, 2);
    assert.equal((await keyIn())?.publicKey, second?.publicKey);
  });

  it('is none where the folder cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    assert.equal(await keyIn(join(folder, 'file', 'below')), undefined);
  });
});
