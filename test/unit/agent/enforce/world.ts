import { managedOf } from '../../../../agent/discover/managed.js';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import { Enforcer } from '../../../../agent/enforce/enforcer.js';
import type { EnforcerOptions } from '../../../../agent/enforce/enforcer-options.js';
import { Journal } from '../../../../agent/enforce/journal.js';
import { KernelLimits } from '../../../../agent/enforce/kernel-limits.js';
import { entryOf } from '../../../../agent/enforce/ledger-entry.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import type { FolderStore } from '../../../../agent/ports/files.js';
import type { Ack, DesiredAllocation, DesiredState } from '../../../../shared/command.js';
import {
  type AllocationId,
  adoptedAllocationId,
  type ContainerId,
  type JobName,
} from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import type { FakeContainer } from '../../../lib/fake-container.js';
import { FakeEngine } from '../../../lib/fake-engine.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { aState, limitOf, NODE } from './build.js';

export const CLUSTER = 'test';

/** Files in memory that outlive an agent; `broken` refuses writes. */
export class MemoryFiles implements FolderStore {
  readonly files = new Map<string, string>();
  broken = false;
  writes = 0;

  async read(name: string): Promise<string | null> {
    return this.files.get(name) ?? null;
  }
  async writeDurable(name: string, text: string): Promise<void> {
    if (this.broken) throw new Error('no space left on the disk');
    this.writes += 1;
    this.files.set(name, text);
  }
  async create(name: string, text: string): Promise<boolean> {
    if (this.files.has(name)) return false;
    await this.writeDurable(name, text);
    return true;
  }
  async list(): Promise<readonly string[]> {
    return [...this.files.keys()].filter((name) => !name.endsWith('.torn'));
  }
  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
  async setAside(name: string): Promise<string> {
    this.files.set(`${name}.torn`, this.files.get(name) ?? '');
    this.files.delete(name);
    return `${name}.torn`;
  }
}

/** An enforcer over a fake engine, with the lists a discovery would make. */
export class EnforceWorld {
  readonly acks: Ack[] = [];
  readonly warnings: string[] = [];
  #containers: readonly EngineContainer[] | null = [];
  #revision = 0;

  private constructor(
    readonly engine: FakeEngine,
    readonly files: MemoryFiles,
    readonly clock: ManualClock,
    readonly journal: Journal,
    readonly enforcer: Enforcer,
  ) {}

  static async open(
    overrides: Partial<EnforcerOptions> = {},
    before?: EnforceWorld,
  ): Promise<EnforceWorld> {
    const engine = before?.engine ?? new FakeEngine({ hostCores: 2 });
    const [files, clock] = [before?.files ?? new MemoryFiles(), new ManualClock()];
    const journal = await Journal.open(files);
    const self: { world?: EnforceWorld } = {};
    const enforcer: Enforcer = new Enforcer({
      engine,
      journal,
      clock,
      log: silentLog,
      bootId: 'boot',
      bounds: DEFAULT_BOUNDS,
      kernel: new KernelLimits(engine),
      owner: { node: NODE, cluster: CLUSTER },
      hostCores: 2,
      weightRule: 'proportional',
      allocatableCores: 1.9,
      stopGraceMs: 1000,
      incarnationHoldMs: 60_000,
      holdMs: 120_000,
      driftAfterMs: 0,
      driftStepMs: 60_000,
      random: () => 0.5,
      managed: () => self.world?.managed() ?? null,
      refresh: async () => self.world?.relist(),
      onAck: (ack) => self.world?.acks.push(ack),
      onWarning: (message) => self.world?.warnings.push(message),
      ...overrides,
    });
    const world = new EnforceWorld(engine, files, clock, journal, enforcer);
    self.world = world;
    await world.relist();
    if (before !== undefined) world.#revision = before.#revision;
    return world;
  }

  /** The engine's list is not read again. */
  isBlind = false;

  async relist(): Promise<void> {
    if (this.isBlind) return;
    const listed = await this.engine.list();
    if (listed.ok) this.#containers = listed.value;
  }

  managed() {
    const desired = this.enforcer.desired?.allocations ?? [];
    const isStartedHere = (id: ContainerId): boolean =>
      entryOf(this.journal.ledger, id)?.origin === 'dqoes';
    const containers = this.#containers;
    return (
      containers &&
      managedOf(workloadsOf({ containers, desired, isStartedHere }).workloads, 'enforce')
    );
  }

  /** Offers the next revision and waits until it is done; the last ack. */
  async desire(
    allocations: readonly DesiredAllocation[],
    overrides: Partial<DesiredState> = {},
  ): Promise<Ack> {
    this.#revision += 1;
    await this.relist();
    this.enforcer.offer(aState(allocations, { revision: this.#revision, ...overrides }));
    return this.lastAck();
  }

  /** Waits for quiet; read-back pauses run on the manual clock. */
  async lastAck(): Promise<Ack> {
    const settled = this.enforcer.settled().then(() => true);
    while (!(await Promise.race([settled, this.clock.advance(100).then(() => false)])));
    const ack = this.acks.at(-1);
    if (ack === undefined) throw new Error('nothing was acknowledged');
    return ack;
  }

  async adopted(name: string, cpu: Partial<FakeContainer['cpu']> = {}): Promise<FakeContainer> {
    const labels = { 'dqoes.enable': 'true', 'dqoes.target': '100ms' };
    const container = this.engine.create({ name, labels, cpu });
    await this.relist();
    return container;
  }

  want(container: FakeContainer, cores: number | null): DesiredAllocation {
    const id: AllocationId = adoptedAllocationId(container.id);
    return {
      id,
      job: container.name as JobName,
      containerId: container.id,
      limit: limitOf(cores),
      reason: 'policy',
    };
  }
}
