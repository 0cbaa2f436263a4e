import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import {
  completed,
  completionAt,
  type Schema,
} from '../../../../../console/page/model/completion.js';
import { ROOT } from '../../../tools/planted-tree.js';

const schema = JSON.parse(
  readFileSync(join(ROOT, 'schemas/job-file.schema.json'), 'utf8'),
) as Schema;
/** The names that are offered where `|` stands. */
function offered(marked: string): readonly string[] {
  const cursor = marked.indexOf('|');
  const found = completionAt(marked.replace('|', ''), cursor, schema);
  return (found?.options ?? []).map(({ name }) => name);
}

describe('completion of a job file', () => {
  it('offers the keys that are not there yet, needed ones first', () => {
    assert.deepEqual(offered('|').slice(0, 3), ['name', 'image', 'target']);
    const rest = offered('name: a\n|\nimage: b\n');
    assert.equal(rest[0], 'target');
    assert.ok(!rest.includes('name') && !rest.includes('image'), rest.join());
    assert.deepEqual(offered('name: a\nrep|'), ['replicas']);
  });

  it('offers what is below a key, by indentation and in braces', () => {
    const ofTarget = ['latency', 'statistic', 'tolerance', 'mode'];
    assert.deepEqual(offered('target:\n  |'), ofTarget);
    assert.deepEqual(offered('target: { |'), ofTarget);
    assert.deepEqual(offered('target: { latency: 3ms, sta| }'), ['statistic']);
    assert.deepEqual(offered('target:\n  latency: 3ms\n  mo|\nname: a\n'), ['mode']);
    assert.deepEqual(offered('resources:\n  cpu:\n    |'), ['min', 'max']);
    assert.deepEqual(offered('resources: { cpu: { mi|'), ['min']);
  });

  it('offers the values that a key takes', () => {
    const statistics = ['mean', 'p50', 'p90', 'p95', 'p99'];
    assert.deepEqual(offered('target:\n  statistic: |'), statistics);
    assert.deepEqual(offered('target: { statistic: p9|'), ['p90', 'p95', 'p99']);
    assert.deepEqual(offered('replicas: |'), ['1']);
  });

  it('begins again after ---, and says nothing of comments, texts and what is no key', () => {
    assert.ok(offered('name: a\nimage: b\n---\n|').includes('name'));
    assert.deepEqual(offered('name: a # rep|'), []);
    assert.deepEqual(offered('image: "rep|'), []);
    assert.deepEqual(offered('name: re|'), []);
    assert.deepEqual(offered('nothing:\n  |'), []);
    assert.deepEqual(offered('__proto__:\n  |'), []);
  });

  it('writes it in the place of what was begun', () => {
    const text = 'name: a\nrepl\n';
    const found = completionAt(text, 12, schema);
    assert.ok(found !== null);
    const [option] = found.options;
    assert.ok(option !== undefined);
    const done = completed(text, found, option);
    assert.equal(done.text, 'name: a\nreplicas: \n');
    assert.equal(done.cursor, 18);
    assert.match(option.about, /how many containers/);
  });

  it('of any text and place it offers something or nothing, and throws never', () => {
    const text = 'a: { b: [1, {c: "d\n  - e:\n- : }]\n---\nf: |\n  g\n\t- h: \'i';
    for (let cursor = 0; cursor <= text.length; cursor += 1)
      assert.doesNotThrow(() => completionAt(text, cursor, schema));
  });
});
