import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { before, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly bytes?: Buffer;
  readonly from?: string;
  readonly link?: string;
}
interface Layout {
  readonly SETTINGS: readonly string[];
  layoutOf(parts: object): readonly Entry[];
  foldersOf(paths: readonly string[]): readonly string[];
  gzipped(text: string): Buffer;
}

const PARTS = {
  bundled: { 'dist/cli/main.js': 'main', 'dist/cli/main.js.map': '{}' },
  manifest: '{}',
  launcher: '#!/bin/sh\nexec @NODE@ @PROGRAM@/dist/cli/main.js "$@"\n',
  scripts: { 'renew.sh': '/from/renew.sh' },
  node: '/from/node',
  site: { 'index.html': '/from/index.html', 'assets/a.js': '/from/a.js' },
  schemas: { 'agent.schema.json': '/from/agent.schema.json' },
  scenarios: { 'calm.yaml': '/from/calm.yaml' },
  helper: { 'dqoes-gpu': '/from/dqoes-gpu' },
  units: { 'dqoes-agent.service': '/from/dqoes-agent.service' },
  settings: { 'dqoes/agent.yaml': '/from/agent.yaml', 'default/dqoes-agent': '/from/default' },
  examples: { 'rules.yml': '/from/rules.yml' },
  man: { 'dqoes.1': '.TH DQOES 1' },
  completions: { bash: 'b', zsh: 'z', fish: 'f' },
  documents: { copyright: 'c', 'changelog.gz': 'log' },
  overrides: 'o',
};

describe('tools/package/layout', () => {
  let layout: Layout;
  let entries: readonly Entry[];
  const at = (path: string): Entry => {
    const found = entries.find((each) => each.path === path);
    assert.ok(found !== undefined, `${path} is not in ${entries.map((each) => each.path)}`);
    return found;
  };
  before(async () => {
    layout = await packageModule<Layout>('layout.mjs');
    entries = layout.layoutOf(PARTS);
  });

  it('puts each file where hosts look for it', () => {
    for (const [path, from] of [
      ['/usr/lib/dqoes/bin/node', '/from/node'],
      ['/usr/lib/dqoes/lib/renew.sh', '/from/renew.sh'],
      ['/usr/lib/dqoes/dist/console/page/site/assets/a.js', '/from/a.js'],
      ['/usr/lib/dqoes/schemas/agent.schema.json', '/from/agent.schema.json'],
      ['/usr/lib/dqoes/lab/scenarios/calm.yaml', '/from/calm.yaml'],
      ['/usr/lib/systemd/system/dqoes-agent.service', '/from/dqoes-agent.service'],
      ['/etc/dqoes/agent.yaml', '/from/agent.yaml'],
      ['/etc/default/dqoes-agent', '/from/default'],
    ] as const)
      assert.equal(at(path).from, from);
    assert.equal(at('/usr/lib/dqoes/dist/cli/main.js').bytes?.toString(), 'main');
    assert.equal(at('/usr/share/zsh/site-functions/_dqoes').link, '../vendor-completions/_dqoes');
  });

  it('names no path twice, sorts them, and lets only programs be run', () => {
    const paths = entries.map(({ path }) => path);
    assert.deepEqual(paths, [...new Set(paths)].sort());
    const run = entries.filter(({ mode, link }) => link === undefined && (mode & 0o111) !== 0);
    assert.deepEqual(
      run.map(({ path }) => path),
      ['/usr/bin/dqoes', '/usr/lib/dqoes/bin/node', '/usr/lib/dqoes/gpu-helper/dqoes-gpu'],
    );
  });

  it('lets not all read the options of services, in which an address may hold a password', () => {
    const modes = ['/etc/default/dqoes-agent', '/etc/dqoes/agent.yaml'].map((path) =>
      at(path).mode.toString(8),
    );
    // Who may read the second is settled once the users of the services are there.
    assert.deepEqual(modes, ['640', '644']);
  });

  it('starts the Node.js of the package, whatever PATH says', () => {
    const text = at('/usr/bin/dqoes').bytes?.toString() ?? '';
    const expected = 'exec /usr/lib/dqoes/bin/node /usr/lib/dqoes/dist/cli/main.js "$@"';
    assert.equal(text, `#!/bin/sh\n${expected}\n`);
  });

  it('packs man pages and logs with no name and no time inside', () => {
    const packed = at('/usr/share/man/man1/dqoes.1.gz').bytes ?? Buffer.alloc(0);
    assert.equal(gunzipSync(packed).toString(), '.TH DQOES 1');
    assert.equal(packed.readUInt32LE(4), 0);
    assert.equal(packed[3], 0);
    assert.deepEqual(layout.gzipped('x'), layout.gzipped('x'));
    assert.equal(
      gunzipSync(at('/usr/share/doc/dqoes/changelog.gz').bytes ?? packed).toString(),
      'log',
    );
  });

  it('counts each folder above the files once', () => {
    assert.deepEqual(layout.foldersOf(['/a/b/c', '/a/d', '/a/b/e']), ['/a', '/a/b']);
  });
});
