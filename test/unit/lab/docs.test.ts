import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { LAB_POLICIES } from '../../../lab/policies/index.js';
import { readScenario } from '../../../lab/scenario/read.js';
import { emptyParts, scenarioShape } from '../../../lab/scenario/schema.js';
import { scoreRun } from '../../../lab/score/score.js';
import { latencies, record } from './score/build.js';

// The tests run in dist/test/unit/lab-score; documents and scenario files are not built.
const ROOT = new URL('../../../../', import.meta.url);
const text = readFileSync(new URL('docs/lab.md', ROOT), 'utf8');
const section = (title: string): string =>
  text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
/** Code words of the first cells of a section's table. */
const tableKeys = (title: string): readonly string[] =>
  [...section(title).matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, key]) => key ?? ''),
  );
const sorted = (keys: Iterable<string>): readonly string[] => [...keys].sort();

describe('docs/lab.md', () => {
  it('lists every key of a scenario file once', () => {
    assert.deepEqual(sorted(tableKeys('Scenario file')), sorted(scenarioShape(emptyParts()).keys));
  });

  it('has an example that is a good scenario', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(section('Scenario file'))?.[1] ?? '';
    const read = readScenario(example, 'example');
    assert.ok(read.ok, JSON.stringify(read));
    assert.equal(read.value.scenario.jobs.length, 4);
    assert.equal(read.value.scenario.disturbances.length, 7);
  });

  it('lists every shipped scenario once', () => {
    const names = readdirSync(new URL('lab/scenarios/', ROOT)).map((file) =>
      file.replace(/\.yaml$/, ''),
    );
    assert.deepEqual(sorted(tableKeys('Shipped scenarios')), sorted(names));
  });

  it('lists every policy and every score once', () => {
    assert.deepEqual(sorted(tableKeys('Policies')), sorted(Object.keys(LAB_POLICIES)));
    const { summary } = scoreRun(record(latencies(1000)), [1], 1);
    assert.deepEqual(sorted(tableKeys('Scores')), sorted(Object.keys(summary)));
  });
});
