// Draws docs/pictures/NAME.svg from NAME.txt, which says what its own lines mean.
// Usage: node tools/pictures.mjs [--check]. --check: exit code 1 where a drawing is not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'docs/pictures');
/** Between an arrow and the one in the other direction, px. */
const APART = 24;
const LINE = 17;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .note { font-size: 12px; fill: #59636e; }
  rect { fill: #f6f8fa; stroke: #8c959f; }
  line { stroke: #59636e; stroke-width: 1.5; marker-end: url(#head); }
  #head path { fill: #59636e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .note { fill: #b1bac4; }
    rect { fill: #21262d; stroke: #6e7681; }
    line { stroke: #b1bac4; }
    #head path { fill: #b1bac4; }
  }
`;

const escaped = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const wordsOf = (line) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);

function parse(text, file) {
  const picture = { title: '', width: 0, height: 0, boxes: new Map(), arrows: [] };
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [kind, ...rest] = wordsOf(line);
    if (kind === 'size') [picture.width, picture.height] = rest.map(Number);
    else if (kind === 'title') picture.title = rest[0] ?? '';
    else if (kind === 'box') {
      const [id, ...more] = rest;
      const [x, y, width, height] = more.slice(0, 4).map(Number);
      picture.boxes.set(id, { x, y, width, height, lines: more.slice(4) });
    } else if (kind === 'arrow' && picture.boxes.has(rest[0]) && picture.boxes.has(rest[1]))
      picture.arrows.push({ from: rest[0], to: rest[1], text: rest[2] ?? '' });
    else
      throw new Error(`${file}:${index + 1}: neither title, size, box nor an arrow between boxes`);
  }
  return picture;
}

const boxSvg = ({ x, y, width, height, lines }) => {
  const top = y + height / 2 - ((lines.length - 1) * LINE) / 2 + 4;
  const texts = lines.map(
    (line, i) =>
      `  <text class="${i === 0 ? 'title' : 'note'}" x="${x + width / 2}" y="${top + i * LINE}" ` +
      `text-anchor="middle">${escaped(line)}</text>`,
  );
  const shape = `x="${x}" y="${y}" width="${width}" height="${height}" rx="6"`;
  return [`  <rect ${shape} />`, ...texts].join('\n');
};

/** Where two ranges overlap: the middle of it; NaN = nowhere. */
function middle(a, aLength, b, bLength) {
  const from = Math.max(a, b);
  const to = Math.min(a + aLength, b + bLength);
  return from < to ? (from + to) / 2 : Number.NaN;
}

function arrowSvg({ from, to, text }, { boxes, arrows }) {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  const isBothWays = arrows.some((other) => other.from === to && other.to === from);
  const isFirst =
    arrows.findIndex((each) => [from, to].includes(each.from) && [from, to].includes(each.to)) ===
    arrows.findIndex((each) => each.from === from && each.to === to);
  const aside = isBothWays ? (isFirst ? -APART : APART) / 2 : 0;
  const x = middle(a.x, a.width, b.x, b.width);
  const label = (at, anchor) =>
    `  <text class="note" x="${at.x}" y="${at.y}" text-anchor="${anchor}">${escaped(text)}</text>`;
  if (!Number.isNaN(x)) {
    const [y1, y2] = a.y < b.y ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
    const at = { x: x + aside + (aside < 0 ? -8 : 8), y: (y1 + y2) / 2 + 4 };
    const line = `x1="${x + aside}" y1="${y1}" x2="${x + aside}" y2="${y2}"`;
    return `  <line ${line} />\n${label(at, aside < 0 ? 'end' : 'start')}`;
  }
  const y = middle(a.y, a.height, b.y, b.height) + aside;
  const [x1, x2] = a.x < b.x ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
  const at = { x: (x1 + x2) / 2, y: y + (aside > 0 ? 18 : -7) };
  return `  <line x1="${x1}" y1="${y}" x2="${x2}" y2="${y}" />\n${label(at, 'middle')}`;
}

function svgOf(picture, file) {
  const size = `${picture.width} ${picture.height}`;
  const head = 'viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" role="img">`,
    `  <title>${escaped(picture.title)}</title>`,
    `  <!-- Drawn from ${file} by npm run pictures. -->`,
    `  <style>${STYLE}  </style>`,
    `  <defs><marker id="head" ${head} orient="auto"><path d="M0 0 10 5 0 10z" /></marker></defs>`,
    ...picture.arrows.map((arrow) => arrowSvg(arrow, picture)),
    ...[...picture.boxes.values()].map(boxSvg),
    '</svg>\n',
  ].join('\n');
}

const isCheck = process.argv.includes('--check');
for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  const drawing = join(folder, file.replace(/\.txt$/, '.svg'));
  const svg = svgOf(parse(readFileSync(join(folder, file), 'utf8'), file), file);
  if (!isCheck) writeFileSync(drawing, svg);
  else if (readFileSync(drawing, 'utf8') !== svg) {
    console.error(`${drawing} is not what ${file} says: npm run pictures`);
    process.exitCode = 1;
  }
}
