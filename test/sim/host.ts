import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import type { FakeContainer } from '../lib/fake-container.js';
import { FakeEngine } from '../lib/fake-engine.js';
import { HostState } from './host-state.js';
import type { HostTime } from './process.js';
import type { World } from './world.js';

/** CPU of every host of the simulation, cores. */
export const HOST_CORES = 2;
/** CPU of one request, core-seconds: requests take 0.3 s on a whole core. */
const WORK_SECONDS = 0.3;
const LOG_LINES_KEPT = 50;

/** Usage of one life of a container. */
interface Meter {
  readonly startedAt: string;
  usageSeconds: number;
  sinceMs: number;
  cores: number;
}

/**
 * One host: a Docker Engine with its kernel (`test/lib/fake-engine`, which passes the contract of
 * the real one), a disk, a clock, and closed-loop load on every container.
 */
export class Host {
  readonly engine = new FakeEngine({ hostCores: HOST_CORES });
  readonly time: HostTime;
  readonly state = new HostState();
  /** Adopted containers as they were before anybody of us came. */
  readonly originals = new Map<ContainerId, EngineCpuSettings>();
  /** Containers that did not opt in, as they have to stay. */
  readonly bystanders = new Map<ContainerId, string>();
  /** Docker refuses connections. */
  isEngineDown = false;
  /** Something of the containers changed since the observer looked. */
  isChanged = true;
  readonly #meters = new Map<ContainerId, Meter>();
  readonly #busyUntilMs = new Map<ContainerId, number>();

  constructor(
    readonly world: World,
    readonly node: NodeId,
  ) {
    this.time = { offsetMs: Math.round(world.between(1e5, 1e8)), wallSkewMs: 0 };
    const watching = new AbortController();
    this.engine.events(() => {
      this.isChanged = true;
    }, watching.signal);
  }

  /** To be called after anything changed: meters what was used, and lets new containers work. */
  settle(): void {
    for (const container of this.engine.containers.values()) {
      this.usageOf(container);
      if (container.log.length > LOG_LINES_KEPT)
        container.log.splice(0, container.log.length - LOG_LINES_KEPT);
    }
    for (const id of [...this.#meters.keys()])
      if (!this.engine.containers.has(id)) this.#meters.delete(id);
  }

  /** CPU-seconds since the container's start. */
  usageOf(container: FakeContainer): number {
    if (container.state !== 'running') return 0;
    const nowMs = this.world.nowMs;
    const cores = Math.min(1, this.engine.kernelCores(container.id) ?? 1);
    const known = this.#meters.get(container.id);
    if (known?.startedAt === container.startedAt) {
      known.usageSeconds += (known.cores * (nowMs - known.sinceMs)) / 1000;
      known.sinceMs = nowMs;
      known.cores = cores;
      return known.usageSeconds;
    }
    this.#meters.set(container.id, {
      startedAt: container.startedAt,
      usageSeconds: 0,
      sinceMs: nowMs,
      cores,
    });
    this.#answer(container.id, container.startedAt);
    return 0;
  }

  /** When the engine gets round to the next change of this container: one after the other. */
  turnOf(id: ContainerId, workMs: number): number {
    const atMs = Math.max(this.world.nowMs, this.#busyUntilMs.get(id) ?? 0) + workMs;
    this.#busyUntilMs.set(id, atMs);
    return atMs;
  }

  // One request after the other, each on what CPU there is when it begins.
  #answer(id: ContainerId, startedAt: string): void {
    const cores = Math.max(0.01, Math.min(1, this.engine.kernelCores(id) ?? 1));
    const latencyMs = (1000 * WORK_SECONDS) / cores;
    this.world.timeline.after(latencyMs, () => {
      const container = this.engine.containers.get(id);
      if (container?.state !== 'running' || container.startedAt !== startedAt) return;
      this.engine.write(id, `{"ms": ${latencyMs.toFixed(3)}}`);
      this.#answer(id, startedAt);
    });
  }
}

/** Containers that agents started on the host. */
export const ownOf = (host: Host) =>
  [...host.engine.containers.values()].filter(
    ({ labels }) => labels[OWN_CONTAINER_LABELS.allocation] !== undefined,
  );
