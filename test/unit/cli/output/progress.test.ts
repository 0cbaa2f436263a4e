import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RunTimes } from '../../../../cli/bench/progress.js';
import { streamOutput } from '../../../../cli/output/output.js';
import { barOf, progressText } from '../../../../cli/output/progress.js';
import { waitText } from '../../../../cli/shell/wait.js';
import type { JobStatus } from '../../../../proto/schemas/status.js';
import { allocationStatus, containerReport } from '../builders.js';

/** A terminal that keeps what stands on it: lines, and the one that the cursor is in. */
class Terminal {
  readonly isTTY = true;
  readonly columns: number;
  readonly lines: string[] = [];
  current = '';
  constructor(columns = 40) {
    this.columns = columns;
  }

  write(text: string): void {
    const [first = '', ...drawnAgain] = text.split('\r\u001b[K');
    this.#add(first);
    for (const part of drawnAgain) {
      this.current = '';
      this.#add(part);
    }
  }

  #add(text: string): void {
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      this.lines.push(this.current + part);
      this.current = '';
    }
    this.current += last;
  }
}

describe('progress', () => {
  it('is a bar that is no fuller than what is done', () => {
    assert.equal(barOf(0, 4), `[${'.'.repeat(20)}]`);
    assert.equal(barOf(1, 3), `[######${'.'.repeat(14)}]`);
    assert.equal(barOf(3, 3), `[${'#'.repeat(20)}]`);
    for (const [done, total] of [
      [5, 3],
      [0, 0],
      [-1, 3],
      [Number.NaN, 3],
    ])
      assert.equal(barOf(done ?? 0, total ?? 0).length, 22);
  });

  it('says the time left only where some was measured', () => {
    const state = { label: 'bench', done: 1, total: 4, unit: 'runs' };
    assert.equal(progressText(state), 'bench [#####...............] 1 of 4 runs');
    assert.match(progressText({ ...state, leftMs: 90_400 }), /1 of 4 runs, about 1m30s left$/);
    const times = new RunTimes();
    times.begin(0);
    assert.equal(times.leftMs(4, 5000), undefined);
    times.begin(10_000);
    assert.equal(times.leftMs(3, 14_000), 26_000);
    assert.equal(times.leftMs(1, 99_000), 0);
  });

  it('of a wait counts containers, and says why one waits, inert', () => {
    const running = allocationStatus();
    const waiting = allocationStatus({
      container: containerReport({ state: 'pending', reason: 'pulling\u001b[2J' }),
    });
    const jobs = [{ allocations: [running, waiting] }] as unknown as readonly JobStatus[];
    assert.equal(
      waitText(jobs, 1),
      'starting [##########..........] 1 of 2 containers: pending: pulling\uFFFD[2J',
    );
    assert.match(waitText([], 2), /0 of 2 containers$/);
  });
});

describe('a line that is drawn again', () => {
  const open = (more: { readonly linesOnly?: boolean; readonly quiet?: boolean } = {}) => {
    const terminal = new Terminal();
    const streams = { stdout: terminal, stderr: terminal };
    return { terminal, output: streamOutput(streams, { quiet: false, noColour: true, ...more }) };
  };

  it('stays below what is written, and is cut to the terminal', () => {
    const { terminal, output } = open();
    output.status?.('half');
    output.message('one');
    output.data('two');
    output.status?.(`all ${'x'.repeat(60)}`);
    output.problem('three');
    assert.deepEqual(terminal.lines, ['one', 'two', 'three']);
    assert.equal([...terminal.current].length, 39);
    output.status?.('');
    output.message('four');
    assert.deepEqual([terminal.lines.at(-1), terminal.current], ['four', '']);
  });

  it('is not there on a dumb terminal, with -q, or where stderr is a file', () => {
    assert.equal(open({ linesOnly: true }).output.status, undefined);
    assert.equal(open({ quiet: true }).output.status, undefined);
    const file = { write: () => undefined };
    const streams = { stdout: new Terminal(), stderr: file };
    assert.equal(streamOutput(streams, { quiet: false, noColour: true }).status, undefined);
  });

  it('shows on a terminal that does not know its width', () => {
    const terminal = new Terminal(0);
    const streams = { stdout: terminal, stderr: terminal };
    const output = streamOutput(streams, { quiet: false, noColour: true });
    output.status?.('starting: 1 of 2 containers');
    assert.equal(terminal.current, 'starting: 1 of 2 containers');
  });
});

describe('output to a slow reader', () => {
  it('is ready when what was written is taken', async () => {
    let drain = (): void => {};
    const stdout = {
      write: () => undefined,
      writableNeedDrain: true,
      once: (_: 'drain', listener: () => void) => {
        drain = listener;
      },
    };
    const streams = { stdout, stderr: { write: () => undefined } };
    const output = streamOutput(streams, { quiet: false, noColour: true });
    let isReady = false;
    const ready = output.ready?.().then(() => {
      isReady = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isReady, false);
    drain();
    await ready;
    stdout.writableNeedDrain = false;
    await output.ready?.();
  });
});
