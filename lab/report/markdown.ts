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
} from './group.js';

const RATIO = SCORE_COLUMNS.find(({ key }) => key === 'ratioToOracle');

/**
 * The runs as Markdown: one table per scenario, one row per policy, median and (min–max) where a
 * policy ran several times; before them, for several scenarios, satisfied ÷ oracle of all. `notes`
 * come first, one paragraph each. Ends with a line end.
 */
export function markdownReport(runs: readonly ReportRun[], notes: readonly string[] = []): string {
  const groups = groupRuns(runs);
  const columns = columnsFor(runs);
  const parts = [
    ...notes.map(markdownText),
    ...overview(groups),
    ...groups.flatMap((group) => section(group, columns)),
    legend(columns),
  ];
  return `${parts.join('\n\n')}\n`;
}

function overview(groups: readonly ScenarioGroup[]): readonly string[] {
  if (groups.length < 2 || RATIO === undefined) return [];
  const policies = [
    ...new Set(groups.flatMap((group) => group.policies.map(({ policy }) => policy))),
  ];
  const rows = groups.map((group) => [
    group.scenario,
    ...policies.map((policy) => {
      const found = group.policies.find((one) => one.policy === policy);
      return found === undefined ? '' : formatCell(RATIO, found.runs);
    }),
  ]);
  return ['## Satisfied ÷ oracle, last third', table(['scenario', ...policies], rows)];
}

function section(group: ScenarioGroup, columns: readonly ScoreColumn[]): readonly string[] {
  const rows = group.policies.map(({ policy, runs }) => [
    policy,
    ...columns.map((column) => formatCell(column, runs)),
  ]);
  const heading = `## ${markdownText(headingOf(group))}, ${repetitionsOf(group)}`;
  return [heading, table(['policy', ...columns.map((column) => column.heading)], rows)];
}

const legend = (columns: readonly ScoreColumn[]): string =>
  columns.map(({ heading, meaning }) => `- ${heading}: ${meaning}`).join('\n');

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  const rule = `|${headings.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`;
  return [line(headings), rule, ...rows.map(line)].join('\n');
}

/** Escapes text for Markdown, also inside a table cell. */
export const markdownText = (text: string): string =>
  text.replace(/[\\`*_[\]<>|#]/g, (mark) => `\\${mark}`).replace(/\s+/g, ' ');
