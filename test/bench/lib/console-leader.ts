import { setTimeout as sleep } from 'node:timers/promises';
import { changesOf, type PublishedNode, viewOf } from '../../../coordinator/view/changes.js';
import type { Bus, Subscription } from '../../../proto/bus.js';
import type { ServiceCalls } from '../../../proto/schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../../proto/service-codec.js';
import type { Subjects } from '../../../proto/subjects.js';
import { encodeView } from '../../../proto/view.js';
import type { AllocationId, JobName, NodeId } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { classify } from '../../../shared/qoe.js';
import type { ContainerReport, NodeReport } from '../../../shared/report.js';
import { jobsFor, PER_NODE } from './fleet.js';
import { NODE_CORES, SimulatedNode } from './simulated-node.js';

/** How often a node is published, as a leader does, ms. */
const VIEW_MS = 5000;
const SLICES = 100;
const LEASE = { incarnation: 'bench', epoch: 1 };
const PAGE_NODES = 50;

/**
 * What a console sees of a leader: the views of simulated nodes, encoded as the leader encodes
 * them, and the answers to `view-get` and `job-list`. It decides nothing, so that the console has
 * the machine.
 */
export class ConsoleLeader {
  viewBytes = 0;
  views = 0;
  readonly #bus: Bus;
  readonly #subjects: Subjects;
  readonly #nodes: readonly SimulatedNode[];
  readonly #jobs: readonly JobSpec[];
  readonly #published = new Map<NodeId, PublishedNode>();
  readonly #current = new Map<JobName, AllocationStatus>();
  #service: Subscription | undefined;
  #isStopped = false;
  #running: Promise<void> | undefined;

  constructor(bus: Bus, subjects: Subjects, count: number) {
    this.#bus = bus;
    this.#subjects = subjects;
    const jobs = jobsFor(count);
    this.#jobs = [...jobs].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#nodes = Array.from({ length: count }, (_, i) => {
      const node = new SimulatedNode(`node-${String(i).padStart(5, '0')}`);
      const specs = jobs.slice(i * PER_NODE, (i + 1) * PER_NODE);
      const allocations = specs.map((spec) => ({
        id: `${spec.name}-1` as AllocationId,
        job: spec.name,
        spec,
        limit: { cpuCores: (0.9 * NODE_CORES) / PER_NODE, periodUs: 100_000 },
        reason: 'its target takes that',
      }));
      const version = { ...LEASE, revision: 1 };
      node.obey({ ...version, node: node.id, validForMs: 1e6, allocations }, performance.now());
      return node;
    });
  }

  async start(): Promise<void> {
    this.#service = await this.#bus.serve({
      ...{ name: 'leader', version: '1.0.0', description: 'views' },
      endpoints: [
        {
          name: 'view-get',
          subject: this.#subjects.service('view-get'),
          handle: (request) => {
            const format = formatOf(request.headers);
            const asked = decodeRequest('view-get', request.data, format);
            const value = this.#read(asked.ok ? asked.value : {});
            request.respond(
              encodeReply('view-get', { ok: true, value }, format),
              headersOf(format),
            );
          },
        },
        {
          name: 'job-list',
          subject: this.#subjects.service('job-list'),
          handle: (request) => {
            const format = formatOf(request.headers);
            const asked = decodeRequest('job-list', request.data, format);
            const value = this.#list(asked.ok ? asked.value : {});
            request.respond(
              encodeReply('job-list', { ok: true, value }, format),
              headersOf(format),
            );
          },
        },
      ],
    });
    for (const node of this.#nodes) this.#publish(node);
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#service?.unsubscribe();
    await this.#running;
  }

  #read({
    after = '' as NodeId,
    limit = PAGE_NODES,
  }: ServiceCalls['view-get']['request']): ServiceCalls['view-get']['response'] {
    const rest = this.#nodes.filter(({ id }) => id > after);
    const page = rest.slice(0, limit);
    const nodes = page.flatMap(({ id }) => {
      const published = this.#published.get(id);
      return published === undefined ? [] : [viewOf(id, published)];
    });
    const last = page.at(-1)?.id;
    return { ...LEASE, nodes, ...(rest.length > page.length && last ? { next: last } : {}) };
  }

  #list({
    after,
    limit = this.#jobs.length,
  }: ServiceCalls['job-list']['request']): ServiceCalls['job-list']['response'] {
    const rest = this.#jobs.filter(({ name }) => after === undefined || name > after);
    const jobs = rest.slice(0, limit).map((spec): JobStatus => {
      const allocation = this.#current.get(spec.name);
      const allocations = allocation === undefined ? [] : [allocation];
      return { spec, origin: 'dqoes', state: 'running', reasons: [], allocations };
    });
    const last = jobs.at(-1)?.spec.name;
    return { jobs, ...(rest.length > jobs.length && last ? { next: last } : {}) };
  }

  async #run(): Promise<void> {
    for (let tick = 0; !this.#isStopped; tick += 1) {
      const dueMs = performance.now() + VIEW_MS / SLICES;
      for (let i = tick % SLICES; i < this.#nodes.length; i += SLICES)
        this.#publish(this.#nodes[i] as SimulatedNode);
      await sleep(Math.max(0, dueMs - performance.now()));
    }
  }

  #publish(node: SimulatedNode): void {
    const report = node.report(performance.now());
    const current = { status: statusOf(report), allocations: allocationsOf(report) };
    for (const each of current.allocations) this.#current.set(each.job, each);
    const publishing = { atMs: Date.now(), floor: 0 };
    const { change, published } = changesOf(this.#published.get(node.id), current, publishing);
    this.#published.set(node.id, published);
    const bytes = encodeView({ schema: 1, ...LEASE, node: node.id, ...change });
    this.views += 1;
    this.viewBytes += bytes.length;
    this.#bus.publish(this.#subjects.view(node.id), bytes);
  }
}

const allocationsOf = ({ node, containers }: NodeReport): readonly AllocationStatus[] =>
  containers.map((each) => allocationOf(node, each)).sort((a, b) => (a.id < b.id ? -1 : 1));

function allocationOf(node: NodeId, container: ContainerReport): AllocationStatus {
  const { allocation, job, target, latency, applied } = container;
  const latencyMs = latency?.window.meanMs ?? null;
  const qoeClass = target === null || latencyMs === null ? null : classify(target, latencyMs);
  const known = { id: allocation, job, target, latencyMs, qoeClass, container, ageMs: 0 };
  return { ...known, node, desired: applied, reason: 'its target takes that' };
}

const statusOf = ({ node, host, holds, containers }: NodeReport): NodeStatus => ({
  id: node,
  liveness: 'ready',
  ageMs: 0,
  host,
  labels: {},
  agentVersion: 'bench',
  desired: holds,
  holds,
  limitedCpuCores: NODE_CORES * 0.9,
  containers: containers.length,
  warnings: [],
});
