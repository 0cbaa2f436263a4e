import { bold, example, guarded, item, text } from './roff.js';

/**
 * The prose of a section of docs/cli.md as roff: paragraphs, lists and examples. Tables are left
 * out: they list options, which the page takes from the program.
 */
export function proseOf(markdown: string): readonly string[] {
  const lines: string[] = [];
  for (const block of blocksOf(markdown)) lines.push(...roffOf(block));
  return lines;
}

interface Block {
  readonly kind: 'example' | 'list' | 'paragraph';
  readonly lines: readonly string[];
}

function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const fenced = markdown.split(/^```[a-z]*\n([\s\S]*?)^```$/m);
  for (const [at, part] of fenced.entries()) {
    if (at % 2 === 1) blocks.push({ kind: 'example', lines: part.trimEnd().split('\n') });
    else for (const paragraph of part.split(/\n{2,}/)) blocks.push(...proseBlocks(paragraph));
  }
  return blocks;
}

function proseBlocks(paragraph: string): readonly Block[] {
  const lines = paragraph.split('\n').filter((line) => line.trim() !== '');
  const isTable = lines.some((line) => line.startsWith('|'));
  if (lines.length === 0 || isTable || /^(?:#|<!--)/.test(lines[0] ?? '')) return [];
  return [{ kind: /^[-*] |^\d+\. /.test(lines[0] ?? '') ? 'list' : 'paragraph', lines }];
}

function roffOf({ kind, lines }: Block): readonly string[] {
  if (kind === 'example') return example(lines);
  if (kind === 'paragraph') return ['.PP', inline(lines.join(' '))];
  const items = lines
    .join('\n')
    .split(/^(?:[-*]|\d+\.) /m)
    .slice(1);
  return items.flatMap((each) => item(inline(each.trim().replace(/\s*\n\s*/g, ' '))));
}

/** `code` in bold, links as their text, emphasis as it is. */
function inline(markdown: string): string {
  const plain = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1');
  const parts = plain.split(/`([^`]*)`/);
  return guarded(parts.map((part, at) => (at % 2 === 1 ? bold(part) : text(part))).join(''));
}
