import { posix } from 'node:path';
import { anchorsOf, linksOf } from './markdown.mjs';

/**
 * The links that lead nowhere, as `{ file, line, reason }`, and how many links there are. `texts`:
 * path to text of each Markdown file; `files`: paths of all files of the repository, relative to
 * its root, with slashes.
 */
export function brokenLinks(texts, files) {
  const known = new Set(files.flatMap(withFolders));
  const anchors = new Map();
  const anchorsAt = (file) => {
    if (!anchors.has(file)) anchors.set(file, anchorsOf(texts.get(file) ?? ''));
    return anchors.get(file);
  };
  let count = 0;
  const faults = [...texts].flatMap(([file, text]) =>
    linksOf(text).flatMap(({ target, line }) => {
      count += 1;
      const why = /^[a-z][a-z0-9+.-]*:/i.test(target)
        ? addressFault(target)
        : pathFault(file, target, known, anchorsAt);
      return why === undefined ? [] : [{ file, line, reason: `the link ${target} ${why}` }];
    }),
  );
  return { faults, count };
}

/** A path and the folders that it lies in. */
function withFolders(path) {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** What is wrong with an address outside of the repository, or undefined. */
function addressFault(address) {
  if (address.startsWith('mailto:')) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return 'is no address: mend it';
  if (url.protocol !== 'https:') return 'is not https: use https, or write it as `code`';
  if (!/\.[a-z]{2,}$/.test(url.hostname)) return 'names no host that others can reach';
  return undefined;
}

/** What is wrong with a link to a file of the repository, or undefined. */
function pathFault(from, link, known, anchorsAt) {
  if (link.startsWith('/')) return 'is not relative: say it from the folder of this document';
  const [path, anchor] = link.split('#', 2).map(decoded);
  const target = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path));
  const at = target.replace(/\/$/, '');
  if (!known.has(at)) return `leads to ${at}, which does not exist`;
  if (anchor === undefined) return undefined;
  if (!at.endsWith('.md')) return 'has an anchor, and only Markdown has any: leave it out';
  const anchors = anchorsAt(at);
  if (anchors.has(anchor)) return undefined;
  const near = [...anchors].find((each) => each.includes(anchor) || anchor.includes(each));
  return `finds no such heading in ${at}${near === undefined ? '' : `: is it #${near}?`}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
