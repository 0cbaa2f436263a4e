import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { showListing } from '../../../../cli/shell/show.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';

describe('a list that is printed again', () => {
  /** What `--watch` prints on a terminal of this kind, until it is stopped. */
  const watched = async (TERM: string): Promise<readonly string[]> => {
    const { app, out } = testApp();
    const stop = new AbortController();
    const sleep = async (): Promise<void> => stop.abort();
    const code = await showListing(
      {
        ...app,
        config: readCliConfig({ HOME: '/nowhere', TERM }),
        output: { ...app.output, terminal: true },
        clock: { ...app.clock, sleep },
        signal: stop.signal,
      },
      { output: 'table', watch: true },
      async () =>
        ok({
          columns: [{ title: 'NAME', cell: (name: string) => name }],
          rows: ['a'],
          answer: ['a'],
          nameOf: (name: string) => name,
          whenEmpty: '',
        }),
    );
    assert.equal(code, 0);
    return out;
  };

  it('begins on an empty screen, but where the terminal cannot do that', async () => {
    assert.deepEqual(await watched('xterm'), ['\u001b[H\u001b[2J', 'NAME', 'a']);
    assert.deepEqual(await watched('dumb'), ['NAME', 'a']);
  });
});
