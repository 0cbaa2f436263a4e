import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.js';

/**
 * A datagram socket as systemd has one; prints each message as hex. It closes passed files, and
 * ends with the test that started it, also where that failed: its standard input ends then.
 */
const RECEIVER = `
import os, select, socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print("ready", flush=True)
while receiver in select.select([receiver, sys.stdin], [], [])[0]:
    data, ancillary, _, _ = receiver.recvmsg(65536, 1024)
    for level, kind, content in ancillary:
        if kind == socket.SCM_RIGHTS:
            for at in range(0, len(content), 4):
                os.close(int.from_bytes(content[at:at + 4], sys.byteorder))
    print(data.hex(), flush=True)
`;

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Whether this machine can send notices to a socket, and receive them. */
export const canNotify = (): boolean => has('python3') && has('systemd-notify');

/** Receives notices as systemd does, at a real datagram socket. */
export class NotifyReceiver {
  readonly #folder: string;
  readonly #child: ChildProcess;
  #text = '';

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'dqoes-notify-'));
    this.#child = spawn('python3', ['-c', RECEIVER, this.socket], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString();
    });
  }

  static async start(): Promise<NotifyReceiver> {
    const receiver = new NotifyReceiver();
    await until(() => receiver.#text.startsWith('ready'), 'the receiver');
    return receiver;
  }

  /** For `NOTIFY_SOCKET`. */
  get socket(): string {
    return join(this.#folder, 'notify');
  }

  /** The variables of each message, without those by which systemd-notify waits. */
  get messages(): readonly (readonly string[])[] {
    return this.#text
      .split('\n')
      .slice(1, -1)
      .map((hex) => Buffer.from(hex, 'hex').toString())
      .filter((text) => !text.startsWith('BARRIER='))
      .map((text) => text.trim().split('\n'));
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
