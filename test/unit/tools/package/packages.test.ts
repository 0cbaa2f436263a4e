import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Inside, packageModule } from './modules.js';

interface Packages {
  packagesOf(modules: readonly string[], lock: object): readonly Inside[];
  sbomOf(asked: {
    readonly program: { readonly name: string; readonly version: string; readonly license: string };
    readonly packages: readonly Inside[];
    readonly builtAtMs: number;
  }): string;
}

const HASH = Buffer.from([0, 1, 2]).toString('base64');
const LOCK = {
  packages: {
    '': { name: 'dqoes' },
    'node_modules/a': { version: '1.0.0', license: 'MIT', integrity: `sha512-${HASH}` },
    'node_modules/a/node_modules/@s/b': { version: '2.0.0', license: 'ISC' },
    'node_modules/ssh2': { name: '@else/empty', version: '3.0.0', license: 'MIT' },
    'node_modules/unused': { version: '9.0.0', license: 'MIT' },
  },
};
const PROGRAM = { name: 'dqoes', version: '0.1.0', license: 'Apache-2.0' };

describe('tools/package/packages', () => {
  let packages: Packages;
  before(async () => {
    packages = await packageModule<Packages>('packages.mjs');
  });

  it('names what is inside, each once, by the folder that it lies in', () => {
    const found = packages.packagesOf(
      [
        '/x/dist/cli/main.js',
        '/x/node_modules/ssh2/index.js',
        '/x/node_modules/a/lib/one.js',
        '/x/node_modules/a/lib/two.js',
        '/x/node_modules/a/node_modules/@s/b/index.js',
      ],
      LOCK,
    );
    assert.deepEqual(
      found.map(({ name, version }) => `${name}@${version}`),
      ['@else/empty@3.0.0', '@s/b@2.0.0', 'a@1.0.0'],
    );
  });

  it('refuses what the lockfile does not know', () => {
    assert.throws(
      () => packages.packagesOf(['/x/node_modules/planted/index.js'], LOCK),
      /planted is bundled, and not in package-lock\.json/,
    );
  });

  it('writes the same bill for the same things: hashes, licences, each package once', () => {
    const inside = packages.packagesOf(
      ['/x/node_modules/a/i.js', '/x/node_modules/ssh2/i.js'],
      LOCK,
    );
    const node = { path: 'n', name: 'node', version: '24.1.0', license: 'MIT', type: 'platform' };
    const asked = {
      program: PROGRAM,
      packages: [...inside, ...inside, node as Inside],
      builtAtMs: Date.UTC(2026, 0, 2),
    };
    const text = packages.sbomOf(asked);
    assert.equal(text, packages.sbomOf(asked));
    const bill = JSON.parse(text) as {
      bomFormat: string;
      serialNumber: string;
      metadata: { timestamp: string };
      components: { name: string; type: string; purl: string; hashes?: object[] }[];
      dependencies: { dependsOn: string[] }[];
    };
    assert.equal(bill.bomFormat, 'CycloneDX');
    assert.match(bill.serialNumber, /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(bill.metadata.timestamp, '2026-01-02T00:00:00.000Z');
    assert.deepEqual(
      bill.components.map(({ name, type }) => `${type} ${name}`),
      ['library @else/empty', 'library a', 'platform node'],
    );
    assert.equal(bill.components[0]?.purl, 'pkg:npm/%40else/empty@3.0.0');
    assert.deepEqual(bill.components[1]?.hashes, [{ alg: 'SHA-512', content: '000102' }]);
    assert.equal(bill.dependencies[0]?.dependsOn.length, 3);
    const other = { ...asked, program: { ...PROGRAM, version: '0.2.0' } };
    assert.notEqual(JSON.parse(packages.sbomOf(other)).serialNumber, bill.serialNumber);
  });
});
