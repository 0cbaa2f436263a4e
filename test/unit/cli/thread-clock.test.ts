import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, it } from 'mocha';
import { clockOriginMs, realClock } from '../../../cli/clock.js';

/** What is measured of the two clocks of a thread is that exact, ms. */
const EXACT_MS = 1;

describe('the clock of a thread', () => {
  it('is that of the thread that began it: no answer comes before its question', async () => {
    const clock = new URL('../../../cli/clock.js', import.meta.url).href;
    const program = `const { parentPort } = require('node:worker_threads');
      import(${JSON.stringify(clock)}).then(({ clockWithOrigin }) => {
        parentPort.on('message', (origin) =>
          parentPort.postMessage(clockWithOrigin(origin).now()));
        parentPort.postMessage('begun');
      });`;
    const thread = new Worker(program, { eval: true });
    await once(thread, 'message');
    try {
      for (let i = 0; i < 20; i += 1) {
        const askedMs = realClock.now();
        thread.postMessage(clockOriginMs());
        const [saidMs] = (await once(thread, 'message')) as [number];
        const heardMs = realClock.now();
        assert.ok(askedMs - EXACT_MS <= saidMs && saidMs <= heardMs + EXACT_MS, `${saidMs}`);
      }
    } finally {
      await thread.terminate();
    }
  });
});
