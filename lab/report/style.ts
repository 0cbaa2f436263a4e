import { COLOURS } from './charts.js';

// Light and dark tones of the same ten hues (after Okabe and Ito, for colour-blind readers).
const LIGHT = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#b8578f',
  '#b77900',
  '#3a9bd1',
  '#7f3c8d',
  '#6b6b6b',
  '#8c564b',
  '#7a8b00',
];
const DARK = [
  '#5aaeea',
  '#ff8f52',
  '#2fcb9a',
  '#e79cc8',
  '#f0b429',
  '#8fd3f7',
  '#bb93dc',
  '#b0b0b0',
  '#c9978c',
  '#c3d04a',
];

const variables = (tones: readonly string[]): string =>
  tones.map((tone, i) => `--t${i}:${tone}`).join(';');
const tones = Array.from(
  { length: COLOURS },
  (_, i) =>
    `.c${i}{stroke:var(--t${i});color:var(--t${i})}.f${i}{fill:var(--t${i});color:var(--t${i})}`,
).join('');

/** The style sheet of the page: light and dark, wide and narrow, screen and paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1f;--soft:#5d5d66;--rule:#dcdce2;
--band:#00a06a22;--oracle:#1b1b1f;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{--paper:#17181c;--ink:#ececf0;--soft:#a5a5b0;
--rule:#35363d;--band:#35d39a2b;--oracle:#ececf0;${variables(DARK)}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:75rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem;overflow-wrap:anywhere}
h3{font-size:1rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .6rem;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule)}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:var(--paper)}
.best{font-weight:700}
.soft,figcaption,dt{color:var(--soft)}
.wide{max-width:52rem}
.grid{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
figure{margin:0;min-width:0}figcaption{font-size:.85rem;overflow-wrap:anywhere}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none;font-size:.9rem}
.legend svg{width:2rem;height:.8rem;vertical-align:middle;margin-right:.35rem}
svg{display:block;width:100%;height:auto}.legend svg{display:inline-block}
.rule{stroke:var(--rule);stroke-width:1}
.axis{stroke:var(--soft);stroke-width:1}
.tick,.title{fill:var(--soft);font-size:12px}
.line{fill:none;stroke-width:2;stroke-linejoin:round}.thin{stroke-width:1.5}
.d1{stroke-dasharray:7 3}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:9 3 2 3}
.oracle{stroke:var(--oracle);stroke-width:1.5;stroke-dasharray:1 4;stroke-linecap:round}
.band{fill:var(--band)}
.layer{fill-opacity:.75;stroke:var(--paper);stroke-width:.5}
${tones}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;font-size:.9rem}dd{margin:0}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin:0 0 .4rem}}
@media print{body{max-width:none}figure,table{break-inside:avoid}}
`.trim();
