import type { Target } from '../../../shared/qoe.js';

/** The least and the most columns of a gauge. */
export const GAUGE_WIDTH = { min: 9, max: 21 } as const;

/**
 * `▕──●─▏`: the band of a target and where a response time is: left of it is faster than asked,
 * right of it slower, `«` and `»` are further away than there is room for. A ceiling begins at zero
 * and has no left edge. null = no response time: there is no mark.
 */
export function gaugeText(target: Target | null, latencyMs: number | null, width: number): string {
  if (target === null) return '';
  const around = width < 15 ? 1 : width < 19 ? 2 : 3;
  const inside = width - 2 - 2 * around;
  const cells = [
    ...new Array<string>(around).fill(' '),
    target.mode === 'ceiling' ? '─' : '▕',
    ...new Array<string>(inside).fill('─'),
    '▏',
    ...new Array<string>(around).fill(' '),
  ];
  const mark = latencyMs === null ? undefined : markOf(target, latencyMs, { around, inside });
  if (mark !== undefined) cells[mark.at] = mark.text;
  return cells.join('');
}

interface Mark {
  readonly at: number;
  readonly text: string;
}

function markOf(
  { latencyMs: targetMs, toleranceRatio, mode }: Target,
  latencyMs: number,
  { around, inside }: { readonly around: number; readonly inside: number },
): Mark {
  const low = mode === 'ceiling' ? 0 : targetMs * (1 - toleranceRatio);
  const high = targetMs * (1 + toleranceRatio);
  const cellMs = (high - low) / inside;
  const last = 2 * around + inside + 1;
  if (latencyMs < low) {
    const away = Math.ceil((low - latencyMs) / cellMs);
    return away > around ? { at: 0, text: '«' } : { at: around - away, text: '●' };
  }
  if (latencyMs > high) {
    const away = Math.ceil((latencyMs - high) / cellMs);
    return away > around ? { at: last, text: '»' } : { at: around + inside + 1 + away, text: '●' };
  }
  const inner = Math.min(inside - 1, Math.floor((latencyMs - low) / cellMs));
  return { at: around + 1 + inner, text: '●' };
}
