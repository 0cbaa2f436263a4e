import { err, ok, type Result } from '../../shared/result.js';
import type { App } from './app.js';
import type { Terminal } from './terminal.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACES: readonly string[] = ['\b', '\u007f'];
/** Other control characters mean nothing here; a tab and the end of a line do. */
const IGNORED = /^(?![\n\t])\p{Cc}$/u;

/**
 * What is typed or pasted until Ctrl-D, without showing it. The error is a sentence with the cure,
 * as that of `readText`.
 */
export function readHidden(
  { signal }: Pick<App, 'signal'>,
  terminal: Terminal,
  maxBytes: number,
): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    const chars: string[] = [];
    const end = (result: Result<string, string>): void => {
      for (const release of releases) release();
      signal.removeEventListener('abort', stop);
      resolve(result);
    };
    const stop = (): void => end(STOPPED);
    const take = (typed: string): void => {
      for (const char of typed.replaceAll(/\r\n?/g, '\n')) {
        if (char === CTRL_C || char === CTRL_D) {
          end(char === CTRL_D ? ok(chars.join('')) : STOPPED);
          return;
        }
        typeInto(chars, char);
      }
      if (chars.length > maxBytes || Buffer.byteLength(chars.join('')) > maxBytes)
        end(err(`is longer than ${maxBytes / 1024} KiB: use a shorter one`));
    };
    const giveBack = terminal.takeInput(take);
    // A second signal ends the process in the middle.
    const releases = [giveBack, terminal.onExit(giveBack)];
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

const STOPPED = err('was not read to its end: the command was stopped');

function typeInto(chars: string[], char: string): void {
  if (BACKSPACES.includes(char)) chars.pop();
  else if (!IGNORED.test(char)) chars.push(char);
}
