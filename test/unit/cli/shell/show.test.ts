import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { printSentence, showListing } from '../../../../cli/shell/show.js';
import { err, ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';

describe('a sentence of an answer', () => {
  it('is wrapped between words on a terminal, and whole elsewhere and with -o wide', () => {
    const line = '14:03:01 no limit → 0.62 CPU: initial limit until the first answer';
    const shown = (width: number | undefined, output: 'table' | 'wide' = 'table') => {
      const { app, out } = testApp();
      printSentence({ ...app, output: { ...app.output, width } }, output, line);
      return out.join('\n');
    };
    assert.equal(
      shown(40),
      '14:03:01 no limit → 0.62 CPU: initial\n  limit until the first answer',
    );
    assert.equal(shown(undefined), line);
    assert.equal(shown(40, 'wide'), line);
  });
});

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

  it('asks what else is to be known of its rows only where people read it', async () => {
    let asked = 0;
    const notes = async () => {
      asked += 1;
      return ['Silent: h2'];
    };
    const shown = async (flags: Parameters<typeof showListing>[1]) => {
      const { app, out, messages } = testApp();
      const listing = { ...view('a').value, notes };
      assert.equal(await showListing(app, flags, async () => ok(listing)), 0);
      return [out.length, messages];
    };
    assert.deepEqual(await shown({ output: 'table' }), [2, ['Silent: h2']]);
    await shown({ output: 'json' });
    await shown({ output: 'table', quiet: true });
    assert.equal(asked, 1);
  });

  const view = (name: string) =>
    ok({
      ...{ columns: [{ title: 'NAME', cell: (row: string) => row }], rows: [name] },
      ...{ answer: [name], nameOf: (row: string) => row, whenEmpty: '' },
    });
  /** Looks: names of rows, or codes of faults; it is stopped after the last. */
  const looked = async (...looks: readonly string[]) => {
    const { app, out, problems } = testApp();
    const stop = new AbortController();
    let next = 0;
    const sleep = async (): Promise<void> => {
      if (next >= looks.length) stop.abort();
    };
    const code = await showListing(
      { ...app, clock: { ...app.clock, sleep }, signal: stop.signal },
      { output: 'table', watch: true },
      async () => {
        const look = looks[next] ?? '';
        next += 1;
        const message = 'nobody leads';
        return look.includes('.') ? err([{ code: look, field: '', message }]) : view(look);
      },
    );
    return { code, rows: out.filter((line) => line !== 'NAME'), problems };
  };

  it('goes on where another coordinator takes over, and says so once', async () => {
    const away = 'service.unavailable';
    const { code, rows, problems } = await looked('a', away, away, 'b', away, 'c');
    assert.deepEqual([code, rows], [0, ['a', 'b', 'c']]);
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? '', /nobody leads \[service\.unavailable\]/);
  });

  it('ends where it could not even begin, and where the key may not look', async () => {
    assert.equal((await looked('service.unavailable', 'a')).code, 1);
    const denied = await looked('a', 'auth.denied', 'b');
    assert.deepEqual([denied.code, denied.rows], [1, ['a']]);
  });
});
