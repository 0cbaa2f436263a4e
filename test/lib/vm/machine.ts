import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sh } from '../../../cli/bench/hosts/shell.js';
import { until } from '../until.js';
import { GuestAgent, type GuestRun } from './guest-agent.js';
import { makePayload, type PayloadParts } from './payload.js';

const BUILD = fileURLToPath(new URL('../../../../deploy/vm-image/build.sh', import.meta.url));

/** Where the emulated machine finds the loopback address of this one. */
export const GATEWAY = '10.0.2.2';

/**
 * An emulated machine with systemd, cgroup v2 and a Docker Engine, as a worker node is one; the
 * built tree lies in /payload/tree, further files in /payload/files. What it writes to its disk is
 * lost at the end. Needs root, for the image is built when it is not in the cache.
 */
export class TestMachine {
  readonly #child: ChildProcess;
  readonly #agent: GuestAgent;
  readonly #discard: () => void;

  private constructor(parts: {
    readonly child: ChildProcess;
    readonly agent: GuestAgent;
    readonly discard: () => void;
  }) {
    this.#child = parts.child;
    this.#agent = parts.agent;
    this.#discard = parts.discard;
  }

  static async boot(parts: PayloadParts): Promise<TestMachine> {
    const image = sh('bash', BUILD);
    const folder = mkdtempSync(join(tmpdir(), 'dqv-'));
    let child: ChildProcess | undefined;
    // Also when the tests are interrupted.
    const discard = (): void => {
      process.removeListener('exit', discard);
      child?.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    };
    process.once('exit', discard);
    try {
      const payload = makePayload(folder, parts);
      const log = openSync(join(folder, 'emulator.log'), 'w');
      child = spawn('qemu-system-x86_64', optionsOf({ image, folder, payload }), {
        stdio: ['ignore', log, log],
      });
      const socket = join(folder, 'agent.sock');
      await until(() => existsSync(socket) || child?.exitCode !== null, 'the emulator to start');
      const agent = await Promise.race([GuestAgent.connect(socket), bootFailed(child, folder)]);
      const machine = new TestMachine({ child, agent, discard });
      await machine.sh('systemctl is-system-running --wait || systemctl --failed');
      await machine.sh('docker load -q -i /payload/images.tar');
      return machine;
    } catch (cause) {
      await end(child);
      discard();
      throw cause;
    }
  }

  run(script: string, deadlineMs?: number): Promise<GuestRun> {
    return this.#agent.run(script, deadlineMs);
  }

  /** Runs a bash script and gives what it printed; rejects with it when the script fails. */
  async sh(script: string): Promise<string> {
    const { code, out } = await this.run(script);
    if (code !== 0) throw new Error(`${script} ended with ${code}: ${out}`);
    return out.trim();
  }

  /** Switches it off. Safe to call twice. */
  async close(): Promise<void> {
    this.#agent.close();
    await end(this.#child);
    this.#discard();
  }
}

interface Disks {
  readonly image: string;
  readonly folder: string;
  readonly payload: string;
}

const optionsOf = ({ image, folder, payload }: Disks): readonly string[] => [
  ...[
    '-accel',
    'tcg,thread=multi',
    '-cpu',
    'max',
    '-smp',
    '2',
    '-m',
    '2048',
    '-no-reboot',
    '-display',
    'none',
  ],
  ...['-kernel', join(image, 'vmlinuz'), '-initrd', join(image, 'initrd.img')],
  ...[
    '-append',
    'root=/dev/vda rw console=ttyS0 quiet',
    '-serial',
    `file:${join(folder, 'console.log')}`,
  ],
  ...['-drive', `file=${join(image, 'root.img')},format=raw,if=virtio,snapshot=on`],
  ...['-drive', `file=${payload},format=raw,if=virtio,readonly=on`],
  ...['-nic', 'user,model=virtio-net-pci'],
  ...['-chardev', `socket,path=${join(folder, 'agent.sock')},server=on,wait=off,id=agent`],
  ...[
    '-device',
    'virtio-serial',
    '-device',
    'virtserialport,chardev=agent,name=org.qemu.guest_agent.0',
  ],
];

const BOOT_DEADLINE_MS = 180_000;

/** Rejects with the console's last lines when the emulator ends or does not answer. */
async function bootFailed(child: ChildProcess, folder: string): Promise<never> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, BOOT_DEADLINE_MS).unref();
  });
  await Promise.race([once(child, 'exit'), late]);
  clearTimeout(timer);
  const said = ['emulator.log', 'console.log']
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').slice(-1500))
    .join('\n');
  throw new Error(`the emulated machine did not start: ${said}`);
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
