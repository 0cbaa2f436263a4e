import {
  COLOURS,
  colourOf,
  jobIdsOf,
  latencyChart,
  limitsChart,
  satisfiedChart,
} from './charts.js';
import {
  columnsFor,
  formatCell,
  groupRuns,
  headingOf,
  type ReportRun,
  repetitionsOf,
  SCORE_COLUMNS,
  type ScenarioGroup,
  type ScoreColumn,
  spreadOf,
} from './group.js';
import { PAGE_STYLE } from './style.js';
import { escapeText } from './svg.js';

/** Maximum number of points of one line, and of all lines of the page: about 12 bytes each. */
const MAX_POINTS = 400;
const PAGE_POINTS = 150_000;
const MIN_POINTS = 24;
/** Maximum number of jobs drawn one by one per scenario. */
const MAX_JOBS = 24;

/** What the page shows. */
export interface HtmlReport {
  readonly title: string;
  readonly runs: readonly ReportRun[];
  /** Paragraphs under the title: what ran, where and when. */
  readonly notes?: readonly string[];
}

/**
 * One self-contained page: tables first, then per scenario the jobs satisfied over time, the
 * response time of each job against its band, and the stacked limits per policy. Nothing is loaded
 * from the network; all text is escaped; long series are thinned out so that the page stays within
 * a few MB.
 */
export function htmlReport({ title, runs, notes = [] }: HtmlReport): string {
  const groups = groupRuns(runs);
  const points = pointsPerLine(groups);
  const columns = columnsFor(runs);
  const body = [
    `<h1>${escapeText(title)}</h1>`,
    ...notes.map((note) => `<p>${escapeText(note)}</p>`),
    overview(groups),
    ...groups.map((group) => tableSection(group, columns)),
    meanings(columns),
    ...groups.map((group) => chartSection(group, points)),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ` +
      `'unsafe-inline'">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${PAGE_STYLE}</style></head><body>`,
    ...body.filter((part) => part !== ''),
    '</body></html>\n',
  ].join('\n');
}

function pointsPerLine(groups: readonly ScenarioGroup[]): number {
  const lines = groups.reduce(
    (total, group) =>
      total + group.policies.length * (1 + 3 * Math.min(MAX_JOBS, jobIdsOf(group).length)),
    0,
  );
  return Math.max(MIN_POINTS, Math.min(MAX_POINTS, Math.floor(PAGE_POINTS / Math.max(1, lines))));
}

const anchorOf = (scenario: string): string => `s-${scenario.replace(/[^A-Za-z0-9_-]/g, '-')}`;

function overview(groups: readonly ScenarioGroup[]): string {
  const ratio = SCORE_COLUMNS.find(({ key }) => key === 'ratioToOracle');
  if (groups.length < 2 || ratio === undefined) return '';
  const policies = [
    ...new Set(groups.flatMap((group) => group.policies.map(({ policy }) => policy))),
  ];
  const rows = groups.map((group) => {
    const cells = policies.map((policy) => {
      const found = group.policies.find((one) => one.policy === policy);
      return `<td>${found === undefined ? '' : escapeText(formatCell(ratio, found.runs))}</td>`;
    });
    const link = `<a href="#${anchorOf(group.scenario)}">${escapeText(group.scenario)}</a>`;
    return `<tr><td>${link}</td>${cells.join('')}</tr>`;
  });
  const heads = policies.map((policy) => `<th>${escapeText(policy)}</th>`).join('');
  return `<h2>Satisfied ÷ oracle, last third</h2>${table(`<th>scenario</th>${heads}`, rows)}`;
}

function tableSection(group: ScenarioGroup, columns: readonly ScoreColumn[]): string {
  const heads = columns.map(
    ({ heading, meaning }) => `<th title="${escapeText(meaning)}">${escapeText(heading)}</th>`,
  );
  const satisfied = group.policies.map(
    ({ runs }) => spreadOf(runs.map(({ score }) => score.summary.satisfiedLastThird)).median,
  );
  const best = Math.max(...satisfied);
  const rows = group.policies.map(({ policy, runs }, i) => {
    const cells = columns.map((column) => {
      const isBest = column.key === 'satisfiedLastThird' && (satisfied[i] ?? 0) >= best - 0.005;
      return `<td${isBest ? ' class="best"' : ''}>${escapeText(formatCell(column, runs))}</td>`;
    });
    return `<tr><td>${escapeText(policy)}</td>${cells.join('')}</tr>`;
  });
  return (
    `<h2 id="${anchorOf(group.scenario)}">${escapeText(headingOf(group))}, ` +
    `${escapeText(repetitionsOf(group))}</h2>` +
    table(`<th>policy</th>${heads.join('')}`, rows)
  );
}

const table = (heads: string, rows: readonly string[]): string =>
  `<div class="scroll"><table><thead><tr>${heads}</tr></thead>` +
  `<tbody>${rows.join('')}</tbody></table></div>`;

const grid = (charts: readonly string[]): string => `<div class="grid">${charts.join('\n')}</div>`;

const meanings = (columns: readonly ScoreColumn[]): string =>
  `<details><summary>What the columns mean</summary><dl>${columns
    .map(({ heading, meaning }) => `<dt>${escapeText(heading)}</dt><dd>${escapeText(meaning)}</dd>`)
    .join(
      '',
    )}</dl><p class="soft">Where a policy ran more than once: median (least–most).</p></details>`;

function chartSection(group: ScenarioGroup, points: number): string {
  const ids = jobIdsOf(group);
  const shown = ids.slice(0, MAX_JOBS);
  const policies = group.policies.map(({ policy }) => policy);
  const left =
    ids.length > shown.length
      ? `<p class="soft">The first ${shown.length} of ${ids.length} jobs.</p>`
      : '';
  const parts = [
    `<h2>${escapeText(group.scenario)}</h2>`,
    '<h3>Jobs satisfied over time</h3>',
    lineLegend([
      ...policies.map((policy, i) => [policy, `line ${colourOf(i)} d${i % 4}`] as const),
      ['oracle', 'line oracle'],
    ]),
    `<div class="wide">${satisfiedChart(group, points)}</div>`,
  ];
  if (ids.length === 0) return parts.join('\n');
  return [
    ...parts,
    '<h3>Response time of each job against its band</h3>',
    '<p class="soft">Logarithmic; the band is shaded; a line at the edge of a drawing is ' +
      'beyond it. Of repetitions, the first.</p>',
    lineLegend(policies.map((policy, i) => [policy, `line ${colourOf(i)} d${i % 4}`] as const)),
    left,
    grid(shown.map((id) => latencyChart(group, id, points))),
    '<h3>Limits, stacked</h3>',
    fillLegend(shown),
    grid(group.policies.map((one) => limitsChart(group, one, points))),
  ].join('\n');
}

const lineLegend = (entries: readonly (readonly [text: string, className: string])[]): string =>
  `<ul class="legend">${entries
    .map(
      ([text, className]) =>
        `<li><svg viewBox="0 0 32 12" aria-hidden="true"><path class="${className}" d="M1 ` +
        `6L31 6"/></svg>${escapeText(text)}</li>`,
    )
    .join('')}</ul>`;

const fillLegend = (ids: readonly string[]): string =>
  `<ul class="legend">${ids
    .map(
      (id, i) =>
        '<li><svg viewBox="0 0 32 12" aria-hidden="true"><rect class="layer ' +
        `f${i % COLOURS}" width="32" height="12"/></svg>${escapeText(id)}</li>`,
    )
    .join('')}</ul>`;
