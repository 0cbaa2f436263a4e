import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { publicKeyPath } from '../../../../cli/up/stack-files.js';
import { keysOf } from '../../../../cli/up/stack-keys.js';
import { loadCoordinatorConfig } from '../../../../coordinator/config.js';
import { silentLog } from '../../../../shared/log.js';

describe('the keys of a dqoes up', () => {
  it('leave the public one whole where the disk is full at a later start', () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'dqoes-stack-keys-'));
    try {
      const config = loadCoordinatorConfig();
      assert.ok(config.ok);
      const made = keysOf({ stateDir, log: silentLog }, config.value);
      assert.ok(made.ok, JSON.stringify(made));
      const path = publicKeyPath(stateDir);
      // What is in the way here stands for a disk that is full.
      mkdirSync(`${path}.${process.pid}.next`);
      assert.throws(() => keysOf({ stateDir, log: silentLog }, config.value));
      assert.equal(readFileSync(path, 'utf8'), `${made.value.publicKey}\n`);
    } finally {
      rmSync(stateDir, { recursive: true, force: true });
    }
  });
});
