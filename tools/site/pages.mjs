import { posix } from 'node:path';
import { linksOf, withoutCode, withWholeSpans } from '../links/markdown.mjs';

const PICTURE = /\.(svg|png)$/;
/** What browsers show as it is; anything else is published as text. */
const SHOWN = /\.(json|yaml|yml|txt|svg|png)$/;

/**
 * Where a Markdown file of the repository stands on the site: documents at the top, the README as
 * home, everything else (notes beside the code, CHANGELOG, …) under `project/`.
 */
export function pageOf(file) {
  if (file === 'README.md') return 'index.md';
  if (file === 'docs/README.md') return 'documents.md';
  const page = file.startsWith('docs/')
    ? file.slice('docs/'.length)
    : `project/${file.includes('/') ? file : file.toLowerCase()}`;
  return page.replace(/(^|\/)README\.md$/, '$1index.md');
}

/** Whether a file of the repository is a page: Markdown that people are to read. */
export const isPage = (file) =>
  file.endsWith('.md') && !file.startsWith('.github/') && !/(^|\/)fixtures\//.test(file);

/** Where another file of the repository is published, below the root of the site. */
export function assetOf(file) {
  if (PICTURE.test(file) && file.startsWith('docs/')) return file.slice('docs/'.length);
  return `files/${file}${SHOWN.test(file) ? '' : '.txt'}`;
}

/**
 * The text of a page made of `text`, the Markdown of `file`, and the other files of the repository
 * that it links to. Links lead to pages and assets of the site; pictures for day and night become
 * two, of which the theme shows one; what VitePress would take for a template is escaped.
 * `isFolder` says whether a path is a folder; a link to one leads to its README.
 */
export function pageText(file, text, isFolder) {
  const assets = [];
  // VitePress takes <word> at the start of a line for HTML, also in code that began before.
  const rewritten = replaceLinks(withWholeSpans(text), (target) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('#')) return target;
    const [path, anchor] = target.split('#', 2);
    const joined = posix.join(posix.dirname(file), path).replace(/\/$/, '');
    const found = isFolder(joined) ? `${joined}/README.md` : joined;
    const hash = anchor === undefined ? '' : `#${anchor}`;
    if (isPage(found)) return `/${pageOf(found)}${hash}`;
    assets.push(found);
    return `/${assetOf(found)}`;
  });
  return { text: escaped(twoPictures(rewritten)), assets };
}

function replaceLinks(text, change) {
  let at = 0;
  let out = '';
  for (const { target, start, end } of linksOf(text)) {
    out += text.slice(at, start) + change(target);
    at = end;
  }
  return out + text.slice(at);
}

/** The switch of the site is not the setting of the browser, which `<picture>` goes by. */
function twoPictures(text) {
  const element =
    /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img alt="([^"]*)" src="([^"]+)">\s*<\/picture>/g;
  return text.replace(
    element,
    '<img class="by-day" alt="$2" src="$3"><img class="by-night" alt="$2" src="$1">',
  );
}

/** Text in which only known elements are HTML, and nothing is a template of Vue. */
function escaped(text) {
  const prose = withoutCode(text);
  return text.replace(/\{\{|<(?=[a-z/])/gi, (match, at) => {
    // Blank in the prose = code, which is shown as it is.
    if (prose[at] === ' ') return match;
    if (match === '{{') return '&#123;&#123;';
    return /^<(\/?(img|br|kbd|sub|sup|details|summary)\b|https:)/i.test(text.slice(at, at + 12))
      ? match
      : '&lt;';
  });
}

/**
 * The sidebar, from the index of the documents: a group for each `##` heading, an item for each
 * list item that begins with a link. `more`: further texts whose links fill a group of their own,
 * as `{ group, file, text }`.
 */
export function sidebarOf(index, more = []) {
  const groups = [];
  for (const line of index.split('\n')) {
    const [, heading] = /^## (.+)$/.exec(line) ?? [];
    if (heading !== undefined) groups.push({ text: heading, items: [] });
    const [, text, target] = /^- \[([^\]]+)\]\(([^)\s]+)\)/.exec(line) ?? [];
    if (target !== undefined) groups.at(-1)?.items.push(itemOf('docs/README.md', text, target));
  }
  return [...groups, ...more.map(groupOf)];
}

/** Everything of a kind, closed at first: decisions, post-mortems. */
function groupOf({ group, file, text }) {
  const links = [...text.matchAll(/^(?:\| (\d+) \| |- |\| )\[([^\]]+)\]\(([^)\s]+\.md)\)/gm)];
  const items = links.map(([, number, title, target]) =>
    itemOf(file, number === undefined ? title : `${number}. ${title}`, target),
  );
  return { text: group, collapsed: true, items };
}

/**
 * The notes that lie beside the code (`README.md` of folders outside `docs/`) and stand in none of
 * these groups: a group of their own, closed at first, by folder. `files`: all pages.
 */
export function notesOf(files, groups) {
  const known = new Set(groups.flatMap(({ items }) => items.map(({ link }) => link)));
  const items = files
    .filter((file) => file.endsWith('/README.md') && !file.startsWith('docs/'))
    .map((file) => ({ text: posix.dirname(file), link: linkOf(file) }))
    .filter(({ link }) => !known.has(link));
  return { text: 'Notes beside the code', collapsed: true, items };
}

const linkOf = (file) => `/${pageOf(file)}`.replace(/(index)?\.md$/, '');

const itemOf = (from, text, target) => ({
  text: text.replaceAll('`', ''),
  link: linkOf(posix.join(posix.dirname(from), target)),
});
