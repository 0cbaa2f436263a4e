import { type QuoteChart, type QuotePoint, TEXT_ENDS_AT } from '../model/quote.js';

const BOX = { width: 560, height: 220, left: 44, right: 16, top: 14, bottom: 30 };
const PLOT = {
  width: BOX.width - BOX.left - BOX.right,
  height: BOX.height - BOX.top - BOX.bottom,
};
const xAt = (share: number): number => Math.round((BOX.left + share * PLOT.width) * 10) / 10;
const yAt = (share: number): number => Math.round((BOX.top + (1 - share) * PLOT.height) * 10) / 10;

/** What stands above a point; the point itself says it in a sentence. */
const MARK_WORDS = { now: 'now', fastest: 'fastest', cheapest: 'cheapest' } as const;

interface QuoteCurveProps {
  readonly chart: QuoteChart;
  /** The point that is pointed at or focused; null = none any more. */
  readonly onName: (point: QuotePoint | null) => void;
  readonly onChoose: (point: QuotePoint) => void;
}

/** The price curve: targets from fast to slow, and the CPU that each takes. */
export function QuoteCurve({ chart, onName, onChoose }: QuoteCurveProps) {
  const { points, summary } = chart;
  return (
    <figure class="quote-curve">
      {/* biome-ignore lint/a11y/useSemanticElements: a picture cannot be a fieldset */}
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="group" aria-label={summary}>
        <Ground chart={chart} />
        {points.map((point) => (
          <Point key={point.targetText} point={point} onName={onName} onChoose={onChoose} />
        ))}
      </svg>
      <figcaption class="quiet">
        CPU (cores) by target; the dashed line is the target of now. Choosing a point takes it over
        into the form below.
      </figcaption>
    </figure>
  );
}

/** Axes, the line, and the target of now: what is read in words is said by the points. */
function Ground({ chart: { points, nowX, xTicks, yTicks } }: { readonly chart: QuoteChart }) {
  const known = points.filter(({ y }) => y !== null);
  const line = known
    .map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${xAt(x)} ${yAt(y ?? 0)}`)
    .join('');
  return (
    <svg width={BOX.width} height={BOX.height} aria-hidden="true" focusable="false">
      {yTicks.map(({ at, text }) => (
        <g key={text} class="quote-grid">
          <line x1={BOX.left} x2={BOX.width - BOX.right} y1={yAt(at)} y2={yAt(at)} />
          <text x={BOX.left - 6} y={yAt(at) + 4} text-anchor="end">
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, text }) => (
        <text
          key={text}
          x={xAt(at)}
          y={BOX.height - 8}
          text-anchor={at > TEXT_ENDS_AT ? 'end' : 'middle'}
        >
          {text}
        </text>
      ))}
      {nowX === null ? null : (
        <line
          class="quote-now"
          x1={xAt(nowX)}
          x2={xAt(nowX)}
          y1={BOX.top}
          y2={BOX.height - BOX.bottom}
        />
      )}
      <path class="quote-line" d={line} />
      {points.map(({ x, y, marks, targetText }) => (
        <text
          key={targetText}
          x={xAt(x)}
          y={Math.max(10, yAt(y ?? 0) - 11)}
          text-anchor={x > 0.85 ? 'end' : x < 0.1 ? 'start' : 'middle'}
        >
          {marks.map((mark) => MARK_WORDS[mark]).join(', ')}
        </text>
      ))}
    </svg>
  );
}

interface PointProps extends Omit<QuoteCurveProps, 'chart'> {
  readonly point: QuotePoint;
}

function Point({ point, onName, onChoose }: PointProps) {
  const { x, y, step, sentence } = point;
  const [cx, cy] = [xAt(x), yAt(y ?? 0)];
  const isHurting = point.expense.some(({ tone }) => tone === 'bad');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a picture
    <g
      class={`quote-point quote-${step.verdict}${isHurting ? ' is-hurting' : ''}`}
      role="button"
      tabIndex={0}
      aria-label={sentence}
      onMouseEnter={() => onName(point)}
      onMouseLeave={() => onName(null)}
      onFocus={() => onName(point)}
      onBlur={() => onName(null)}
      onClick={() => onChoose(point)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose(point);
      }}
    >
      <circle class="quote-hit" cx={cx} cy={cy} r="13" />
      {step.verdict === 'met' ? (
        <circle cx={cx} cy={cy} r="5" />
      ) : (
        <path
          d={`M${cx - 5} ${cy - 5}L${cx + 5} ${cy + 5}M${cx + 5} ${cy - 5}L${cx - 5} ${cy + 5}`}
        />
      )}
    </g>
  );
}
