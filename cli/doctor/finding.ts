import type { PageFinding } from '../../agent/doctor/metrics-page.js';
import { formatDurationMs } from '../../shared/units.js';
import type { Fact } from './facts.js';

/** What two pages show, as lines for people. */
export function findingFacts(
  finding: PageFinding & { readonly requestsPerSecond?: number },
): readonly Fact[] {
  const {
    server,
    preset,
    metric,
    kind,
    unit,
    per,
    satisfiedRatio,
    gone,
    requestsPerSecond: rate,
  } = finding;
  return [
    ['server', server === null ? 'named by its metric' : `${server} (preset ${preset})`],
    ['metric', `${metric} (${kind}, ${unit}${per === undefined ? '' : ` per ${per}`})`],
    [
      per === undefined ? 'requests' : `${per}s`,
      `${finding.requests}${rate === undefined ? '' : ` (${toThreeDigits(rate)} a second)`}`,
    ],
    [finding.statistic, valueText(finding)],
    ...(finding.statistic === 'mean' || finding.meanMs === null
      ? []
      : [['mean', formatDurationMs(finding.meanMs)] as const]),
    ...(gone === undefined
      ? []
      : [
          [
            'not counted',
            `${gone.join(', ')}: not on the newer page (unloaded, or the page was cut)`,
          ] as const,
        ]),
    ...(satisfiedRatio === undefined
      ? []
      : [['within target', `${toThreeDigits(satisfiedRatio * 100)} %, exactly`] as const]),
  ];
}

/** The value, or why there is none. */
export function valueText({
  kind,
  valueMs,
  atLeast,
  meanOnly,
  statistic,
  requests,
  reset,
}: PageFinding): string {
  if (reset !== undefined) return `not known: ${reset}, so these pages cannot be compared`;
  if (valueMs !== null) return `${atLeast ? 'at least ' : ''}${formatDurationMs(valueMs)}`;
  if (requests === 0) return 'not known: no requests between the pages';
  if (meanOnly === true && statistic !== 'mean')
    return (
      `not known: this server reports means only, so a ${statistic} target cannot be judged; ` +
      'use the statistic mean, or the log or push source'
    );
  if (kind === 'summary')
    return (
      'not known: the server reports it by label set, and quantiles cannot be combined; ' +
      'choose one set with --match'
    );
  return 'not known: the server does not report it';
}

const toThreeDigits = (value: number): string => String(Number(value.toPrecision(3)));
