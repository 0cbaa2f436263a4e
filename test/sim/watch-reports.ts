import { decodeReport } from '../../proto/telemetry-reader.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import { same } from './explain.js';
import { HOST_CORES, type Host } from './host.js';
import type { ObservedAgent, Published } from './observed-agent.js';
import type { World } from './world.js';

const HONEST = '7 unknown is never reported as a value';
/** A report says what was seen at most so long ago, ms. */
const FRESH_MS = 9000;

interface Held {
  readonly cores: number | null;
  untilMs: number;
}

/** Holds what agents report against what the kernel really held. */
export class ReportWatch {
  readonly #kernel = new Map<string, Held[]>();
  readonly #seenSinceMs = new Map<string, number>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  look(host: Host): void {
    const { nowMs } = this.#world;
    for (const { id, state } of host.engine.containers.values()) {
      const key = keyOf(host, id);
      if (!this.#seenSinceMs.has(key)) this.#seenSinceMs.set(key, nowMs);
      if (state !== 'running') continue;
      const cores = host.engine.kernelCores(id);
      const held = this.#kernel.get(key) ?? [];
      const last = held.at(-1);
      if (last !== undefined && same(last.cores, cores)) continue;
      if (last !== undefined) last.untilMs = nowMs;
      held.push({ cores, untilMs: Number.POSITIVE_INFINITY });
      this.#kernel.set(key, held.slice(-20));
    }
  }

  onPublished({ host }: ObservedAgent, { process, cgroups, subject, data }: Published): void {
    if (!subject.includes('.tm.')) return;
    const report = decodeReport(data);
    if (!report.ok) throw new Error(`a report cannot be read: ${report.error.message}`);
    const { nowMs } = this.#world;
    const reported = new Set<string>();
    for (const { containerId, observed, cpu, name } of report.value.containers) {
      if (containerId === null) continue;
      reported.add(containerId);
      const held =
        this.#kernel
          .get(keyOf(host, containerId))
          ?.filter(({ untilMs }) => untilMs > nowMs - FRESH_MS) ?? [];
      const isTrue = observed === null || held.some(({ cores }) => same(cores, observed.cpuCores));
      this.#check(
        host.node,
        isTrue,
        () =>
          `${name} is reported at ${observed?.cpuCores} cores, the kernel held ` +
          `${held.map(({ cores }) => cores).join(', ')}`,
      );
      const isMeasured =
        cpu === null ||
        (cpu.usageCores >= 0 && cpu.usageCores <= HOST_CORES && !cgroups.unread.has(containerId));
      this.#check(
        host.node,
        isMeasured,
        () =>
          `${name} is reported to use ${cpu?.usageCores} cores, its counters ` +
          `${cgroups.unread.has(containerId) ? 'could not be read' : 'say otherwise'}`,
      );
    }
    for (const { id, name, labels } of host.engine.containers.values()) {
      const isKnown = process.startedAtMs > (this.#seenSinceMs.get(keyOf(host, id)) ?? nowMs);
      const isControlled =
        labels['dqoes.allocation'] !== undefined || labels['dqoes.enable'] === 'true';
      if (isKnown && isControlled)
        this.#check(
          host.node,
          reported.has(id),
          () => `${name} has been there since before the agent and is not in its report`,
        );
    }
  }

  #check(node: NodeId, isKept: boolean, text: () => string): void {
    this.#world.check(HONEST, isKept, () => ({ node, text: text() }));
  }
}

/** Engines of different hosts may give out the same ids. */
const keyOf = ({ node }: Host, id: ContainerId): string => `${node} ${id}`;
