import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { commandsOf, makeSigningKey, readSigningKey } from '../../../coordinator/signing-key.js';
import { UNSIGNED } from '../../../proto/command-codec.js';
import { publicTextOf } from '../../../proto/signing/signed-commands.js';

// cspell:ignore genpkey
const GENERATE = 'genpkey -algorithm ed25519 -out';

describe('the signing key of coordinators', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const refusal = (path: string): string => {
    const read = readSigningKey(path);
    assert.ok(!read.ok);
    assert.equal(read.error[0]?.field, 'signing-key');
    return read.error[0]?.message ?? '';
  };

  it('is made once, for its owner only, and kept', () => {
    const path = join(folder, 'keys', 'signing-key.pem');
    const made = makeSigningKey(path);
    const again = makeSigningKey(path);
    assert.ok(made.ok && again.ok);
    assert.equal(publicTextOf(again.value), publicTextOf(made.value));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(join(folder, 'keys')), ['signing-key.pem']);
  });

  it('is refused where no folder can be made for it, and does not try for ever', () => {
    const made = makeSigningKey('/proc/dqoes/keys/signing-key.pem');
    assert.ok(!made.ok);
    assert.match(made.error[0]?.message ?? '', /cannot be written: ENOENT/);
  });

  it('says how to make one where the file was cut short', () => {
    const path = join(folder, 'key.pem');
    writeFileSync(path, '', { mode: 0o600 });
    const made = makeSigningKey(path);
    assert.ok(!made.ok);
    assert.match(made.error[0]?.message ?? '', /move it away.*dqoes coordinator key --make/);
  });

  it('may be one of openssl', () => {
    const path = join(folder, 'key.pem');
    try {
      execFileSync('openssl', `${GENERATE} ${path}`.split(' '));
    } catch {
      return;
    }
    chmodSync(path, 0o640);
    assert.ok(readSigningKey(path).ok);
  });

  it('is refused with the cure where others may use it, or it is none', () => {
    const path = join(folder, 'key.pem');
    assert.match(refusal(path), /cannot be read .*dqoes coordinator key --make/);
    writeFileSync(path, 'junk', { mode: 0o600 });
    assert.match(refusal(path), /is no Ed25519 key .*move it away.*dqoes coordinator key --make/);
    rmSync(path);
    assert.ok(makeSigningKey(path).ok);
    for (const mode of [0o644, 0o660]) {
      chmodSync(path, mode);
      assert.match(refusal(path), /read by others, or changed by its group: chmod 600/);
    }
  });

  it('is to be given to the group of the service where it is kept from it', () => {
    const path = join(folder, 'key.pem');
    assert.ok(makeSigningKey(path).ok);
    chmodSync(path, 0o000);
    const isRoot = process.getuid?.() === 0;
    // Root reads everything, and so is another user for a moment.
    if (isRoot) process.seteuid?.(65_534);
    try {
      assert.match(refusal(path), /cannot be read \(EACCES.*: chgrp dqoes .*, then chmod 640 /);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('is not asked for where none is set; keys of others do without it no good', () => {
    const none = { cluster: 'main', trustedKeys: [] };
    const plain = commandsOf(none, undefined);
    assert.ok(plain.ok && plain.value === UNSIGNED);
    const made = makeSigningKey(join(folder, 'key.pem'));
    assert.ok(made.ok);
    const reading = commandsOf({ ...none, trustedKeys: [publicTextOf(made.value)] }, undefined);
    assert.ok(!reading.ok);
    assert.equal(reading.error[0]?.field, 'coordinator-keys');
    assert.match(reading.error[0]?.message ?? '', /signing-key/);
  });
});
