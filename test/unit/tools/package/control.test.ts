import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Inside, packageModule } from './modules.js';

interface Control {
  controlOf(asked: {
    readonly version: string;
    readonly architecture: string;
    readonly sizeKib: number;
    readonly maintainer: string;
    readonly glibc: string;
  }): string;
  installedKib(sizes: readonly number[], folders: number): number;
  wrapped(text: string, columns: number): readonly string[];
  md5sumsOf(hashes: readonly (readonly [string, string])[]): string;
  debianChangelog(asked: object): string;
  copyrightOf(packages: readonly Inside[]): string;
}

const ASKED = {
  version: '0.1.0',
  architecture: 'amd64',
  sizeKib: 1234,
  maintainer: 'M <m@example.org>',
  glibc: '2.28',
};

describe('tools/package/control', () => {
  let control: Control;
  before(async () => {
    control = await packageModule<Control>('control.mjs');
  });

  it('says what dpkg asks for, and ends with a line feed', () => {
    const text = control.controlOf(ASKED);
    for (const line of [
      'Package: dqoes',
      'Version: 0.1.0',
      'Architecture: amd64',
      'Installed-Size: 1234',
      'Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6, passwd',
    ])
      assert.ok(text.split('\n').includes(line), `${line} is missing in\n${text}`);
    assert.ok(text.endsWith('\n'));
    assert.equal(text.includes('\n\n'), false);
  });

  it('folds the description: a space before each line, a dot for an empty one', () => {
    const [, body = ''] = control.controlOf(ASKED).split('\nDescription: ');
    const [synopsis = '', ...lines] = body.trimEnd().split('\n');
    assert.ok(synopsis.length > 0 && synopsis.length <= 80);
    assert.ok(lines.length > 2);
    for (const line of lines) assert.match(line, /^ (\.|\S.{0,77})$/);
    assert.equal(lines.filter((line) => line === ' .').length, 1);
  });

  it('refuses a version that dpkg would read otherwise', () => {
    for (const version of ['v1', '1-2', '1:2', '1 2', ''])
      assert.throws(() => control.controlOf({ ...ASKED, version }), /digits, letters/);
    assert.match(control.controlOf({ ...ASKED, version: '0.2.0~rc1' }), /^Version: 0\.2\.0~rc1$/m);
  });

  it('counts every file up to a whole KiB, and every folder as one', () => {
    assert.equal(control.installedKib([1, 1024, 1025, 0], 2), 1 + 1 + 2 + 0 + 2);
  });

  it('wraps at words, and leaves a long word whole', () => {
    assert.deepEqual(control.wrapped('a bb  ccc dddddd', 5), ['a bb', 'ccc', 'dddddd']);
  });

  it('lists hashes as md5sum -c reads them, relative to the root', () => {
    assert.equal(control.md5sumsOf([['/usr/bin/dqoes', 'ab']]), 'ab  usr/bin/dqoes\n');
  });

  it('dates the changelog by the sources', () => {
    const text = control.debianChangelog({ ...ASKED, builtAtMs: Date.UTC(2026, 10, 26, 9, 8, 7) });
    assert.match(text, /^dqoes \(0\.1\.0\) unstable; urgency=medium$/m);
    assert.match(text, /^ -- M <m@example\.org> {2}Thu, 26 Nov 2026 09:08:07 \+0000$/m);
  });

  it('names each package that is inside, with its licence', () => {
    const inside = { path: 'p', name: 'nats', version: '2.0.0', license: 'Apache-2.0' };
    assert.match(control.copyrightOf([inside]), /^ nats 2\.0\.0: Apache-2\.0$/m);
  });
});
