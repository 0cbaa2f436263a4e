import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lastKeys, readKeys } from '../../../../cli/grid/keys.js';

describe('cli/grid/keys', () => {
  it('reads keys in every form that terminals send them', () => {
    assert.deepEqual(readKeys('\u001b[A\u001bOB\u001b[5~\u001b[6~\u001b[H\u001b[4~').keys, [
      ...['up', 'down', 'page-up', 'page-down', 'home', 'end'],
    ]);
    assert.deepEqual(readKeys('q\r\u0003\u001a\u007f\f').keys, [
      ...[{ char: 'q' }, 'enter', 'interrupt', 'suspend', 'backspace', 'redraw'],
    ]);
    assert.deepEqual(readKeys('é日').keys, [{ char: 'é' }, { char: '日' }]);
  });

  it('waits for the rest of a key that came in parts', () => {
    const first = readKeys('a\u001b[');
    assert.deepEqual(first, { keys: [{ char: 'a' }], rest: '\u001b[' });
    assert.deepEqual(readKeys(`${first.rest}B`), { keys: ['down'], rest: '' });
  });

  it('takes an Escape that nothing follows for the key', () => {
    const { keys, rest } = readKeys('\u001b');
    assert.deepEqual([keys, lastKeys(rest)], [[], ['escape']]);
    assert.deepEqual(lastKeys('\u001b['), []);
    assert.deepEqual(readKeys('\u001b\u001b[A').keys, ['escape', 'up']);
  });

  it('drops what is no key of ours, whole', () => {
    assert.deepEqual(readKeys('\u001b[200~x\u001b[1;5Cy\u001b[<0;3;4Mz\u0001').keys, [
      ...[{ char: 'x' }, { char: 'y' }, { char: 'z' }],
    ]);
  });
});
