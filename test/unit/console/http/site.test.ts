import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { chosenEncoding, type Encoding } from '../../../../console/http/encoding.js';
import { readSite } from '../../../../console/http/site.js';

describe('the files of the page', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-site-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<p>');
    writeFileSync(join(folder, 'assets/a.js'), 'js');
    writeFileSync(join(folder, 'assets/a.js.br'), 'packed');
    writeFileSync(join(folder, 'assets/secret.pem'), 'of a kind that is not sent');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are known by their addresses; only those that are named so can be cached for ever', () => {
    const site = readSite(folder);
    assert.deepEqual([...site].map(([address, { isLasting }]) => [address, isLasting]).sort(), [
      ['/assets/a.js', true],
      ['/index.html', false],
    ]);
    assert.equal(readSite(join(folder, 'nothing')).size, 0);
  });

  it('are compressed as the browser can read it, and else as they are', () => {
    const file = readSite(folder).get('/assets/a.js');
    assert.ok(file);
    const offered = Object.keys(file.encoded) as Encoding[];
    assert.deepEqual(offered, ['br']);
    assert.equal(chosenEncoding('gzip, deflate, br', offered), 'br');
    assert.equal(chosenEncoding('br;q=0, gzip', offered), undefined, 'there is no gzip of it');
    assert.equal(file.encoded.br?.toString(), 'packed');
  });
});
