// The parts that a stage of `npm test` is played in, and the test files of each.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A stage that names files to be run alone has two parts, one that is split that many with a share
 * of its files each, any other one.
 */
export const partsOf = (stage) => {
  const { name, lane, alone, split = 1 } = stage;
  if (alone !== undefined)
    return [
      { stage, title: name, lane, isAlone: false },
      { stage, title: `${name}, alone`, lane: undefined, isAlone: true },
    ];
  if (split === 1) return [{ stage, title: name, lane }];
  return Array.from({ length: split }, (_, at) => ({
    stage,
    title: `${name}, ${at + 1} of ${split}`,
    lane,
    share: at,
  }));
};

/** Whether a part runs some of the files of its stage only. */
export const isPartial = ({ isAlone, share }) => isAlone !== undefined || share !== undefined;

/** Paths of the built tests of a part, below `dist`; read when it begins, after the build. */
export function filesOf({ stage, isAlone, share }, dist) {
  const folder = join(dist, 'test', stage.name);
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort();
  const isNamed = (name) => stage.alone.includes(basename(name, '.test.js'));
  // Neighbours are alike, so each share has some of all.
  const isOwn = (name, at) =>
    share === undefined
      ? isAlone === undefined || isNamed(name) === isAlone
      : at % stage.split === share;
  return all.filter(isOwn).map((name) => join(folder, name));
}
