import type { AllocationStatus, JobStatus } from '../../proto/schemas/status.js';
import { type CpuLimit, guaranteedCores } from '../../shared/command.js';
import type { Target } from '../../shared/qoe.js';
import { unansweredMs } from '../../shared/report.js';
import { formatBytes, formatDurationMs } from '../../shared/units.js';
import type { ClusterSummary, NodeNow } from '../cluster/cluster.js';

/** What the page shows. */
export interface PageContent {
  readonly cluster: string;
  readonly version: string;
  readonly summary: ClusterSummary;
  readonly hasLeader: boolean;
  readonly nodes: readonly NodeNow[];
  /** null = the coordinator did not answer. */
  readonly jobs: readonly JobStatus[] | null;
}

/** Rows of a table at most; the API has the rest. */
const MAX_ROWS = 500;
const NONE = '–';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text as it may stand in HTML, in a quoted attribute too. Names and reasons are hostile input. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? '');

/** The whole page: no script, so what it shows is as old as the page. */
export function statusPage(content: PageContent): string {
  const { cluster, version, nodes, jobs } = content;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dqoes ${escaped(cluster)}</title>
<link rel="stylesheet" href="/status.css">
</head>
<body>
<h1>dqoes: cluster ${escaped(cluster)}</h1>
${leaderLine(content)}
<h2>Jobs</h2>
${jobsTable(jobs)}
<h2>Nodes</h2>
${nodesTable(nodes)}
<p>Version ${escaped(version)}. This page is made again every 5 s.
The same as JSON: <a href="/api/v1/jobs">jobs</a>, <a href="/api/v1/nodes">nodes</a>,
<a href="/api/v1/allocations">allocations</a>, <a href="/api/v1/events">events</a>;
what there is: <a href="/openapi.json">openapi.json</a>.</p>
</body>
</html>
`;
}

function leaderLine({ summary, hasLeader }: PageContent): string {
  const { epoch, isConnected, silentMs } = summary;
  if (!isConnected)
    return '<p class="bad">Not connected to NATS: what is shown is what was known last.</p>';
  if (silentMs === null) return '<p class="bad">Nobody leads, or nothing was heard yet.</p>';
  const age = formatDurationMs(Math.max(1, silentMs));
  return hasLeader
    ? `<p>A coordinator leads (epoch ${epoch}), heard ${escaped(age)} ago.</p>`
    : `<p class="bad">Nobody leads: nothing was heard for ${escaped(age)}. ` +
        'What is shown is what was known last.</p>';
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  const more =
    rows.length > MAX_ROWS
      ? `<p>${rows.length - MAX_ROWS} more rows are not shown: the API has them all.</p>`
      : '';
  const shown = rows.slice(0, MAX_ROWS).map((row) => cells('td', row));
  const [head, body] = [cells('th', titles), shown.join('\n')];
  return `<table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table>${more}`;
}

function jobsTable(jobs: PageContent['jobs']): string {
  if (jobs === null) return '<p class="bad">The coordinator did not answer.</p>';
  if (jobs.length === 0)
    return '<p>No jobs yet. Start one: <code>dqoes run --target 250ms IMAGE</code>.</p>';
  const rows = jobs.flatMap(({ spec, state, reasons, allocations }) =>
    allocations.length === 0
      ? [[spec.name, state, NONE, targetText(spec.target), NONE, NONE, NONE, reasons.join('; ')]]
      : allocations.map((each) => [
          each.container?.origin === 'label' ? each.container.name : each.id,
          each.container?.state ?? 'pending',
          each.qoeClass ?? NONE,
          targetText(each.target),
          each.latencyMs === null ? NONE : formatDurationMs(each.latencyMs),
          limitText(each.desired),
          each.node ?? NONE,
          whyText(each),
        ]),
  );
  const titles = ['job', 'state', 'class', 'target', 'latency', 'limit', 'node', 'why'];
  return table(titles, rows);
}

function whyText(each: AllocationStatus): string {
  const ageMs = unansweredMs(each);
  if (ageMs === null) return each.reason;
  const silent = `no answer for ${formatDurationMs(Math.round(ageMs / 1000) * 1000)}`;
  return each.reason === '' ? silent : `${silent}: ${each.reason}`;
}

function targetText(target: Target | null): string {
  if (target === null) return NONE;
  const { latencyMs, statistic, toleranceRatio, mode } = target;
  const duration = formatDurationMs(latencyMs);
  const band = mode === 'ceiling' ? 'at most ' : '';
  return `${band}${duration} ${statistic} ±${Math.round(toleranceRatio * 100)} %`;
}

function limitText(limit: CpuLimit | null): string {
  if (limit === null) return NONE;
  if (limit.cpuCores === null && limit.guaranteeCores === undefined) return 'no limit';
  return `${Math.round(guaranteedCores(limit) * 1000) / 1000} CPU`;
}

function nodesTable(nodes: readonly NodeNow[]): string {
  if (nodes.length === 0) return '<p>No node has reported yet.</p>';
  const rows = nodes.map(({ id, status }) => [
    id,
    status.isWaiting === true ? 'waits for approval' : (status.scheduling ?? 'open'),
    status.liveness,
    `${formatDurationMs(Math.max(1, status.ageMs))} ago`,
    `${round(status.limitedCpuCores)} of ${round(status.host.allocatableCpuCores)} CPU`,
    status.host.memoryUsedBytes === null
      ? NONE
      : `${formatBytes(status.host.memoryUsedBytes)} used`,
    String(status.containers),
    status.warnings.join('; '),
  ]);
  const titles = [
    'node',
    'state',
    'liveness',
    'heard',
    'allocated',
    'memory',
    'containers',
    'warnings',
  ];
  return table(titles, rows);
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Its style: light and dark, and nothing from elsewhere. */
export const STATUS_CSS = `:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 1rem; line-height: 1.4; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #8886; padding: .25rem .75rem .25rem 0; text-align: left; }
td { vertical-align: top; overflow-wrap: anywhere; }
.bad { border-left: .3rem solid #c00; padding-left: .5rem; }
`;
