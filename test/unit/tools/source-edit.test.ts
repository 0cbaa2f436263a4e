import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';

type Place = readonly [start: number, end: number];
type Edit = { readonly text?: string; readonly fault?: string };
interface SourceEdit {
  findSource(source: string, piece: string): Place[];
  editSource(source: string, edit: { find: string; replace: string }): Edit;
}

type Listed = { readonly stale: string[] };
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const load = (file: string): Promise<unknown> => import(`${root}tools/${file}`);
const { findSource, editSource } = (await load('mutants/source-edit.mjs')) as SourceEdit;

describe('tools: finding source by its tokens', () => {
  const SOURCE = `const a = call(
    first, // the first
    'a  b',
  ); const b = nodes
    .find(({ id }) => id === 'x');`;

  it('does not mind blanks, comments and the commas of a formatter', () => {
    const [place] = findSource(SOURCE, "call(first, 'a  b');");
    assert.deepEqual(place, [SOURCE.indexOf('call'), SOURCE.indexOf(')') + 1]);
    assert.equal(findSource(SOURCE, 'nodes.find(({id})=>id===').length, 1);
  });

  it('minds what a text holds and where a word ends', () => {
    assert.equal(findSource(SOURCE, "'a b'").length, 0);
    assert.equal(findSource(SOURCE, 'cal').length, 0);
  });

  it('replaces what stands there once', () => {
    const edit = editSource(SOURCE, { find: "id === 'x',", replace: 'true,' });
    assert.match(edit.text ?? '', /\(\{ id \}\) => true\);$/);
  });

  it('says why it does not', () => {
    assert.match(editSource('a + a', { find: 'a', replace: 'b' }).fault ?? '', /occurs 2 times: a/);
    assert.match(editSource('a', { find: 'b', replace: 'c' }).fault ?? '', /occurs 0 times: b/);
    assert.match(editSource('a', { find: 'a', replace: 'a' }).fault ?? '', /changes nothing/);
  });
});

describe('tools: bugs made on purpose', () => {
  it('every planted bug finds the source that it changes', async () => {
    const { readBugs } = (await load('planted/list.mjs')) as { readBugs(root: string): Listed };
    assert.deepEqual(readBugs(root).stale, []);
  });

  it('every mutant finds the source that it changes', async () => {
    const mutants = (await load('mutants/list.mjs')) as { readMutants(root: string): Listed };
    assert.deepEqual(mutants.readMutants(root).stale, []);
  });
});
