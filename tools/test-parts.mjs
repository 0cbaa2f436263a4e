// The parts that a stage of `npm test` is played in, and the test files of each.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A stage that names files to be run alone (`alone`), or among those that need nothing but a
 * processor (`pure`), has a part of each kind and one of the others; one that is split that many
 * with a share of its files each, any other one.
 */
export const partsOf = (stage) => {
  const { name, lane, alone = [], pure = [], split = 1 } = stage;
  if (alone.length + pure.length > 0)
    return [
      { stage, title: name, lane, except: [...alone, ...pure] },
      ...(pure.length === 0
        ? []
        : [{ stage, title: `${name}, ${pure.join(', ')}`, lane: 'pure', only: pure }]),
      ...(alone.length === 0
        ? []
        : [{ stage, title: `${name}, alone`, lane: undefined, only: alone }]),
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
export const isPartial = ({ only, except, share }) =>
  [only, except, share].some((each) => each !== undefined);

/** Paths of the built tests of a part, below `dist`; read when it begins, after the build. */
export function filesOf({ stage, only, except = [], share }, dist) {
  const folder = join(dist, 'test', stage.name);
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort();
  const isOwn = (name, at) => {
    // Neighbours are alike, so each share has some of all.
    if (share !== undefined) return at % stage.split === share;
    const title = basename(name, '.test.js');
    return !except.includes(title) && (only === undefined || only.includes(title));
  };
  return all.filter(isOwn).map((name) => join(folder, name));
}
