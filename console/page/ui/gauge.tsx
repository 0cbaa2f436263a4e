import type { Target } from '../../../shared/qoe.js';
import { gaugeOf, sparkOf } from '../model/band.js';
import { msText, targetText } from '../model/words.js';

const GAUGE = { width: 120, height: 18 };
const SPARK = { width: 110, height: 26 };

/** The band of a target, and the marker of now in or beside it. */
export function TargetGauge({
  target,
  latencyMs,
}: {
  readonly target: Target;
  readonly latencyMs: number | null;
}) {
  const { bandFrom, bandTo, target: at, now, isBeyond } = gaugeOf(target, latencyMs);
  const { width, height } = GAUGE;
  const x = (share: number): number => Math.round(share * width * 10) / 10;
  const middle = height / 2;
  const nowX = now === null ? 0 : Math.min(width - 6, Math.max(6, x(now)));
  const value = latencyMs === null ? 'no response time' : msText(latencyMs);
  const text = `${value}, ${targetText(target)}`;
  return (
    <svg class="gauge" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      <title>{text}</title>
      <rect class="gauge-track" x="0" y={middle - 3} width={width} height="6" rx="3" />
      <rect
        class="gauge-band"
        x={x(bandFrom)}
        y={middle - 6}
        width={Math.max(2, x(bandTo) - x(bandFrom))}
        height="12"
        rx="3"
      />
      <line class="gauge-target" x1={x(at)} x2={x(at)} y1="1" y2={height - 1} />
      {now === null ? null : isBeyond ? (
        <path
          class="gauge-now"
          d={`M${width - 10} ${middle - 6}L${width - 1} ${middle}L${width - 10} ${middle + 6}Z`}
        />
      ) : (
        <circle class="gauge-now" cx={nowX} cy={middle} r="5" />
      )}
    </svg>
  );
}

/** The last hour over the band, a word wide. */
export function Sparkline({
  target,
  values,
}: {
  readonly target: Target;
  readonly values: readonly (number | null)[] | undefined;
}) {
  const { width, height } = SPARK;
  if (values === undefined) return <span class="spark spark-none" />;
  const { line, bandTop, bandBottom } = sparkOf(values, target, SPARK);
  const known = values.filter((value) => value !== null);
  const text =
    known.length === 0
      ? 'nothing is known of the last hour'
      : `last hour: ${msText(Math.min(...known))} to ${msText(Math.max(...known))}`;
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      <title>{text}</title>
      <rect
        class="spark-band"
        x="0"
        y={bandTop}
        width={width}
        height={Math.max(1, bandBottom - bandTop)}
      />
      <path class="spark-line" d={line} />
    </svg>
  );
}
