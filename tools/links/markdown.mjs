const FENCE = /^\s*(`{3,}|~{3,})/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d+[.)]) /;
const COMMENT = /<!--[\s\S]*?-->/g;
/** A span of code ends at the next run of as many backticks, within its paragraph. */
const SPAN = /(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)\1(?!`)/g;
/** `](target "title")` of links and images; a target may hold pairs of brackets. */
const INLINE = /\]\(\s*<?((?:[^()\s<>]|\([^()\s<>]*\))+)>?(?:\s+"[^"]*")?\s*\)/dg;
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)/dgm;
const ATTRIBUTE = /\s(?:src|href|srcset)="([^"\s]+)[^"]*"/dg;
const BARE = /(?<![\w("'=[<])<?(https?:\/\/[^\s<>)\]"'|]*[^\s<>)\]"'|.,:;!?*])/dg;

const blank = (text) => text.replace(/[^\n]/g, ' ');

/** The text with blanks in place of blocks of code and comments: all places stay the same. */
export function withoutBlocks(text) {
  const lines = text.replace(COMMENT, blank).split('\n');
  let fence = '';
  let isIndented = false;
  /** In a list, lines that are indented go on with the item. */
  let isList = false;
  return lines
    .map((line, i) => {
      const [, mark = ''] = FENCE.exec(line) ?? [];
      if (fence !== '') {
        if (mark.startsWith(fence) && line.trim() === mark) fence = '';
        return blank(line);
      }
      fence = mark;
      if (mark !== '') return blank(line);
      if (line.trim() === '') return line;
      const isDeep = line.startsWith('    ');
      if (!isDeep) isList = LIST_ITEM.test(line) || (isList && line.startsWith(' '));
      isIndented = isDeep && !isList && (isIndented || (lines[i - 1] ?? '').trim() === '');
      return isIndented ? blank(line) : line;
    })
    .join('\n');
}

/** The text with blanks in place of all code and comments. */
export const withoutCode = (text) => withoutBlocks(text).replace(SPAN, blank);

/** The text with each span of code on one line: all places stay the same. */
export function withWholeSpans(text) {
  let out = text;
  for (const { 0: span, index } of withoutBlocks(text).matchAll(SPAN))
    out = out.slice(0, index) + span.replaceAll('\n', ' ') + out.slice(index + span.length);
  return out;
}

/**
 * The links of a Markdown text in their order: `{ target, start, end, line }`. `start` and `end`
 * are where the target stands in the text, `line` counts from 1. Links in code are none.
 */
export function linksOf(text) {
  const prose = withoutCode(text);
  const found = [INLINE, DEFINITION, ATTRIBUTE, BARE].flatMap((pattern) =>
    [...prose.matchAll(pattern)].map((match) => {
      const [start, end] = match.indices[1];
      return { target: match[1], start, end };
    }),
  );
  found.sort((a, b) => a.start - b.start);
  return found
    .filter(({ start }, i) => start !== found[i - 1]?.start)
    .map((link) => ({ ...link, line: prose.slice(0, link.start).split('\n').length }));
}

/** The anchor that GitHub gives to a heading with this text. */
export const slugOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** What is read of a heading: its text without marks of links, code and emphasis. */
const plain = (heading) =>
  heading
    .replace(/\s+#+\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*+/g, '');

/** All anchors of a Markdown text: those of headings, with -1, -2 where one repeats, and ids. */
export function anchorsOf(text) {
  const prose = withoutBlocks(text);
  const anchors = new Set([...prose.matchAll(/<\w+ (?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  for (const [, heading] of prose.matchAll(/^ {0,3}#{1,6}[ \t]+(.+)$/gm)) {
    const slug = slugOf(plain(heading));
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i += 1) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
}
