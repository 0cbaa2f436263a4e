import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

interface Item {
  readonly text: string;
  readonly link: string;
}
interface Group {
  readonly text: string;
  readonly items: readonly Item[];
}
interface Pages {
  pageOf(file: string): string;
  isPage(file: string): boolean;
  assetOf(file: string): string;
  pageText(
    file: string,
    text: string,
    isFolder: (path: string) => boolean,
  ): { readonly text: string; readonly assets: readonly string[] };
  sidebarOf(
    index: string,
    more?: readonly { readonly group: string; readonly file: string; readonly text: string }[],
  ): readonly Group[];
  notesOf(files: readonly string[], groups: readonly Group[]): Group;
}
interface Serve {
  serve(folder: string, port: number): Promise<Server>;
}
const load = async (tool: string): Promise<unknown> => import(join(ROOT, 'tools/site', tool));
const { pageOf, isPage, assetOf, pageText, sidebarOf, notesOf } = (await load(
  'pages.mjs',
)) as Pages;
const { textsOf } = (await import(join(ROOT, 'tools/style/files.mjs'))) as {
  textsOf(root: string): readonly string[];
};
const { serve } = (await load('serve.mjs')) as Serve;

const staged = (text: string, file = 'docs/a.md') =>
  pageText(file, text, (path) => path === 'deploy' || path === 'docs/decisions');

describe('tools/site: pages', () => {
  it('puts documents at the top, and what lies beside the code under project/', () => {
    const files = ['README.md', 'docs/cli.md', 'docs/README.md', 'docs/decisions/README.md'];
    const others = ['CHANGELOG.md', 'SECURITY.md', 'agent/README.md', 'agent/observe/README.md'];
    assert.deepEqual(files.map(pageOf), [
      'index.md',
      'cli.md',
      'documents.md',
      'decisions/index.md',
    ]);
    assert.deepEqual(others.map(pageOf), [
      'project/changelog.md',
      'project/security.md',
      'project/agent/index.md',
      'project/agent/observe/index.md',
    ]);
  });

  it('takes no fixtures and no templates of the forge', () => {
    const files = [
      'docs/a.md',
      'test/fixtures/x/README.md',
      '.github/ISSUE_TEMPLATE/bug.md',
      'a.ts',
    ];
    assert.deepEqual(files.filter(isPage), ['docs/a.md']);
  });

  it('leads links to pages, folders to their README, and keeps what is elsewhere', () => {
    const text =
      '[a](b.md#c) [d](../README.md) [e](#f) [g](https://h.i) [j](../deploy) `[k](l.md)`';
    assert.deepEqual(staged(text), {
      text:
        '[a](/b.md#c) [d](/index.md) [e](#f) [g](https://h.i) [j](/project/deploy/index.md) ' +
        '`[k](l.md)`',
      assets: [],
    });
  });

  it('names the other files that a page needs: pictures, and code as text', () => {
    const { text, assets } = staged('![p](pictures/p.svg) [q](../proto/q.ts) [r](openapi.yaml)');
    assert.deepEqual(assets, ['docs/pictures/p.svg', 'proto/q.ts', 'docs/openapi.yaml']);
    assert.equal(
      text,
      '![p](/pictures/p.svg) [q](/files/proto/q.ts.txt) [r](/files/docs/openapi.yaml)',
    );
    assert.equal(assetOf('LICENSE'), 'files/LICENSE.txt');
  });

  it('makes two pictures of one for day and night', () => {
    const text =
      '<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="docs/i/n.png">\n' +
      '  <img alt="what" src="docs/i/d.png">\n</picture>\n';
    assert.equal(
      staged(text, 'README.md').text,
      '<img class="by-day" alt="what" src="/i/d.png">' +
        '<img class="by-night" alt="what" src="/i/n.png">\n',
    );
  });

  it('escapes what VitePress would take for HTML or a template, and leaves code alone', () => {
    assert.equal(
      staged('a <name> {{ b }} `<c> {{ d }}` <https://e.f>\n```\n<g>\n```\n').text,
      'a &lt;name> &#123;&#123; b }} `<c> {{ d }}` <https://e.f>\n```\n<g>\n```\n',
    );
    assert.equal(staged('`dqoes-leave:\n<start>` told').text, '`dqoes-leave: <start>` told');
  });
});

describe('tools/site: sidebar', () => {
  it('is the index of the documents', () => {
    const index = '# Documents\n\n## Start\n\n- [A](a.md): what\n- [`B`](../README.md)\n\n## Use\n';
    assert.deepEqual(sidebarOf(index), [
      {
        text: 'Start',
        items: [
          { text: 'A', link: '/a' },
          { text: 'B', link: '/' },
        ],
      },
      { text: 'Use', items: [] },
    ]);
  });

  it('leads to every page: documents by the index, notes beside the code by their folder', () => {
    const pages = textsOf(ROOT).filter(isPage);
    const groups = sidebarOf(readFileSync(join(ROOT, 'docs/README.md'), 'utf8'));
    const notes = notesOf(pages, groups);
    assert.ok(
      notes.items.some(({ text, link }) => text === 'lab/sim' && link === '/project/lab/sim/'),
    );
    const links = new Set([...groups, notes].flatMap(({ items }) => items.map(({ link }) => link)));
    const linkOf = (file: string): string => `/${pageOf(file)}`.replace(/(index)?\.md$/, '');
    const missing = pages.filter(
      (file) =>
        // The sidebar is made of the index; lists of a kind have groups of their own.
        !/^docs\/(?:README|(?:decisions|post-mortems)\/(?!README).*)\.md$/.test(file) &&
        !links.has(linkOf(file)),
    );
    assert.deepEqual(missing, []);
  });

  it('lists all of a kind in a group that is closed at first', () => {
    const text =
      '| n | d |\n|---|---|\n| 7 | [Seven](007-x.md) | accepted |\n| [P](p.md) | 2026 |\n';
    assert.deepEqual(sidebarOf('', [{ group: 'All', file: 'docs/decisions/README.md', text }]), [
      {
        text: 'All',
        collapsed: true,
        items: [
          { text: '7. Seven', link: '/decisions/007-x' },
          { text: 'P', link: '/decisions/p' },
        ],
      },
    ]);
  });

  it('of this repository begins with the README and the tutorial', () => {
    const [start] = sidebarOf(readFileSync(join(ROOT, 'docs/README.md'), 'utf8'));
    assert.deepEqual(
      start?.items.slice(0, 2).map(({ link }) => link),
      ['/', '/tutorial'],
    );
  });
});

describe('tools/site: serve', () => {
  it('answers the files of the folder, and no other path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-site-'));
    writeFileSync(join(folder, 'index.html'), 'home');
    writeFileSync(join(folder, 'a.html'), 'a');
    const server = await serve(folder, 0);
    try {
      const { address, port } = server.address() as AddressInfo;
      assert.equal(address, '127.0.0.1');
      const get = async (path: string) => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return [response.status, await response.text()];
      };
      assert.deepEqual(await get('/?x=1'), [200, 'home']);
      assert.deepEqual(await get('/a'), [200, 'a']);
      assert.deepEqual(await get(`/..${encodeURIComponent('/')}a.html`), [404, 'not found']);
      assert.deepEqual(await get('/%'), [404, 'not found']);
    } finally {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
