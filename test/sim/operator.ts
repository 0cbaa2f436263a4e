import type { PolicyName } from '../../proto/schemas/service.js';
import type { NodeScheduling } from '../../proto/schemas/status.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import type { Fault, Result } from '../../shared/result.js';
import type { Nats } from './nats.js';
import type { Observer } from './observer.js';
import { Process } from './process.js';
import { SimBus } from './sim-bus.js';
import type { World } from './world.js';

/** A call of the service that an operator makes. */
export type OperatorRequest =
  | { readonly kind: 'submit'; readonly specs: readonly JobSpec[] }
  | { readonly kind: 'stop'; readonly job: JobName }
  | { readonly kind: 'policy'; readonly policy: PolicyName }
  | { readonly kind: 'node'; readonly node: NodeId; readonly scheduling: NodeScheduling };

/** Longer than the deadline of a call of the store. */
const TIMEOUT_MS = 8000;
const RETRY_MS = 1000;

/**
 * Somebody who asks for things, one after the other, each until it is acknowledged, and remembers
 * what was promised.
 */
export class Operator {
  /** What should be there in the end. */
  readonly wanted = new Map<JobName, JobSpec>();
  readonly #requests: OperatorRequest[] = [];
  readonly #process: Process;
  readonly #bus: SimBus;
  #isBusy = false;
  #told: string | undefined;
  readonly #world: World;
  readonly #nats: Nats;
  readonly #observer: Observer;

  constructor(world: World, nats: Nats, observer: Observer) {
    this.#world = world;
    this.#nats = nats;
    this.#observer = observer;
    this.#process = new Process(world, 'operator', { offsetMs: 0, wallSkewMs: 0 }, () => {});
    this.#bus = new SimBus(this.#process, nats.cable('operator'), nats);
    this.#subjects = subjectsOf(nats.cluster);
  }

  readonly #subjects: ReturnType<typeof subjectsOf>;

  /** Nothing is left to ask for. */
  get isContent(): boolean {
    return !this.#isBusy && this.#requests.length === 0;
  }

  ask(request: OperatorRequest): void {
    if (request.kind === 'submit')
      for (const spec of request.specs) this.wanted.set(spec.name, spec);
    if (request.kind === 'stop') this.wanted.delete(request.job);
    this.#requests.push(request);
    if (!this.#isBusy) void this.#work();
  }

  /** Submits all jobs once more: the store was made again, empty. */
  askAgain(): void {
    for (const spec of this.wanted.values()) this.ask({ kind: 'submit', specs: [spec] });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let request = this.#requests[0]; request !== undefined; request = this.#requests[0]) {
      if (request.kind === 'stop') this.#observer.promised.delete(request.job);
      if (request.kind === 'stop') this.#observer.acknowledged.asked(request.job);
      if (request.kind === 'submit')
        for (const { name } of request.specs) this.#observer.acknowledged.asked(name);
      const fault = await this.#try(request);
      if (fault !== undefined && fault !== this.#told)
        this.#world.tell('', `the operator is refused ${request.kind}: ${fault.slice(0, 120)}`);
      this.#told = fault;
      if (fault === undefined) this.#requests.shift();
      else await this.#process.clock.sleep(RETRY_MS);
    }
    this.#isBusy = false;
  }

  /** Why it was refused; undefined = it is done. */
  async #try(request: OperatorRequest): Promise<string | undefined> {
    const { losses } = this.#nats;
    const target = { bus: this.#bus, subjects: this.#subjects, timeoutMs: TIMEOUT_MS };
    switch (request.kind) {
      case 'submit': {
        const answer = await callService(target, 'job-submit', { jobs: request.specs });
        if (!answer.ok) return reasonOf(answer.error);
        for (const spec of request.specs) {
          this.#world.tell('', `${spec.name} is acknowledged`);
          if (losses !== this.#nats.losses) continue;
          if (this.wanted.has(spec.name)) this.#observer.promised.add(spec.name);
          this.#observer.acknowledged.answered(spec.name, spec);
        }
        this.#observer.lookAtJobs();
        return undefined;
      }
      case 'stop': {
        const answer = await callService(target, 'job-stop', { name: request.job });
        if (answer.ok && losses === this.#nats.losses)
          this.#observer.acknowledged.answered(request.job, null);
        return unlessGone(answer);
      }
      case 'policy':
        return unlessGone(await callService(target, 'policy-set', { policy: request.policy }));
      case 'node':
        return unlessGone(
          await callService(target, 'node-set', {
            id: request.node,
            scheduling: request.scheduling,
          }),
        );
    }
  }
}

const reasonOf = (faults: readonly Fault[]): string =>
  faults.map(({ message }) => message).join('; ');

/** What is not there need not be stopped: an earlier try was done but not answered. */
const unlessGone = (answer: Result<unknown, readonly Fault[]>): string | undefined =>
  answer.ok || answer.error.some(({ code }) => code === 'service.not-found')
    ? undefined
    : reasonOf(answer.error);

/** A job with a target from 0.4 to 3 s, drawn from the chance of the world. */
export function jobOf(name: string, world: World, replicas = 1): JobSpec {
  return {
    name: name as JobName,
    image: 'dqoes/tiny:1',
    command: [],
    env: {},
    target: {
      latencyMs: Math.round(world.between(400, 3000)),
      statistic: 'mean',
      toleranceRatio: 0.1,
      mode: 'band',
    },
    weight: 1,
    replicas,
    resources: { cpu: { minCores: 0.05 }, memoryBytes: 64 * 1024 ** 2 },
    latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
    constraints: { labels: {} },
    onLoss: world.random() < 0.7 ? 'reschedule' : 'keep',
    ports: [],
  };
}
