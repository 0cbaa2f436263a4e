import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

const SKIPPED = new Set(['node_modules', 'dist', '.git', 'fixtures']);
/** Made by `npm run test:gpu` on a machine that has a GPU. */
const MADE_LATER = new Set(['test/fixtures/gpu']);
const PATH =
  /`((?:agent|cli|coordinator|deploy|docs|lab|proto|shared|test|tools)\/[\w./-]+?)(?:\/\*)?`/g;

function documentsIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** The anchors that a forge gives to the headings of a document. */
function anchorsOf(file: string): ReadonlySet<string> {
  const headings = withoutFences(textOf(file)).matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Why a link of a document leads nowhere, or undefined. */
function brokenLink(file: string, link: string): string | undefined {
  if (/^\w+:/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(ROOT, target))) return `${file}: ${link} does not exist`;
  if (anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor))
    return undefined;
  return `${file}: ${link} has no such heading`;
}

const exists = (path: string): boolean =>
  MADE_LATER.has(path) || ['', '.ts', '.mjs'].some((end) => existsSync(join(ROOT, path + end)));

describe('documents', () => {
  const files = documentsIn('.');

  it('link only to what exists', () => {
    const broken = files.flatMap((file) =>
      [...withoutFences(textOf(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) =>
        brokenLink(file, link),
      ),
    );
    assert.ok(broken.length > 100);
    assert.deepEqual(
      broken.filter((each) => each !== undefined),
      [],
    );
  });

  it('name only paths that exist', () => {
    const named = files.flatMap((file) =>
      [...textOf(file).matchAll(PATH)].map(([, path = '']) => ({ file, path })),
    );
    assert.ok(named.length > 100);
    assert.deepEqual(
      named.filter(({ file, path }) => !exists(path) && !exists(join(dirname(file), path))),
      [],
    );
  });

  it('list every decision and every post-mortem in its index', () => {
    for (const folder of ['docs/decisions', 'docs/post-mortems']) {
      const index = textOf(`${folder}/README.md`);
      for (const name of readdirSync(join(ROOT, folder)))
        if (name !== 'README.md') assert.ok(index.includes(`(${name})`), `${folder}/${name}`);
    }
  });
});
