import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { readHidden } from '../../../../cli/shell/read-hidden.js';
import type { Terminal } from '../../../../cli/shell/terminal.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';

/** A terminal at which this is typed, piece by piece. */
function typing(...pieces: readonly string[]) {
  const seen = { written: '', isTaken: false };
  const terminal = {
    ...{ columns: 80, rows: 24, onResize: () => () => {}, onExit: () => () => {}, stop: () => {} },
    write: (text: string) => {
      seen.written += text;
    },
    takeInput: (listener: (text: string) => void) => {
      seen.isTaken = true;
      queueMicrotask(() => {
        for (const piece of pieces) if (seen.isTaken) listener(piece);
      });
      return () => {
        seen.isTaken = false;
      };
    },
  } as Terminal;
  return { terminal, seen };
}
const app = () => ({ signal: new AbortController().signal });

describe('what is typed without being shown', () => {
  it('ends at Ctrl-D, with its lines, and gives the terminal back', async () => {
    const { terminal, seen } = typing('hu', 'sx\u007fh\r', 'b\u001bü\u0004', 'not this');
    assert.deepEqual(await readHidden(app(), terminal, 1024), ok('hush\nbü'));
    assert.deepEqual(seen, { written: '', isTaken: false });
  });

  it('ends at Ctrl-C, at a signal and at its bound, and gives the terminal back', async () => {
    const stop = new AbortController();
    queueMicrotask(() => stop.abort());
    for (const [pieces, signal, why] of [
      [['a\u0003'], undefined, /the command was stopped/],
      [[], stop.signal, /the command was stopped/],
      [['x'.repeat(1025)], undefined, /is longer than 1 KiB/],
    ] as const) {
      const { terminal, seen } = typing(...pieces);
      const read = await readHidden(signal === undefined ? app() : { signal }, terminal, 1024);
      assert.match(read.ok ? '' : read.error, why);
      assert.equal(seen.isTaken, false);
    }
  });

  it('is how dqoes secret set reads at a terminal', async () => {
    const made = testApp(['from a pipe']);
    const { terminal, seen } = typing('\u0004');
    const args = ['secret', 'set', 'db', '--nats', 'nats://nowhere'];
    assert.equal(await runProgram(args, { ...made.app, terminal: () => terminal }), 2);
    assert.match(made.messages.join(), /is not shown; Ctrl-D ends it/);
    assert.match(made.problems.join(), /The secret is empty/);
    assert.equal(seen.isTaken, false);
  });
});
