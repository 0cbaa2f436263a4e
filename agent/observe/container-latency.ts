import type { LatencySourceSpec } from '../../shared/job.js';
import type { LatencyReport } from '../../shared/report.js';
import { data, noData, type Reading } from './reading.js';

/** The declared source of response times, and what it has yielded. */
export interface LatencyView {
  readonly spec: LatencySourceSpec | null;
  readonly report: LatencyReport | null;
}

/** Response times of one container from whatever source feeds its window. */
export function latencyIn({ spec, report }: LatencyView): Reading<LatencyReport> {
  if (spec === null) return noData('no latency source is known');
  return report === null
    ? noData(`no response time yet from the ${spec.source} source`)
    : data(report);
}
