/** Upper bounds in seconds. */
export const BOUNDS = [
  0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3,
  0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10,
];

/** The metric's name as OpenTelemetry defines it, in the form of Prometheus. */
const NAME = 'http_server_request_duration_seconds';

/** @typedef {{ readonly counts: number[], sum: number, count: number }} Series */

/** Counts response times by status, and writes them as text of a metrics endpoint. */
export function createHistogram() {
  /** @type {Map<number, Series>} */
  const byStatus = new Map();

  /** @type {(seconds: number, status: number) => void} */
  const observe = (seconds, status) => {
    const series = byStatus.get(status) ?? {
      counts: new Array(BOUNDS.length).fill(0),
      sum: 0,
      count: 0,
    };
    byStatus.set(status, series);
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    if (at >= 0) series.counts[at] = (series.counts[at] ?? 0) + 1;
    series.sum += seconds;
    series.count += 1;
  };

  /** @returns {string} text format 0.0.4 */
  const page = () => {
    const lines = [`# HELP ${NAME} Duration of HTTP server requests.`, `# TYPE ${NAME} histogram`];
    for (const [status, series] of byStatus) lines.push(...linesOf(status, series));
    return `${lines.join('\n')}\n`;
  };

  return { observe, page };
}

/** @type {(status: number, series: Series) => string[]} */
function linesOf(status, { counts, sum, count }) {
  const route = 'http_request_method="POST",http_route="/infer"';
  const labels = `${route},http_response_status_code="${status}"`;
  let below = 0;
  const buckets = BOUNDS.map((bound, at) => {
    below += counts[at] ?? 0;
    return `${NAME}_bucket{${labels},le="${bound}"} ${below}`;
  });
  return [
    ...buckets,
    `${NAME}_bucket{${labels},le="+Inf"} ${count}`,
    `${NAME}_sum{${labels}} ${sum}`,
    `${NAME}_count{${labels}} ${count}`,
  ];
}
