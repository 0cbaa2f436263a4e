import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { readingAt } from '../model/reading.js';
import { clockText } from './time.js';
import 'uplot/dist/uPlot.min.css';

/** One line of a chart. */
export interface Line {
  readonly name: string;
  /** Name of a colour in the style (`--chart-…`). */
  readonly colour: string;
  readonly values: readonly (number | null)[];
  readonly isDashed?: boolean;
  /** Filled down to the line before it, or to the ground. */
  readonly isFilled?: boolean;
  readonly isStepped?: boolean;
}

interface ChartProps {
  /** What it shows, in words. */
  readonly label: string;
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  /** Between these values lies what is asked for. */
  readonly band?: { readonly from: number; readonly to: number };
  readonly fromMs: number;
  readonly toMs: number;
  readonly valueText: (value: number) => string;
  readonly height: number;
}

/** Beside the plot, px: marks below it are put by the same numbers. */
export const PLOT_LEFT = 76;
export const PLOT_RIGHT = 30;
/** Charts of one key move their cursors together. */
const SYNC = 'job';

const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888';

/** Counts up when the browser goes from light to dark, or back. */
function useTheme(): number {
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => setTheme((before) => before + 1);
    dark.addEventListener('change', onChange);
    return () => dark.removeEventListener('change', onChange);
  }, []);
  return theme;
}

/** Lines over time. The chart is made once for each form, and then only given other data. */
export function Chart(props: ChartProps) {
  const { label, times, lines, fromMs, toMs, height } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const newest = useRef(props);
  newest.current = props;
  const theme = useTheme();
  /** Which of the times is pointed at; null = none. */
  const [at, setAt] = useState<number | null>(null);
  const form = `${lines.map(({ name, colour }) => `${name}/${colour}`).join()} ${theme}`;
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const made = new uPlot(
      optionsOf(newest, { width: place.clientWidth, height, onPoint: setAt }),
      dataOf(newest.current),
    );
    place.append(made.root);
    chart.current = made;
    const watch = new ResizeObserver(() => made.setSize({ width: place.clientWidth, height }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [form, height]);
  useEffect(() => {
    chart.current?.setData(dataOf(newest.current));
  }, [times, lines, fromMs, toMs]);
  return (
    <figure class="chart">
      <ChartKey {...props} at={at} />
      <div
        ref={box}
        role="img"
        aria-label={label}
        class="chart-box"
        style={{ height: `${height}px` }}
      />
    </figure>
  );
}

/** Names of the lines, and what each says where one points. */
function ChartKey({ lines, times, band, valueText, at }: ChartProps & { at: number | null }) {
  const textAt = (index: number): string => {
    const value = at === null ? null : readingAt(lines, index, at);
    return value === null ? '' : ` ${valueText(value)}`;
  };
  const timeS = at === null ? undefined : times[at];
  return (
    <figcaption>
      {lines.map(({ name, colour, isDashed }, i) => (
        <span key={name} class="chart-key">
          <svg viewBox="0 0 18 8" width="18" height="8" aria-hidden="true" focusable="false">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              style={{ stroke: `var(${colour})` }}
              stroke-dasharray={isDashed === true ? '4 3' : undefined}
            />
          </svg>
          {name}
          {textAt(i)}
        </span>
      ))}
      {band === undefined ? null : (
        <span class="chart-key">
          <span class="band-key" /> what is asked for
        </span>
      )}
      {timeS === undefined ? null : <span>at {clockText(timeS * 1000)}</span>}
    </figcaption>
  );
}

const dataOf = ({ times, lines }: ChartProps): uPlot.AlignedData => [
  times as number[],
  ...lines.map(({ values }) => values as (number | null)[]),
];

type Newest = { readonly current: ChartProps };

interface Making {
  readonly width: number;
  readonly height: number;
  /** Called with the index of the time that is pointed at; null = none any more. */
  readonly onPoint: (at: number | null) => void;
}

function optionsOf(newest: Newest, { width, height, onPoint }: Making): uPlot.Options {
  const { lines } = newest.current;
  const quiet = colourOf('--text-quiet');
  const grid = { stroke: colourOf('--line'), width: 1 };
  const axis = { stroke: quiet, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  return {
    width: Math.max(200, width),
    height,
    padding: [8, PLOT_RIGHT, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC }, drag: { x: false, y: false }, y: false },
    scales: {
      x: { time: true, range: () => [newest.current.fromMs / 1000, newest.current.toMs / 1000] },
      y: { range: (_, __, most) => [0, topOf(newest.current, most)] },
    },
    axes: [
      {
        ...axis,
        size: 32,
        space: 80,
        values: (_, splits) => splits.map((at) => clockText(at * 1000)),
      },
      {
        ...axis,
        size: PLOT_LEFT,
        values: (_, splits) => splits.map((value) => newest.current.valueText(value)),
      },
    ],
    series: [{}, ...lines.map(seriesOf)],
    bands: lines.flatMap(({ isFilled, colour }, i) =>
      isFilled === true && lines[i - 1]?.isFilled === true
        ? [{ series: [i + 1, i] as [number, number], fill: faint(colour) }]
        : [],
    ),
    hooks: {
      drawAxes: [(chart) => drawBand(chart, newest.current)],
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)],
    },
  };
}

/** The top of the scale: all lines and the whole band, with some air. */
function topOf({ band }: ChartProps, most: number | null): number {
  const top = Math.max(most ?? 0, band?.to ?? 0);
  return top > 0 ? top * 1.15 : 1;
}

const faint = (colour: string): string =>
  `color-mix(in srgb, ${colourOf(colour)} 35%, transparent)`;

function seriesOf({ name, colour, isDashed, isFilled, isStepped }: Line, i: number): uPlot.Series {
  const steps = isStepped === true ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  return {
    label: name,
    stroke: colourOf(colour),
    width: 2,
    points: { show: false },
    ...(isDashed === true ? { dash: [5, 4] } : {}),
    ...(isFilled === true && i === 0 ? { fill: faint(colour) } : {}),
    ...(steps === undefined ? {} : { paths: steps }),
  };
}

function drawBand(chart: uPlot, { band }: ChartProps): void {
  if (band === undefined) return;
  const { ctx, bbox } = chart;
  const top = chart.valToPos(band.to, 'y', true);
  const bottom = chart.valToPos(band.from, 'y', true);
  ctx.save();
  ctx.fillStyle = colourOf('--chart-band');
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  ctx.restore();
}
