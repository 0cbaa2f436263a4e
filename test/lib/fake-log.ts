import type { LogLine, LogStart, LogStream } from '../../agent/ports/logs.js';
import { logTimeOf } from '../../proto/log-follow.js';
import type { FakeContainer } from './fake-container.js';

/**
 * When the first line of each log was written, Unix time in ms; each further one a ms later. After
 * any test, so that what is written while one runs is new.
 */
const FIRST_LINE_MS = Date.UTC(2099, 0, 1);

const lineAt = (text: string, number: number): LogLine => ({
  time: logTimeOf(FIRST_LINE_MS + number),
  text,
});

/** The log of a container in memory, as `ContainerEngine.openLog` has it: a batch a line. */
export async function* fakeLog(
  container: FakeContainer,
  { tail, since = '', follow }: LogStart,
  signal: AbortSignal,
): LogStream {
  const last = container.rotated + container.log.length;
  let next = Math.max(container.rotated, tail === undefined ? 0 : last - tail);
  while (!signal.aborted) {
    next = Math.max(next, container.rotated);
    const text = container.log[next - container.rotated];
    if (text !== undefined) {
      const line = lineAt(text, next);
      next += 1;
      if (line.time >= since) yield [line];
    } else if (!follow || container.state !== 'running') return;
    else await news(container, signal);
  }
}

/** Resolves when a line is written, the container ends or the signal aborts. */
function news(container: FakeContainer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      container.watchers.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    container.watchers.add(done);
    signal.addEventListener('abort', done, { once: true });
  });
}
