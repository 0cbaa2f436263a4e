import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT, runOn } from './planted-tree.js';

interface Link {
  readonly target: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}
interface Markdown {
  anchorsOf(text: string): ReadonlySet<string>;
  linksOf(text: string): readonly Link[];
}
const { anchorsOf, linksOf } = (await import(join(ROOT, 'tools/links/markdown.mjs'))) as Markdown;

const check = (files: Readonly<Record<string, string>>) => runOn('tools/links.mjs', files);
const targets = (text: string): readonly string[] => linksOf(text).map(({ target }) => target);

describe('tools/links', () => {
  it('passes links to files, folders, headings and https', () => {
    const { status, stderr } = check({
      'README.md':
        '[a](docs/a.md) [b](docs/a.md#two-words) [own](#top) [folder](docs/) ![p](p.svg)\n' +
        '# Top\n<https://example.org/x> and https://example.org/y. [m](mailto:a@example.org)\n',
      'docs/a.md': '## Two words\n[up](../README.md#top)\n',
      'p.svg': '<svg/>',
    });
    assert.equal(stderr, 'links: 2 documents, 9 links, 0 faults\n');
    assert.equal(status, 0);
  });

  const PLANTED: readonly (readonly [name: string, text: string, says: RegExp])[] = [
    ['a file that is not there', '\n[a](gone.md)', /^x\.md:2 the link gone\.md leads to gone\.md,/],
    ['an anchor that is not there', '# Abc\n[a](#ab)', /^x\.md:2 .* in x\.md: is it #abc\?/],
    ['a picture that is not there', '<img alt="" src="a.png">', /a\.png, which does not exist/],
    ['a path above the repository', '[a](../../etc/passwd)', /which does not exist/],
    ['a path from the root', '[a](/x.md)', /is not relative/],
    ['an anchor of no Markdown', '[a](x.json#L3)', /only Markdown has any/],
    ['http', '[a](http://example.org)', /is not https: use https/],
    ['a bare address with http', 'see http://example.org/a', /is not https/],
    ['a broken address', '[a](https://)', /is no address/],
    ['an address of this machine', '[a](https://localhost/a)', /no host that others can reach/],
    ['a definition that leads nowhere', '[a]\n\n[a]: b.md', /^x\.md:3 the link b\.md leads to/],
  ];
  for (const [name, text, says] of PLANTED) {
    it(`refuses ${name}`, () => {
      const { status, stderr } = check({ 'x.md': text, 'x.json': '{}' });
      assert.match(stderr, says);
      assert.equal(status, 1);
    });
  }

  it('leaves fixtures alone', () => {
    const { status, stderr } = check({ 'test/fixtures/a/x.md': '[a](gone.md)', 'x.md': '' });
    assert.equal(status, 0, stderr);
  });
});

describe('tools/links: Markdown', () => {
  it('finds links outside of code and comments, with their places', () => {
    const text =
      'a `[x](x.md)` [b](b.md "title")\n``` x\n[c](c.md)\n```\n' +
      '<!-- [d](d.md) -->\n[e\nf](e_(1).md)';
    const links = linksOf(text);
    assert.deepEqual(targets(text), ['b.md', 'e_(1).md']);
    assert.deepEqual(
      links.map(({ start, end }) => text.slice(start, end)),
      ['b.md', 'e_(1).md'],
    );
    assert.deepEqual(
      links.map(({ line }) => line),
      [1, 7],
    );
  });

  it('reads a fence to its end only, and code of two lines', () => {
    assert.deepEqual(targets('````\n```\n[a](a.md)\n````\n[b](b.md)'), ['b.md']);
    assert.deepEqual(targets('`dqoes\nps` [a](a.md) ``a ` [x](x.md) b``'), ['a.md']);
    assert.deepEqual(targets('a ` b\n\n[a](a.md) ` c'), ['a.md']);
  });

  it('reads no indented code, but what is indented in a list', () => {
    const text = 'a\n\n    [a](a.md)\n    [b](b.md)\n\n- [c](c.md)\n\n      [d](d.md)\n\n[e](e.md)';
    assert.deepEqual(targets(text), ['c.md', 'd.md', 'e.md']);
  });

  it('makes the anchors of GitHub', () => {
    const text =
      '# A `b-c`: d_e, f!\n```\n# not this\n```\n## [Link](x.md) *in*\n## Café 2\n## Café 2\n' +
      '<a id="own"></a>\n';
    assert.deepEqual([...anchorsOf(text)], ['own', 'a-b-c-d_e-f', 'link-in', 'café-2', 'café-2-1']);
  });
});
