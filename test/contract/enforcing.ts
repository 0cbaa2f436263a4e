import { managedOf } from '../../agent/discover/managed.js';
import { workloadsOf } from '../../agent/discover/workloads.js';
import { Enforcer } from '../../agent/enforce/enforcer.js';
import { JOURNAL_FILE, Journal } from '../../agent/enforce/journal.js';
import { KernelLimits } from '../../agent/enforce/kernel-limits.js';
import { DEFAULT_BOUNDS } from '../../agent/enforce/policy-bounds.js';
import type { EngineContainer } from '../../agent/ports/engine.js';
import type { FileStore } from '../../agent/ports/files.js';
import type { Ack, CpuLimit, DesiredAllocation } from '../../shared/command.js';
import {
  adoptedAllocationId,
  type ContainerId,
  type JobName,
  type NodeId,
} from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { systemClock } from '../lib/system-clock.js';
import type { EngineWorld } from './engine-world.js';

const NODE = 'here' as NodeId;

/** A journal that outlives its agent. */
export function memoryFiles(): FileStore {
  const files = new Map<string, string>();
  return {
    read: async (name) => files.get(name) ?? null,
    writeDurable: async (name, text) => void files.set(name, text),
    setAside: async () => {
      throw new Error(`nobody planned that ${JOURNAL_FILE} is torn`);
    },
  };
}

/** Enforcement over an engine, real or not: the agent without its network. Close it. */
export class Enforcing {
  readonly warnings: string[] = [];
  #containers: readonly EngineContainer[] = [];
  #revision = 0;
  #ack: Ack | undefined;

  private constructor(
    readonly world: EngineWorld,
    readonly kernel: KernelLimits,
    readonly enforcer: Enforcer,
  ) {}

  static async open(world: EngineWorld, files = memoryFiles()): Promise<Enforcing> {
    const kernel = new KernelLimits(world.cgroups);
    const self: { made?: Enforcing } = {};
    const enforcer: Enforcer = new Enforcer({
      engine: world.engine,
      kernel,
      journal: await Journal.open(files),
      clock: systemClock,
      log: silentLog,
      owner: { node: NODE, cluster: world.prefix },
      bootId: 'boot',
      bounds: DEFAULT_BOUNDS,
      hostCores: world.hostCores,
      allocatableCores: world.hostCores,
      weightRule: 'proportional' as const,
      stopGraceMs: 1000,
      incarnationHoldMs: 0,
      holdMs: 60_000,
      driftAfterMs: 0,
      driftStepMs: 0,
      random: () => 0.5,
      managed: () => self.made?.managed() ?? null,
      refresh: async () => self.made?.relist(),
      onAck: (ack) => self.made?.onAck(ack),
      onWarning: (text) => void self.made?.warnings.push(text),
    });
    const made = new Enforcing(world, kernel, enforcer);
    self.made = made;
    return made;
  }

  onAck(ack: Ack): void {
    this.#ack = ack;
  }

  async relist(): Promise<void> {
    const listed = await this.world.engine.list();
    if (!listed.ok) throw new Error(listed.error.message);
    // An agent asks for its own by their labels; of the jobs of others it would stop all.
    const own = `${this.world.prefix}-`;
    this.#containers = listed.value.filter(({ name }) => name.startsWith(own));
  }

  managed() {
    const desired = this.enforcer.desired?.allocations ?? [];
    return managedOf(workloadsOf({ containers: this.#containers, desired }).workloads, 'enforce');
  }

  /** Offers the next revision and waits until it is done. */
  async desire(limits: ReadonlyMap<ContainerId, CpuLimit>): Promise<Ack> {
    await this.relist();
    this.#revision += 1;
    const allocations = [...limits].map(([containerId, limit]): DesiredAllocation => {
      const id = adoptedAllocationId(containerId);
      return { id, job: 'job' as JobName, containerId, limit, reason: 'test' };
    });
    const version = { incarnation: 'store', epoch: 1, revision: this.#revision };
    this.enforcer.offer({ ...version, node: NODE, validForMs: 10_000, allocations });
    await this.enforcer.settled();
    if (this.#ack === undefined) throw new Error('nothing was acknowledged');
    return this.#ack;
  }

  async close(): Promise<void> {
    await this.enforcer.close(1000);
    await this.kernel.close();
  }
}
