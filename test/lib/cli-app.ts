import { Readable } from 'node:stream';
import { readCliConfig } from '../../cli/config.js';
import type { App } from '../../cli/shell/app.js';

/** An `App` without a terminal that keeps what is printed, line by line. */
export interface TestApp {
  readonly app: App;
  readonly out: readonly string[];
  readonly messages: readonly string[];
  readonly problems: readonly string[];
}

/** `stdin`: what is read from standard input; nothing where it is absent. */
export function testApp(stdin: readonly string[] = []): TestApp {
  const [out, messages, problems]: [string[], string[], string[]] = [[], [], []];
  const app: App = {
    config: readCliConfig({ HOME: '/nowhere' }),
    output: {
      data: (line) => void out.push(line),
      message: (line) => void messages.push(line),
      problem: (line) => void problems.push(line),
      record: (line) => void problems.push(line),
      terminal: false,
      colour: false,
    },
    clock: { now: () => 0, wall: () => 0, sleep: async () => {} },
    signal: new AbortController().signal,
    stdin: () => Readable.from(stdin),
    version: '0',
  };
  return { app, out, messages, problems };
}
