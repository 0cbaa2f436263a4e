import type { ErrorSummary, QuoteSummary } from './errors.js';
import type { Outcome } from './outcome.js';

const NONE = '–';
const percent = (ratio: number): string => `${(100 * ratio).toFixed(0)} %`;
const signed = (ratio: number): string => `${ratio > 0 ? '+' : ''}${(100 * ratio).toFixed(1)} %`;
const shareText = (share: number | null): string => (share === null ? NONE : percent(share));

/** `+1.2 % (−4.0 % to +6.1 %), 94 %`: median, 5th to 95th percentile, share within a tenth. */
const errorText = (errors: ErrorSummary | null): string =>
  errors === null
    ? NONE
    : `${signed(errors.p50)} (${signed(errors.p5)} to ${signed(errors.p95)}), ` +
      percent(errors.withinTenth);

const HEAD = [
  ...['targets', 'n', 'response time ÷ quoted − 1', 'CPU reserved ÷ quoted − 1'],
  ...['CPU used ÷ quoted − 1', 'reports in the stated interval', 'reports at target'],
];

/** The lines of a Markdown table, one row a group of targets. */
export function markdownTable(summaries: readonly QuoteSummary[]): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(HEAD),
    row(HEAD.map(() => '---')),
    ...summaries.map((each) =>
      row([
        ...[each.of, String(each.n), errorText(each.latency), errorText(each.reserved)],
        errorText(each.used),
        each.covered === null ? NONE : `${percent(each.covered)} of ${each.boundedReports}`,
        shareText(each.atTarget),
      ]),
    ),
    '',
    'Errors: median (5th to 95th percentile), share within ±10 %.',
  ];
}

/** How far the bench is, in a line. */
export function progressLine(summaries: readonly QuoteSummary[]): string {
  const [all] = summaries;
  if (all?.of !== 'all') return 'nothing was measured yet';
  return (
    `so far ${all.n} targets: response time ${errorText(all.latency)} within a tenth; ` +
    `CPU reserved ${errorText(all.reserved)}; ${shareText(all.covered)} of the reports in range`
  );
}

/** What came of one target, in a line. */
export function outcomeLine({ job, workload, statistic, choice, ...of }: Outcome): string {
  const { quoted, delivered, fault } = of;
  const about = `${job} (${workload}, ${statistic}) ${choice}`;
  if (fault !== undefined) return `${about}: ${fault}`;
  if (quoted === null) return `${about}: its quote has no such target`;
  const said = `${about}: target ${quoted.targetMs} ms, quoted ${quoted.expectedMs.toFixed(0)} ms`;
  if (delivered === null) return `${said}; no answer was seen`;
  const { latencyMs, reservedCores, usedCores } = delivered;
  return (
    `${said} with ${quoted.cpuCores.toFixed(2)} CPU; delivered ${latencyMs.toFixed(0)} ms with ` +
    `${reservedCores.toFixed(2)} reserved, ${usedCores.toFixed(2)} used`
  );
}
