import type { FileStore } from '../../agent/ports.js';
import type { Host } from './host.js';
import { never, type Process } from './process.js';

/** The agent's folder: writes are whole or not at all (temp file, fsync, rename), and take a while. */
export class SimFiles implements FileStore {
  constructor(
    private readonly host: Host,
    private readonly process: Process,
    private readonly onWritten: (host: Host, name: string, text: string) => void,
  ) {}

  async read(name: string): Promise<string | null> {
    return this.process.isAlive ? (this.host.disk.get(name) ?? null) : never();
  }

  async writeDurable(name: string, text: string): Promise<void> {
    const { process, host } = this;
    const { world } = process;
    if (process.dies('crash at journal')) return never();
    if (world.faults.strikes('disk full')) {
      await process.later(1, () => undefined);
      throw new Error('ENOSPC: no space left on device');
    }
    await new Promise<void>((resolve) => {
      world.timeline.after(world.between(0.5, 5), () => {
        // A process that was killed meanwhile has written only what it had renamed.
        if (!process.isAlive) return;
        host.disk.set(name, text);
        this.onWritten(host, name, text);
        if (!process.dies('crash at journal')) process.deliver(resolve);
      });
    });
  }

  async setAside(name: string): Promise<string> {
    if (!this.process.isAlive) return never();
    this.host.disk.set(`${name}.torn`, this.host.disk.get(name) ?? '');
    this.host.disk.delete(name);
    return `${name}.torn`;
  }
}
