import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { isOlder, skewOf, VERSION } from '../../../shared/version.js';

describe('versions', () => {
  it('are one: that of package.json', () => {
    // The tests run in dist/test/unit/shared; package.json is not built.
    const manifest = new URL('../../../../package.json', import.meta.url);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    assert.equal(VERSION, version);
  });

  it('get on within one release, and are apart beyond it', () => {
    const table: readonly [readonly string[], ReturnType<typeof skewOf>][] = [
      [[], 'none'],
      [['0.1.0'], 'none'],
      [['0.1.0', '0.1.0'], 'none'],
      [['0.1.0', '0.1.7'], 'mixed'],
      [['0.1.0', '0.2.0-rc.1'], 'mixed'],
      [['0.1.0', '0.2.0', '0.3.0'], 'apart'],
      [['1.0.0', '0.9.3'], 'mixed'],
      [['1.1.0', '0.9.3'], 'apart'],
      [['2.0.0', '0.9.3'], 'apart'],
      [['0.1.0', 'main'], 'unknown'],
    ];
    for (const [versions, skew] of table) assert.equal(skewOf(versions), skew, versions.join());
  });

  it('are compared by numbers', () => {
    assert.equal(isOlder('0.9.0', '0.10.0'), true);
    assert.equal(isOlder('0.10.0', '0.9.0'), false);
    assert.equal(isOlder('0.1.0', '0.1.0'), false);
    assert.equal(isOlder('x', '0.1.0'), false);
  });
});
