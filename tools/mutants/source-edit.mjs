// Finds a piece of source by its tokens, so that the formatter's layout does not matter.

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\p{N}[\p{L}\p{N}_.]*|[\p{L}_$#][\p{L}\p{N}_$]*|[^\s]/gu;
const isSkipped = (text) => /^\s|^\/\/|^\/\*/.test(text);
const CLOSERS = new Set([')', ']', '}']);

/** `[{ text, start, end }]` without blanks, comments and the commas that a formatter adds. */
function tokensOf(source) {
  const tokens = [...source.matchAll(TOKEN)]
    .filter(([text]) => !isSkipped(text))
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  return tokens.filter(({ text }, i) => text !== ',' || !CLOSERS.has(tokens[i + 1]?.text));
}

/** A comma or semicolon at the end of a piece may be one that a formatter adds or takes away. */
const withoutTail = (piece) => piece.trimEnd().replace(/[,;]$/, '');

/** Every place, `[start, end)`, where the tokens of `piece` stand in `source`. */
export function findSource(source, piece) {
  const wanted = tokensOf(withoutTail(piece)).map(({ text }) => text);
  if (wanted.length === 0) return [];
  const tokens = tokensOf(source);
  const places = [];
  for (let at = 0; at + wanted.length <= tokens.length; at += 1) {
    if (wanted.every((text, i) => tokens[at + i].text === text))
      places.push([tokens[at].start, tokens[at + wanted.length - 1].end]);
  }
  return places;
}

/**
 * `source` with `find` replaced: `{ text }`. `{ fault }` in words if `find` does not occur exactly
 * once, or if nothing would change.
 */
export function editSource(source, { find, replace }) {
  const places = findSource(source, find);
  if (places.length !== 1) return { fault: `its text occurs ${places.length} times: ${find}` };
  if (find === replace) return { fault: 'it changes nothing' };
  const [[start, end]] = places;
  return { text: source.slice(0, start) + withoutTail(replace) + source.slice(end) };
}
