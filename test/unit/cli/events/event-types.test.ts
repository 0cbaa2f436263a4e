import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isOfType, typeFilter } from '../../../../cli/events/event-types.js';

const TYPES = ['dqoes.node.down', 'dqoes.job.started', 'dqoes.allocation.limit-changed'];
function shown(text: string): readonly string[] {
  const filter = typeFilter(text);
  assert.ok(filter.ok, JSON.stringify(filter));
  return TYPES.filter((type) => isOfType(type, filter.value));
}
const [DOWN, STARTED, LIMIT] = TYPES as [string, string, string];

describe('types of events', () => {
  it('are chosen by their beginnings, with dqoes before them or without', () => {
    assert.deepEqual(shown('node'), [DOWN]);
    assert.deepEqual(shown('dqoes.node.down, job'), [DOWN, STARTED]);
    assert.deepEqual(shown('-allocation'), [DOWN, STARTED]);
    assert.deepEqual(shown('job,-job.started,node'), [DOWN]);
    assert.deepEqual(
      TYPES.filter((type) => isOfType(type, undefined)),
      [DOWN, STARTED, LIMIT],
    );
  });

  it('that no event has are refused, with what there is', () => {
    const faultOf = (text: string): string => {
      const filter = typeFilter(text);
      return filter.ok ? '' : filter.error;
    };
    assert.match(faultOf('nodes'), /begins with "nodes" \(did you mean node\?\): use allocation, /);
    for (const text of ['', 'node,', '-', 'limit'])
      assert.match(faultOf(text), /^no type of events begins with/, text);
  });
});
