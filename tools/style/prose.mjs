const CODE = new Set(['.ts', '.tsx', '.mjs', '.js', '.css']);
const SCRIPTS = new Set(['.sh', '.yaml', '.yml', '.service']);
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g;

/** What people read of a file, line by line: comments of code, a document without its code. */
export function proseOf(text, extension) {
  if (extension === '.md') return withoutCode(text).split('\n');
  if (SCRIPTS.has(extension))
    return text.split('\n').map((line) => /^\s*#(?!!)(.*)/.exec(line)?.[1] ?? '');
  if (!CODE.has(extension)) return [];
  const kept = text.split('\n').map(() => '');
  for (const match of text.matchAll(COMMENT)) {
    const first = text.slice(0, match.index).split('\n').length - 1;
    match[0].split('\n').forEach((line, i) => {
      kept[first + i] += line;
    });
  }
  return kept;
}

/** Blanks in place of fenced blocks and of `code`, so that lines keep their numbers. */
function withoutCode(text) {
  const blank = (code) => code.replace(/[^\n]/g, ' ');
  return text.replace(/^```[\s\S]*?^```/gm, blank).replace(/`[^`\n]*`/g, blank);
}
