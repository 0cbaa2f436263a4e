import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Bundle {
  withOwnAddress(code: string, path: string): string;
  shippedMap(map: object, place: { readonly root: string; readonly folder: string }): string;
}
interface Options {
  optionsOf(args: readonly string[]): string | Readonly<Record<string, unknown>>;
}

describe('tools/package/bundle', () => {
  let bundle: Bundle;
  before(async () => {
    bundle = await packageModule<Bundle>('bundle.mjs');
  });

  it('lets a module find its files from the folder of the bundle', () => {
    const code = bundle.withOwnAddress(
      "new URL('../page/site', import.meta.url)",
      'console/http/page-routes.js',
    );
    const address = /new URL\("([^"]+)", import\.meta\.url\)/.exec(code)?.[1] ?? '';
    const moved = new URL(address, 'file:///usr/lib/dqoes/dist/cli/console-abc.js');
    assert.equal(
      new URL('../page/site', moved).href,
      'file:///usr/lib/dqoes/dist/console/page/site',
    );
  });

  it('ships maps with paths from the root, and without the sources', () => {
    const map = {
      ...{ version: 3, names: ['n'], mappings: 'AAAA', file: 'x' },
      sources: ['../../cli/main.ts', '/src/node_modules/a/b.js'],
      sourcesContent: ['secret', 'secret'],
    };
    const text = bundle.shippedMap(map, { root: '/src', folder: '/src/dist/cli' });
    assert.deepEqual(JSON.parse(text), {
      version: 3,
      sources: ['cli/main.ts', 'node_modules/a/b.js'],
      names: ['n'],
      mappings: 'AAAA',
    });
  });
});

describe('tools/package/options', () => {
  let options: Options;
  before(async () => {
    options = await packageModule<Options>('options.mjs');
  });

  it('reads what is asked for', () => {
    assert.deepEqual(options.optionsOf([]), { check: false });
    assert.deepEqual(options.optionsOf(['--check', '--out', 'x', '--sign', 'gpg:AB']), {
      ...{ check: true, out: 'x', sign: 'gpg:AB' },
    });
  });

  it('says what is wrong with it', () => {
    for (const [args, message] of [
      [['--twice'], /unknown argument --twice/],
      [['--out'], /--out needs a value/],
      [['--out', '--check'], /--out needs a value/],
      [['--sign', 'AB'], /minisign:FILE-OF-THE-SECRET-KEY or gpg:KEY-ID/],
    ] as const) {
      const said = options.optionsOf(args);
      assert.ok(typeof said === 'string');
      assert.match(said, message);
    }
  });
});
