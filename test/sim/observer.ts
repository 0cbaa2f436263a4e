import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { JOURNAL_FILE } from '../../agent/enforce/journal.js';
import { parseLedger } from '../../agent/enforce/ledger.js';
import type { EngineCpuSettings, RunRequest } from '../../agent/ports/engine.js';
import { decodeNode } from '../../coordinator/store/node-codec.js';
import { decodeCommand } from '../../proto/command.js';
import type { BucketName } from '../../proto/store.js';
import {
  compareVersions,
  type DesiredState,
  isWithinReach,
  type StateVersion,
} from '../../shared/command.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import { explainsRun, explainsStop, explainsUpdate } from './explain.js';
import { type Host, ownOf } from './host.js';
import type { ObservedAgent, Published } from './observed-agent.js';
import type { Process } from './process.js';
import { Promised } from './promised.js';
import { DRIFT_AFTER_MS } from './settings.js';
import type { EngineWatcher } from './sim-engine.js';
import type { StoreWatcher } from './sim-store.js';
import { compareStored, showLimit, showSettings, showVersion } from './versions.js';
import { AcknowledgedWatch } from './watch-acknowledged.js';
import { BystanderWatch } from './watch-bystanders.js';
import { LeaderWatch } from './watch-leaders.js';
import { LimitSumWatch } from './watch-limits.js';
import { ReportWatch } from './watch-reports.js';
import type { World } from './world.js';

/** The agent version of a report that another agent made. */
export const FORGED = 'forged';
const GONE_ON = '1 limits follow only what was obeyed';
const NOT_LOST = '2 no acknowledged job is lost';
const LATER_WINS = '4 a later epoch wins for ever';
const OTHER_STORE = '4 another store is not obeyed at once';
/** A reading that comes so long after the message was for another reason. */
const CONFIRM_MS = 8000;
const OWN_NAME = '4 who speaks is known from the subject';

/**
 * Sees what is asked of stores and Docker, what they hold, and the cgroups themselves; never asks
 * dqoes.
 */
export class Observer implements StoreWatcher, EngineWatcher {
  readonly hosts = new Map<NodeId, Host>();
  readonly agents = new Map<NodeId, ObservedAgent>();
  /** What the store holds for each node now. */
  readonly desired = new Map<NodeId, DesiredState>();
  /** Names of the jobs the store holds. */
  readonly jobs = new Set<string>();
  /** Jobs whose submission was acknowledged and that were not asked to stop. */
  readonly promised = new Set<string>();
  readonly acknowledged: AcknowledgedWatch;
  readonly #stored = new Map<NodeId, DesiredState[]>();
  readonly #held = new Map<NodeId, StateVersion | null>();
  /** When each agent last read a state of the store it obeys, ms. */
  readonly #heardAtMs = new Map<NodeId, number>();
  /**
   * When each agent last got the newest state of its node as a message, and when it then read that
   * it is stored, ms.
   */
  readonly #toldAtMs = new Map<NodeId, number>();
  readonly #confirmedAtMs = new Map<NodeId, number>();
  /** When a coordinator last spoke to each node, heard or not, ms. */
  readonly #spokenAtMs = new Map<NodeId, number>();
  readonly #leaders: LeaderWatch;
  readonly #promised = new Promised();
  readonly #limits: LimitSumWatch;
  readonly #reports: ReportWatch;
  readonly #adopted: BystanderWatch;
  readonly #holdMs: number;

  constructor(
    readonly world: World,
    holdMs: number,
  ) {
    this.#holdMs = holdMs;
    this.acknowledged = new AcknowledgedWatch(world);
    this.#leaders = new LeaderWatch(world);
    this.#limits = new LimitSumWatch(world, this.#promised);
    this.#reports = new ReportWatch(world);
    this.#adopted = new BystanderWatch(world);
  }

  /** The holder of the lease, by name; '' = there was none yet. */
  get leader(): string {
    return this.#leaders.holder;
  }

  /** Looks at what changed on hosts; called after each happening. */
  look(): void {
    for (const host of this.hosts.values()) {
      if (!host.isChanged) continue;
      host.isChanged = false;
      host.settle();
      this.#limits.look(host);
      this.#reports.look(host);
      this.#adopted.look(host);
    }
  }

