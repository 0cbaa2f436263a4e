import { isMap } from 'yaml';
import { parseRatio } from '../../shared/units.js';
import { resolved } from '../../shared/yaml/place.js';
import {
  oneOf,
  optional,
  type RecordOf,
  record,
  type Shape,
  scalar,
} from '../../shared/yaml/shape.js';
import type { ForeignLoad } from '../disturbance.js';
import { MAX_BUSY_RATIO } from '../foreign/bursts.js';
import { FOREIGN_LEVELS, foreignLoadOf, NO_FOREIGN_LOAD } from '../foreign/levels.js';
import { timeBetween } from './values.js';

const ratio = scalar(parseRatio);
const burstLength = timeBetween('10ms', '1h');
const { shortestMs, longestMs, lowestRatio, highestRatio } = NO_FOREIGN_LOAD;

const foreignFields = {
  steady: optional(ratio, 0),
  bursts: optional(ratio, 0),
  shortest: optional(burstLength, shortestMs),
  longest: optional(burstLength, longestMs),
  lowest: optional(ratio, lowestRatio),
  highest: optional(ratio, highestRatio),
  changes: optional<number | undefined>(timeBetween('1s', '24h'), undefined),
  memory: optional(ratio, 0),
  steal: optional(ratio, 0),
};
type ForeignRead = RecordOf<typeof foreignFields>;

const percent = (value: number): string => `${Number((value * 100).toPrecision(3))}%`;
/** Not above: it is to be accepted when it is written so. */
const percentUpTo = (value: number): string => `${Math.floor(value * 1e4 + 1e-6) / 100}%`;

function foreignFault(value: ForeignRead) {
  const { steady, bursts, steal, shortest, longest, lowest, highest, changes } = value;
  if (steady + bursts + steal === 0)
    return { field: '', message: 'write how much: bursts: 5%, steady: 5% or steal: 5%' };
  if (shortest > longest)
    return { field: 'shortest', message: 'is longer than longest: swap the two' };
  if (lowest > highest) return { field: 'lowest', message: 'is above highest: swap the two' };
  const height = (lowest + highest) / 2;
  // An average that changes goes up to twice what is written.
  const most = (MAX_BUSY_RATIO * height) / (changes === undefined ? 1 : 2);
  if (bursts <= most) return undefined;
  const twice = changes === undefined ? '' : ', and with changes to twice as much at times';
  const message =
    `bursts of ${percent(height)} of the host on average cannot come to ${percent(bursts)}` +
    `${twice}: write at most ${percentUpTo(most)}, or higher bursts`;
  return { field: 'bursts', message };
}

const ownLoad = record(foreignFields, { check: foreignFault });
const level = oneOf(FOREIGN_LEVELS);

/** A level, or a load of its own. */
export const foreign: Shape<ForeignLoad> = {
  keys: ownLoad.keys,
  read: (place) => {
    if (!isMap(resolved(place))) {
      const word = level.read(place);
      return word === undefined ? undefined : foreignLoadOf(word);
    }
    const own = ownLoad.read(place);
    if (own === undefined) return undefined;
    return {
      steadyRatio: own.steady,
      burstRatio: own.bursts,
      shortestMs: own.shortest,
      longestMs: own.longest,
      lowestRatio: own.lowest,
      highestRatio: own.highest,
      changeMs: own.changes ?? null,
      memoryRatio: own.memory,
      stealRatio: own.steal,
    };
  },
};
