import { sampleSpikes } from './sample.js';

/** Escapes text for HTML and SVG, attributes included. */
export const escapeText = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[mark] ?? '',
  );

/** Maps values to coordinates, with ticks. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Area of the data inside a drawing, px of the view box. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
/** A frame with room for axes, for a drawing of this size in px. */
export const frameOf = (width: number, height: number): Frame => ({
  width,
  height,
  left: 62,
  right: width - 10,
  top: 10,
  bottom: height - 36,
});

/** The lowest of 1, 2 or 5 times a power of ten that is at least `rough`. */
export function niceStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** How an axis is divided. */
export interface Ticks {
  /** Approximate number of ticks. */
  readonly count: number;
  readonly show: (value: number) => string;
  /** The step between two ticks for a minimum step. Default `niceStep`. */
  readonly step?: (rough: number) => number;
}

/** A linear axis from 0 to `most` between two coordinates. */
export function linearAxis(
  most: number,
  [from, to]: readonly [number, number],
  ticks: Ticks,
): Axis {
  const top = most > 0 ? most : 1;
  const step = (ticks.step ?? niceStep)(top / ticks.count);
  const values = Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(12)),
  );
  return {
    at: (value) => from + ((to - from) * value) / top,
    ticks: values.map((value) => ({ value, text: ticks.show(value) })),
  };
}

const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
/** A usual step of time, s, at least `rough`. */
export const timeStep = (rough: number): number =>
  rough < 1
    ? niceStep(rough)
    : (SECOND_STEPS.find((step) => step >= rough * (1 - 1e-9)) ?? niceStep(rough / 3600) * 3600);

/**
 * A logarithmic axis over [least, most]; values outside are drawn at its ends. Ticks at 1, 2 and 5
 * times powers of ten.
 */
export function logAxis(
  [least, most]: readonly [number, number],
  [from, to]: readonly [number, number],
  show: (value: number) => string,
): Axis {
  const span = Math.log(most / least) || 1;
  const powers = Array.from({ length: 12 }, (_, i) => 10 ** (Math.floor(Math.log10(least)) + i));
  const factors = most / least > 60 ? [1] : [1, 2, 5];
  const values = powers.flatMap((power) => factors.map((factor) => factor * power));
  return {
    at: (value) =>
      from + ((to - from) * Math.log(Math.min(most, Math.max(least, value)) / least)) / span,
    ticks: values
      .filter((value) => value >= least && value <= most)
      .map((value) => ({ value, text: show(value) })),
  };
}

/** A coordinate with one decimal. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

/** Both axes with ticks, grid and titles. */
export function axes(
  frame: Frame,
  x: Axis,
  y: Axis,
  titles: { readonly x: string; readonly y: string },
): string {
  const { left, right, top, bottom, height } = frame;
  const rows = y.ticks.map(({ value, text }) => {
    const at = px(y.at(value));
    return (
      `<line class="rule" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text ` +
      `class="tick" x="${left - 5}" y="${at}" dy="4" ` +
      `text-anchor="end">${escapeText(text)}</text>`
    );
  });
  const columns = x.ticks.map(({ value, text }) => {
    const at = px(x.at(value));
    return (
      `<line class="rule" x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + 4}"/><text ` +
      `class="tick" x="${at}" y="${bottom + 16}" ` +
      `text-anchor="middle">${escapeText(text)}</text>`
    );
  });
  const middle = px((top + bottom) / 2);
  return [
    ...rows,
    ...columns,
    `<line class="axis" x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`,
    `<text class="title" x="${px((left + right) / 2)}" y="${height - 4}" ` +
      `text-anchor="middle">${escapeText(titles.x)}</text>`,
    `<text class="title" transform="translate(12 ${middle}) rotate(-90)" ` +
      `text-anchor="middle">${escapeText(titles.y)}</text>`,
  ].join('');
}

/** One point of a line: time, and a value or null for a gap. */
export type Point = readonly [x: number, y: number | null];

/** How a line is drawn. */
export interface LineStyle {
  /** CSS classes of the path. */
  readonly className: string;
  readonly title: string;
  /** Maximum number of points drawn. */
  readonly points: number;
}

/** A line through the points, broken at gaps; spikes are kept when points are left out. */
export function line(
  points: readonly Point[],
  x: Axis,
  y: Axis,
  { className, title, points: most }: LineStyle,
): string {
  let isDown = false;
  const steps = sampleSpikes(points, most).map(([at, value]) => {
    if (value === null) {
      isDown = false;
      return '';
    }
    const step = `${isDown ? 'L' : 'M'}${px(x.at(at))} ${px(y.at(value))}`;
    isDown = true;
    return step;
  });
  return (
    `<path class="${escapeText(className)}" ` +
    `d="${steps.join('')}"><title>${escapeText(title)}</title></path>`
  );
}

/** The area between two series over the same times. */
export function area(
  edges: readonly (readonly [x: number, low: number, high: number])[],
  x: Axis,
  y: Axis,
  { className, title }: { readonly className: string; readonly title: string },
): string {
  if (edges.length === 0) return '';
  const top = edges.map(([at, , high]) => `${px(x.at(at))} ${px(y.at(high))}`);
  const bottom = [...edges].reverse().map(([at, low]) => `${px(x.at(at))} ${px(y.at(low))}`);
  return (
    `<path class="${escapeText(className)}" ` +
    `d="M${[...top, ...bottom].join('L')}Z"><title>${escapeText(title)}</title></path>`
  );
}

/** A whole drawing that fills its place, with a label for screen readers. */
export const drawing = (
  { width, height }: Frame,
  label: string,
  parts: readonly string[],
): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" ` +
  `aria-label="${escapeText(label)}">${parts.join('')}</svg>`;
