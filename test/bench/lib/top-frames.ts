import { frameDiff } from '../../../cli/grid/diff.js';
import { draw } from '../../../cli/top/draw/draw.js';
import { History } from '../../../cli/top/model/history.js';
import { reduce } from '../../../cli/top/model/reduce.js';
import { initialState, type Size } from '../../../cli/top/model/state.js';
import { allocation, dataOf, LINK, STEP, target } from '../../unit/cli/top/build.js';
import { quantile } from './process-cost.js';

const ROUNDS = 400;
const WARM_UP = 100;

/** Times of one frame, ms: of the state with new data, of drawing it, and of the difference. */
export interface FrameTimes extends Size {
  readonly reduceMs: number;
  readonly drawMs: number;
  readonly diffMs: number;
}

/** Medians of that, with all response times changed before each frame; no terminal. */
export function frameTimes(count: number, size: Size): FrameTimes {
  const history = new History();
  const valuesOf = (id: string, last: number, steps: number) => history.values(id, last, steps);
  const dataAt = (round: number) =>
    dataOf(
      Array.from({ length: count }, (_, at) =>
        allocation(`service-${String(at).padStart(5, '0')}-1`, {
          node: `h${at % 20}`,
          target: target(100),
          latencyMs: 100 * (1 + Math.sin(round / 5 + at) / 4),
        }),
      ),
    );
  const published = Array.from({ length: 8 }, (_, round) => dataAt(round));
  for (const { status } of published[0]?.rows ?? [])
    for (let back = 0; back < 30; back += 1) history.note(status, STEP - back);
  let state = reduce(initialState(size, { cluster: 'bench' }), { kind: 'link', link: LINK });
  let shown: ReturnType<typeof draw> | undefined;
  const [reduceMs, drawMs, diffMs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const data = published[round % published.length];
    if (data === undefined) continue;
    const beganMs = performance.now();
    state = reduce(state, { kind: 'data', data });
    const reducedMs = performance.now();
    const frame = draw(state, { charset: 'utf8', valuesOf });
    const drawnMs = performance.now();
    frameDiff(shown, frame, true);
    const endMs = performance.now();
    shown = frame;
    if (round < WARM_UP) continue;
    reduceMs.push(reducedMs - beganMs);
    drawMs.push(drawnMs - reducedMs);
    diffMs.push(endMs - drawnMs);
  }
  const median = (values: readonly number[]): number => Number(quantile(values, 0.5).toFixed(3));
  return { ...size, reduceMs: median(reduceMs), drawMs: median(drawMs), diffMs: median(diffMs) };
}