  onAsked(process: Process, bucket: BucketName, _key: string, value: Uint8Array): void {
    if (bucket === 'desired') this.#leaders.onSpoken(process, decodeCommand(value));
    if (bucket === 'lease') this.#leaders.onCandidate(process, value);
  }

  onCommand(process: Process, subject: string, data: Uint8Array): void {
    if (!subject.includes('.cmd.')) return;
    const said = decodeCommand(data);
    this.#leaders.onSpoken(process, said);
    if (said.ok) this.#spokenAtMs.set(said.value.node, this.world.nowMs);
  }

  onRead({ name }: Process, bucket: BucketName, value: Uint8Array): void {
    const node = name.replace('agent ', '') as NodeId;
    if (bucket !== 'desired' || !this.hosts.has(node)) return;
    const read = decodeCommand(value);
    const held = this.#held.get(node) ?? null;
    if (!read.ok || (held !== null && read.value.incarnation !== held.incarnation)) return;
    // An answer that is older than what is held, or forged, is no sign of life.
    if (held !== null && compareStored(read.value, held) < 0) return;
    if (!isWithinReach(read.value.epoch, held?.epoch ?? 0)) return;
    this.#heardAtMs.set(node, this.world.nowMs);
    const newest = this.desired.get(node);
    const toldAtMs = this.#toldAtMs.get(node) ?? Number.NEGATIVE_INFINITY;
    const isConfirmed = newest !== undefined && compareStored(read.value, newest) === 0;
    if (!isConfirmed || this.world.nowMs - toldAtMs > CONFIRM_MS) return;
    this.#confirmedAtMs.set(node, this.world.nowMs);
    this.#toldAtMs.delete(node);
  }

  onStored(bucket: BucketName, key: string, value: Uint8Array | null): void {
    if (bucket === 'lease' && value !== null) this.#leaders.onLease(value);
    if (bucket === 'desired' && value !== null) this.#onDesired(key as NodeId, value);
    if (bucket === 'nodes' && value !== null) this.#onNode(key, value);
    if (bucket !== 'jobs') return;
    if (value !== null) this.jobs.add(key);
    else {
      this.jobs.delete(key);
      this.lookAtJobs();
    }
  }

  /** The store was made again, empty: what it held is gone. */
  onStoreLost(buckets: readonly BucketName[]): void {
    if (buckets.includes('lease')) this.#leaders.onLost();
    if (buckets.includes('desired')) this.desired.clear();
    if (buckets.includes('jobs')) {
      this.jobs.clear();
      this.promised.clear();
      this.acknowledged.onLost();
    }
  }

  lookAtJobs(): void {
    for (const job of this.promised)
      this.world.check(NOT_LOST, this.jobs.has(job), () => ({
        node: '',
        text: `${job} was acknowledged, but the store does not hold it`,
      }));
  }

  onAgentPublish(agents: ObservedAgent, published: Published): void {
    this.#reports.onPublished(agents, published);
  }

  onAgentHeard({ node }: Host, subject: string, data: Uint8Array): void {
    const said = subject.includes('.cmd.') ? decodeCommand(data) : undefined;
    const newest = this.desired.get(node);
    if (said?.ok === true && newest !== undefined && compareStored(said.value, newest) === 0)
      this.#toldAtMs.set(node, this.world.nowMs);
  }

  /** The next agent has another memory of what it obeyed, or none. */
  onJournalLost(host: Host): void {
    const holds = host.state.ledger?.holds ?? null;
    this.world.tell(host.node, `the next journal obeys ${showVersion(holds)}`);
    if (holds === null) this.#held.delete(host.node);
    else this.#held.set(host.node, holds);
  }

