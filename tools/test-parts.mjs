// The parts that a stage of `npm test` is played in, and the test files of each.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A stage that names files to be run alone has two parts, any other one. */
export const partsOf = (stage) =>
  stage.alone === undefined
    ? [{ stage, title: stage.name, lane: stage.lane }]
    : [
        { stage, title: stage.name, lane: stage.lane, isAlone: false },
        { stage, title: `${stage.name}, alone`, lane: undefined, isAlone: true },
      ];

/** Paths of the built tests of a part, below `dist`; read when it begins, after the build. */
export function filesOf({ stage, isAlone }, dist) {
  const folder = join(dist, 'test', stage.name);
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort();
  const isNamed = (name) => stage.alone.includes(basename(name, '.test.js'));
  const own = isAlone === undefined ? all : all.filter((name) => isNamed(name) === isAlone);
  return own.map((name) => join(folder, name));
}
