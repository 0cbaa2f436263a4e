import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

/** A file that a walk passes, and the file that leads from the one before to it, if any. */
interface Station {
  readonly file: string;
  readonly meetAt: string | undefined;
  readonly calledBy: string | undefined;
}

/** The numbered list of a section: `1. `path` what it does (meet at `path`)`, wrapped or not. */
function stationsOf(section: string): readonly Station[] {
  return section
    .split(/\n(?=\d+\. )/)
    .filter((item) => /^\d+\. `/.test(item))
    .map((item) => ({
      file: /`([^`]+)`/.exec(item)?.[1] ?? '',
      meetAt: /\(meet\s+at\s+`([^`]+)`\)/.exec(item)?.[1],
      calledBy: /\(called\s+by\s+`([^`]+)`\)/.exec(item)?.[1],
    }));
}

const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
const chapter = text.split('\n## Three walks\n')[1]?.split('\n## ')[0] ?? '';
const walks = chapter
  .split('\n### ')
  .slice(1)
  .map((section) => ({
    name: section.split('\n', 1)[0] ?? '',
    stations: stationsOf(section),
  }));

const importsOf = (file: string): readonly string[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:\bfrom |\bimport\()'(\.[^']+)\.js'/g),
  ].map(([, path]) => join(file, '..', `${path}.ts`));
const knows = (file: string, other: string): boolean =>
  file === other || importsOf(file).includes(other);

/** Why the walk cannot go from the file before to this one, or undefined. */
function gapBetween(before: Station, { file, meetAt, calledBy }: Station): string | undefined {
  const step = `${before.file} → ${file}`;
  if (calledBy !== undefined)
    return knows(calledBy, before.file) && knows(calledBy, file)
      ? undefined
      : `${step}: ${calledBy} does not import both`;
  if (meetAt !== undefined)
    return knows(before.file, meetAt) && knows(file, meetAt)
      ? undefined
      : `${step}: not both import ${meetAt}`;
  return knows(before.file, file) ? undefined : `${step}: the first does not import the second`;
}

describe('docs/architecture.md: three walks', () => {
  it('has three', () => {
    assert.equal(walks.length, 3);
    for (const { name, stations } of walks) assert.ok(stations.length > 5, name);
  });

  for (const { name, stations } of walks) {
    it(`${name}: every file exists`, () => {
      const named = stations.flatMap(({ file, meetAt, calledBy }) => [
        file,
        meetAt ?? file,
        calledBy ?? file,
      ]);
      assert.deepEqual(
        named.filter((file) => !existsSync(join(ROOT, file))),
        [],
      );
    });

    it(`${name}: each file leads to the next`, () => {
      const gaps = stations.slice(1).map((station, i) => {
        const before = stations[i];
        return before === undefined ? undefined : gapBetween(before, station);
      });
      assert.deepEqual(
        gaps.filter((gap) => gap !== undefined),
        [],
      );
    });
  }
});
