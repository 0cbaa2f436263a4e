import { nextDesired } from '../../../coordinator/dispatch/next-desired.js';
import { placesMemoryOf } from '../../../coordinator/schedule/places.js';
import { POLICIES } from '../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../coordinator/schedule/schedule.js';
import { NO_PROFILES } from '../../../coordinator/schedule/workloads/profiles.js';
import type { StateEvent } from '../../../coordinator/state/events.js';
import { jobStatuses } from '../../../coordinator/state/job-status.js';
import { type ClusterState, emptyState } from '../../../coordinator/state/model.js';
import { reduce } from '../../../coordinator/state/reduce.js';
import { snapshotAfter } from '../../../coordinator/state/snapshot.js';
import type { Ack, AllocationAck, DesiredState } from '../../../shared/command.js';
import { fixedPartsHashOf } from '../../../shared/fixed-parts-hash.js';
import type { JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { type ContainerReport, LEFT_OUT } from '../../../shared/report.js';
import { container, containerIdOf, latency, nodeId, PARAMS, report } from './build.js';

interface Running {
  readonly image: string;
  readonly hash: string;
  readonly number: number;
  readonly atSecond: number;
}

/** How a version of a job starts on a host. */
export interface Start {
  /** From the removal of the old container until the new one runs; Infinity = it fails. */
  readonly seconds: number;
  /** From then until it answers; Infinity = never. */
  readonly silentSeconds: number;
}

/**
 * Hosts that replace a container whose job was changed: it is removed at once, and the new one runs
 * some seconds later. One step is one second.
 */
export class RolloutHosts {
  state: ClusterState = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
  memory: SchedulerMemory = NO_MEMORY;
  second = 0;
  /** Hosts that run on but are not heard, nor hear anything. */
  readonly cut = new Set<string>();
  /** How images start; by default they run and answer after two seconds and one. */
  readonly starts = new Map<string, Start>();
  /** Images whose containers are probed, and what is said of the probe until they answer. */
  readonly probed = new Map<string, string>();
  /** Allocations that run and that no report names, since it is full. */
  readonly unsaid = new Set<string>();
  /** Seconds for which an image is pulled while the container before it runs on. */
  readonly pulls = new Map<string, number>();
  /** Hosts make a container again for any part that takes it, and say what each was made from. */
  tellsVersions = false;
  /** Then: for so long what runs goes on beside that, without a word of why. */
  lingerSeconds = 0;
  /** Why no host stops what runs for another version; '' = they do. */
  hindrance = '';
  /** Images that no host can pull. */
  readonly missing = new Set<string>();
  /** Hosts have no memory to start a job that asks for so much, bytes: what runs runs on. */
  scarceBytes = Number.POSITIVE_INFINITY;
  /** What the rules of a host say against a job; undefined = it may run there. */
  rules: (spec: JobSpec, host: string) => string | undefined = () => undefined;
  /** Whether the store takes a desired state: what it does not take, no host hears of. */
  takes: (state: DesiredState) => boolean = () => true;
  /** The fewest containers of any job that ran in a second since `watch`. */
  fewest = Number.POSITIVE_INFINITY;
  /** When what is wanted of each job, and of each host, was stored, ms. */
  readonly #jobsAtMs = new Map<JobName, number>();
  readonly #toldAtMs = new Map<NodeId, number>();
  readonly #running = new Map<string, Running>();
  /** What is being pulled for an allocation, and since when. */
  readonly #pulling = new Map<string, { readonly image: string; readonly atSecond: number }>();
  /** Since when each lingers, by what takes its place. */
  readonly #lingering = new Map<string, number>();
  #snapshot: ReturnType<typeof snapshotAfter> | null = null;
  #revision = 0;
  #made = 0;

  constructor(readonly hosts: readonly string[]) {}

  submit(spec: JobSpec): void {
    this.#revision += 1;
    this.#jobsAtMs.set(spec.name, this.second * 1000);
    this.#apply({ kind: 'jobs-stored', atMs: 0, jobs: [{ spec, revision: this.#revision }] });
  }

  /** Another leader begins, with what is stored and nothing else. */
  takeOver(): void {
    const jobs = [...this.state.jobs.values()].map(
      ({ spec }) => [spec.name, { spec, sinceMs: this.#jobsAtMs.get(spec.name) ?? 0 }] as const,
    );
    const times = { jobs: new Map(jobs), nodes: new Map(this.#toldAtMs) };
    this.memory = { ...NO_MEMORY, ...placesMemoryOf({ knowledge: NO_PROFILES, times }) };
  }

  /** Nobody wants the job any more. */
  stop(name: JobSpec['name']): void {
    this.#apply({ kind: 'job-removed', atMs: this.second * 1000, name });
  }

  /** Everything that can run elsewhere is moved from this host. */
  drain(host: string): void {
    const scheduling = 'draining';
    this.#apply({ kind: 'node-scheduling', atMs: 0, node: nodeId(host), scheduling });
  }

  run(seconds: number): void {
    for (let i = 0; i < seconds; i += 1) this.#step();
  }

  watch(): void {
    this.fewest = Number.POSITIVE_INFINITY;
  }

  /** The image that each allocation runs, in id order; those that run nothing are absent. */
  get images(): Readonly<Record<string, string>> {
    const up = [...this.#running].filter(([, one]) => this.#isUp(one));
    return Object.fromEntries(
      up.map(([key, { image }]) => [key.split(' ')[1] ?? '', image] as const).sort(),
    );
  }

  get reasons(): readonly string[] {
    return jobStatuses(this.state, this.second * 1000).flatMap(({ reasons }) => reasons);
  }

  #apply(event: StateEvent): void {
    this.state = reduce(this.state, event);
  }

  #startOf(image: string): Start {
    return this.starts.get(image) ?? { seconds: 2, silentSeconds: 1 };
  }

  #isUp({ image, atSecond }: Running): boolean {
    return this.second - atSecond >= this.#startOf(image).seconds;
  }

  #step(): void {
    this.second += 1;
    const atMs = this.second * 1000;
    for (const host of this.hosts) {
      if (this.cut.has(host)) continue;
      this.#obey(host);
      const containers = this.#reported(host);
      const sequence = this.second;
      const warnings = this.#leavesOut(host) ? [`1 of 401 ${LEFT_OUT}`] : [];
      const made = this.tellsVersions ? { specHashes: this.#hashes(host) } : {};
      const said = report(host, { sequence, sentAtMs: atMs, containers, warnings, ...made });
      this.#apply({ kind: 'reports', atMs, reports: [{ atMs, report: said }] });
    }
    this.fewest = Math.min(this.fewest, Object.keys(this.images).length);
    this.#decide(atMs);
  }

  #decide(nowMs: number): void {
    this.#apply({ kind: 'tick', atMs: nowMs });
    this.#snapshot = snapshotAfter(this.#snapshot, this.state);
    const { snapshot } = this.#snapshot;
    const input = { snapshot, nowMs, params: PARAMS, policy: POLICIES.equal };
    const { plan, memory } = schedule(input, this.memory);
    this.memory = memory;
    const { pending, preempted, unreachable, rollouts = [] } = plan;
    this.#apply({ kind: 'planned', atMs: nowMs, pending, preempted, unreachable, rollouts });
    const states = nextDesired(this.state, plan, 1000).filter(this.takes);
    for (const { node } of states) this.#toldAtMs.set(node, nowMs);
    this.#apply({ kind: 'desired-stored', atMs: nowMs, states });
  }

  #obey(host: string): void {
    const desired = this.state.nodes.get(nodeId(host))?.desired ?? null;
    if (desired === null) return;
    const keys = new Set(desired.allocations.map(({ id }) => `${host} ${id}`));
    for (const key of this.#running.keys())
      if (key.startsWith(`${host} `) && !keys.has(key)) this.#running.delete(key);
    const allocations = desired.allocations.map(({ id, spec }): AllocationAck => {
      const key = `${host} ${id}`;
      const why = spec === undefined ? undefined : this.rules(spec, host);
      if (why !== undefined) return { id, ok: false, reason: why, refused: true };
      if (spec !== undefined && this.missing.has(spec.image) && this.#running.has(key))
        return { id, ok: false, reason: `runs on as it was: no image ${spec.image}` };
      if ((spec?.resources.memoryBytes ?? 0) >= this.scarceBytes)
        return { id, ok: false, reason: 'runs on as it was: memory must wait' };
      const isHindered = this.hindrance !== '' && this.#running.has(key);
      if (spec !== undefined && isHindered && this.#isOther(key, spec))
        return { id, ok: false, reason: this.hindrance };
      if (spec !== undefined && this.#pulls(key, spec.image))
        return { id, ok: false, reason: `pulls ${spec.image}` };
      if (spec !== undefined && this.#isOther(key, spec) && !this.#lingers(key, spec)) {
        this.#made += 1;
        const { image } = spec;
        const hash = fixedPartsHashOf(spec);
        this.#running.set(key, { image, hash, number: this.#made, atSecond: this.second });
      }
      return { id, ok: true, reason: '' };
    });
    const { incarnation, epoch, revision } = desired;
    const version = { incarnation, epoch, revision };
    const ack: Ack = {
      node: nodeId(host),
      bootId: 'boot-1',
      outcome: 'applied',
      asked: version,
      holds: version,
      allocations,
      reason: '',
    };
    this.#apply({ kind: 'acks', atMs: this.second * 1000, acks: [ack] });
  }

  #isOther(key: string, spec: JobSpec): boolean {
    const before = this.#running.get(key);
    if (before?.image !== spec.image) return true;
    return this.tellsVersions && before.hash !== fixedPartsHashOf(spec);
  }

  #lingers(key: string, spec: JobSpec): boolean {
    if (!this.#running.has(key)) return false;
    const change = `${key} ${fixedPartsHashOf(spec)}`;
    const sinceSecond = this.#lingering.get(change) ?? this.second;
    this.#lingering.set(change, sinceSecond);
    return this.second - sinceSecond < this.lingerSeconds;
  }

  #hashes(host: string): Readonly<Record<string, string>> {
    const there = [...this.#running].filter(([key]) => key.startsWith(`${host} `));
    return Object.fromEntries(there.map(([key, { hash }]) => [key.split(' ')[1] ?? '', hash]));
  }

  /** Whether the container before goes on because the image is not there yet. */
  #pulls(key: string, image: string): boolean {
    const before = this.#running.get(key)?.image;
    if (before === undefined || before === image) return false;
    if (this.#pulling.get(key)?.image !== image)
      this.#pulling.set(key, { image, atSecond: this.second });
    const { atSecond = 0 } = this.#pulling.get(key) ?? {};
    return this.second - atSecond < (this.pulls.get(image) ?? 0);
  }

  #leavesOut(host: string): boolean {
    return [...this.#running.keys()].some((key) => {
      const [at, id = ''] = key.split(' ');
      return at === host && this.unsaid.has(id);
    });
  }

  #reported(host: string): ContainerReport[] {
    return [...this.#running].flatMap(([key, one]): ContainerReport[] => {
      const [at, id = ''] = key.split(' ');
      if (at !== host || this.unsaid.has(id)) return [];
      const containerId = containerIdOf(`${id}:${one.number}`);
      const { seconds, silentSeconds } = this.#startOf(one.image);
      if (seconds === Number.POSITIVE_INFINITY)
        return [container(id, { containerId, state: 'failed', reason: 'exit code 1' })];
      if (!this.#isUp(one)) return [];
      const answers = this.second - one.atSecond >= seconds + silentSeconds;
      const said = answers ? latency(100) : null;
      const reason = answers ? '' : (this.probed.get(one.image) ?? '');
      return [container(id, { containerId, image: one.image, latency: said, reason })];
    });
  }
}
