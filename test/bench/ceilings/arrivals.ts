import {
  type Chance,
  type Changes,
  programModule,
  type Arrivals as Schedule,
} from '../../unit/deploy/sample-image/program.js';
import type { ContainerArrivals } from './containers.js';

const { piecesOf } = await programModule<Changes>('changes.mjs');
const { poissonArrivals } = await programModule<Schedule>('arrivals.mjs');
const { seededRandom } = await programModule<Chance>('random.mjs');

type Open = Extract<ContainerArrivals, { readonly kind: 'open' }>;

/**
 * Moments, in ms since a container was ready, at which requests come to it: the very program that
 * makes them says.
 */
export function scheduleOf({ ratePerSecond, seed, changes = [] }: Open): Iterable<number> {
  const start = { rate: ratePerSecond, batch: 1 };
  const read = changes.map(({ atMs, factor }) => ({
    atMs: Math.round(atMs),
    rateFactor: factor,
    batchFactor: undefined,
  }));
  return poissonArrivals(piecesOf(start, read, 0), seededRandom(seed));
}