  onJournal(host: Host, name: string, text: string): void {
    if (name !== JOURNAL_FILE) return;
    const ledger = parseLedger(text);
    if (!ledger.ok) throw new Error(`the journal written is not readable: ${ledger.error}`);
    const next = ledger.value.holds;
    const before = this.#held.get(host.node) ?? null;
    this.#held.set(host.node, next);
    if (next === null) return;
    if (before === null || compareStored(before, next) !== 0)
      this.world.tell(host.node, `obeys ${showVersion(next)}, held ${showVersion(before)}`);
    if (before === null) return;
    if (before.incarnation === next.incarnation) {
      const isKept = compareVersions(next, before) >= 0;
      this.world.check(LATER_WINS, isKept, () => ({
        node: host.node,
        text: `${showVersion(next)} was obeyed after ${showVersion(before)}`,
      }));
      return;
    }
    const waitedMs = this.world.nowMs - (this.#heardAtMs.get(host.node) ?? 0);
    const wasIdle = ledger.value.entries.length === 0 && ownOf(host).length === 0;
    this.world.check(OTHER_STORE, wasIdle || waitedMs >= this.#holdMs - 1, () => ({
      node: host.node,
      text:
        `${showVersion(next)} was obeyed ${waitedMs.toFixed(0)} ms after the store that is held ` +
        'was last heard, with containers at stake',
    }));
  }

  onUpdate(host: Host, process: Process, id: ContainerId, settings: EngineCpuSettings): void {
    const container = host.engine.containers.get(id);
    if (container === undefined) return;
    const isLeaving = this.agents.get(host.node)?.isLeaving === true;
    const mayLetGo = this.#silentMs(host) >= DRIFT_AFTER_MS - 1;
    const known = { states: this.#obeyed(host), later: this.#laterThanObeyed(host) };
    const why = explainsUpdate({ host, container, settings, isLeaving, mayLetGo, ...known });
    this.world.tell(host.node, `${process.name} asks: ${container.name} ${showSettings(settings)}`);
    this.world.check(GONE_ON, why === '', () => ({
      node: host.node,
      text: `${container.name}: ${why}`,
    }));
  }

  onRun(host: Host, process: Process, { name, labels, limit }: RunRequest): void {
    const why = explainsRun(labels[OWN_CONTAINER_LABELS.allocation] ?? '', this.#obeyed(host));
    this.world.tell(host.node, `${process.name} asks: start ${name} with ${showLimit(limit)}`);
    this.world.check(GONE_ON, why === '', () => ({
      node: host.node,
      text: `start of ${name}: ${why}`,
    }));
  }

  onStop(host: Host, process: Process, id: ContainerId): void {
    const container = host.engine.containers.get(id);
    if (container === undefined) return;
    const why = explainsStop(container, this.#obeyed(host));
    this.world.tell(host.node, `${process.name} asks: stop ${container.name}`);
    this.world.check(GONE_ON, why === '', () => ({
      node: host.node,
      text: `stop of ${container.name}: ${why}`,
    }));
  }

  /** Since an agent last heard a coordinator, as far as can be told from outside. */
  #silentMs({ node }: Host): number {
    return (
      this.world.nowMs -
      Math.min(this.#confirmedAtMs.get(node) ?? 0, this.#spokenAtMs.get(node) ?? 0)
    );
  }

  /**
   * What the agent's journal says it obeys: all states that were ever stored under that version.
   */
  #obeyed(host: Host): readonly DesiredState[] {
    const held = this.#held.get(host.node) ?? null;
    if (held === null) return [];
    return (this.#stored.get(host.node) ?? []).filter((state) => compareStored(state, held) === 0);
  }

  #laterThanObeyed({ node }: Host): readonly DesiredState[] {
    const held = this.#held.get(node) ?? null;
    const all = this.#stored.get(node) ?? [];
    return held === null ? all : all.filter((state) => compareStored(state, held) > 0);
  }

  #onDesired(node: NodeId, value: Uint8Array): void {
    const decoded = decodeCommand(value);
    if (!decoded.ok)
      throw new Error(`a desired state was stored that cannot be read: ${decoded.error.message}`);
    const state = decoded.value;
    this.#leaders.onDesired(this.desired.get(node), state);
    this.acknowledged.onDesired(state);
    this.desired.set(node, state);
    this.#promised.onStored(state);
    const all = this.#stored.get(node) ?? [];
    all.push(state);
    this.#stored.set(node, all);
    const wants = state.allocations.map(({ id, limit }) => `${id} ${showLimit(limit)}`).join(', ');
    this.world.tell(node, `stored ${showVersion(state)}: ${wants || 'nothing'}`);
  }

  #onNode(key: string, value: Uint8Array): void {
    const node = decodeNode({ key, value, revision: 0 });
    const isForged = node?.registration?.agentVersion === FORGED;
    this.world.check(OWN_NAME, !isForged, () => ({
      node: key.replace('node.', ''),
      text: 'what another agent said in its name was taken for its own',
    }));
  }
}
