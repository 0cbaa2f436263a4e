import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { until } from '../until.js';

/** How a command in the machine ended; `code` 128 = by a signal. */
export interface GuestRun {
  readonly code: number;
  /** Standard output, then standard error. */
  readonly out: string;
}

interface ExecStatus {
  readonly exited: boolean;
  readonly exitcode?: number;
  readonly signal?: number;
  readonly 'out-data'?: string;
  readonly 'err-data'?: string;
}

/** The machine is emulated: a container takes seconds to start. */
const RUN_MS = 420_000;

/**
 * Runs commands inside an emulated machine: the QEMU guest agent's protocol, one JSON object a
 * line, over the socket of its serial port.
 */
export class GuestAgent {
  readonly #socket: Socket;
  readonly #waiting: ((answer: Readonly<Record<string, unknown>>) => void)[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(socket: Socket) {
    this.#socket = socket;
    // The agent may begin with a byte that ends whatever was sent before.
    createInterface(socket).on('line', (line) => {
      const text = line.replace(/^[^{]*/, '');
      if (text !== '') this.#waiting.shift()?.(JSON.parse(text));
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      for (const answer of this.#waiting.splice(0))
        answer({ error: { desc: 'the machine is gone' } });
    });
  }

  /** Resolves when the agent inside answers. */
  static async connect(path: string): Promise<GuestAgent> {
    const socket = connect(path);
    await once(socket, 'connect');
    const agent = new GuestAgent(socket);
    await agent.#call('guest-sync', { id: 1 });
    return agent;
  }

  /** Runs a bash script to its end; rejects where that does not come within `deadlineMs`. */
  async run(script: string, deadlineMs = RUN_MS): Promise<GuestRun> {
    const started = await this.#call('guest-exec', {
      path: '/bin/bash',
      arg: ['-c', script],
      'capture-output': true,
    });
    const { pid } = started as { readonly pid: number };
    let status: ExecStatus = { exited: false };
    await until(
      async () => {
        status = (await this.#call('guest-exec-status', { pid })) as ExecStatus;
        return status.exited;
      },
      () => `the end of: ${script}`,
      deadlineMs,
    );
    const text = (data = ''): string => Buffer.from(data, 'base64').toString();
    return {
      code: status.exitcode ?? 128,
      out: text(status['out-data']) + text(status['err-data']),
    };
  }

  close(): void {
    this.#socket.destroy();
  }

  #call(execute: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    const turn = this.#queue.then(async () => {
      const answered = new Promise<Readonly<Record<string, unknown>>>((resolve) =>
        this.#waiting.push(resolve),
      );
      this.#socket.write(`${JSON.stringify({ execute, arguments: args })}\n`);
      const answer = await answered;
      if ('return' in answer) return answer.return;
      throw new Error(`${execute}: ${JSON.stringify(answer.error)}`);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }
}
