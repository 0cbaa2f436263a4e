import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Sign {
  signSums(file: string, by: string): string;
}
const USER = 'dqoes test <test@dqoes.example.org>';

describe('tools/package/sign', function () {
  this.timeout(30_000);
  let sign: Sign;
  let folder = '';
  let sums = '';
  const usual = process.env.GNUPGHOME;
  const gpg = (...args: readonly string[]) =>
    spawnSync('gpg', ['--batch', ...args], { encoding: 'utf8' });

  before(async () => {
    sign = await packageModule<Sign>('sign.mjs');
    folder = mkdtempSync(join(tmpdir(), 'dqoes-sign-'));
    sums = join(folder, 'SHA256SUMS');
    writeFileSync(sums, 'ab  dqoes.deb\n');
    process.env.GNUPGHOME = folder;
  });
  after(() => {
    spawnSync('gpgconf', ['--kill', 'all']);
    if (usual === undefined) delete process.env.GNUPGHOME;
    else process.env.GNUPGHOME = usual;
    rmSync(folder, { recursive: true, force: true });
  });

  it('signs by a key of gpg, and a changed list is found out', function () {
    if (gpg('--version').error !== undefined) this.skip();
    const made = gpg('--passphrase', '', '--quick-generate-key', USER, 'ed25519', 'sign', 'never');
    assert.equal(made.status, 0, made.stderr);
    const signature = sign.signSums(sums, 'gpg:test@dqoes.example.org');
    assert.equal(signature, `${sums}.asc`);
    assert.equal(gpg('--verify', signature, sums).status, 0);
    appendFileSync(sums, 'cd  planted.deb\n');
    assert.notEqual(gpg('--verify', signature, sums).status, 0);
  });

  it('says which key was refused', function () {
    if (gpg('--version').error !== undefined) this.skip();
    assert.throws(() => sign.signSums(sums, 'gpg:nobody'), /gpg did not sign with nobody/);
  });
});
