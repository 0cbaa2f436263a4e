export const MAX_FUNCTION_LINES = 60;

const NOT_A_FUNCTION = /^\s*(?:\}\s*)?(?:if|else|for|while|switch|catch|do|try|with|class)\b/;
const MODIFIERS = '(?:(?:public|private|protected|static|override|async|get|set)\\s+|\\*\\s*)*';
const ARROW = /=>\s\{$/;
const FUNCTION = /\bfunction\b.*\)(?::\s.*)?\s\{$/;
const METHOD = new RegExp(`^\\s*${MODIFIERS}[#\\w$]+(?:<.*>)?\\(.*\\)(?::\\s.*)?\\s\\{$`);
/** The last line of a head whose parameters stand on lines of their own. */
const BROKEN_HEAD = /^\s*\}?\)(?::\s.*)?\s(?:=>\s)?\{$/;
const SUITE = /^\s*describe(?:\.\w+)?\(/;
const indentOf = (line) => line.length - line.trimStart().length;

/**
 * The functions of formatted code that have more than `most` lines: `{ line, name, length }`, where
 * `line` counts from 1 and names the head. A function starts on the line of its head, which ends in
 * `{`, and ends on the next line of the same indent that starts with `}`. Suites (`describe`),
 * classes and object literals are no functions.
 */
export function longFunctions(lines, most = MAX_FUNCTION_LINES) {
  return lines.flatMap((text, at) => {
    if (!text.endsWith('{')) return [];
    const head = headOf(lines, at);
    if (head === undefined || SUITE.test(lines[head])) return [];
    const length = endOf(lines, at) - head + 1;
    return length > most ? [{ line: head + 1, name: nameOf(lines[head]), length }] : [];
  });
}

/** Index of the line on which the function begins whose body begins at `at`, or undefined. */
function headOf(lines, at) {
  const text = lines[at];
  if (!BROKEN_HEAD.test(text)) {
    const isHead = ARROW.test(text) || FUNCTION.test(text) || METHOD.test(text);
    return isHead && !NOT_A_FUNCTION.test(text) ? at : undefined;
  }
  const indent = indentOf(text);
  for (let i = at - 1; i >= 0; i -= 1) {
    if (lines[i].trim() === '' || indentOf(lines[i]) > indent) continue;
    return NOT_A_FUNCTION.test(lines[i]) ? undefined : i;
  }
  return undefined;
}

function endOf(lines, at) {
  // A branch of a conditional expression closes two columns further in.
  const indent = indentOf(lines[at]) + (/^\s*[?:] /.test(lines[at]) ? 2 : 0);
  const end = `${' '.repeat(indent)}}`;
  const found = lines.findIndex((text, i) => i > at && text.startsWith(end));
  return found < 0 ? lines.length - 1 : found;
}

/** The word before the parameters or the equals sign: good enough to find it in an editor. */
function nameOf(head) {
  const words =
    /\bfunction\*?\s+([\w$]+)/.exec(head) ??
    /\b(?:const|let)\s+([\w$]+)/.exec(head) ??
    /([#\w$]+)\s*(?:<.*>)?\(/.exec(head);
  return words?.[1] ?? head.trim();
}
