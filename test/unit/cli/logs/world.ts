import { serveLogs } from '../../../../agent/inbox/log-service.js';
import type { App } from '../../../../cli/shell/app.js';
import type { Subscription } from '../../../../proto/bus.js';
import { createMemoryHub } from '../../../../proto/memory/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { AllocationId, ContainerId, NodeId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { testApp } from '../../../lib/cli-app.js';
import { FakeEngine } from '../../../lib/fake-engine.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** Hosts with agents that answer for their logs, and an app that asks them. */
export class LogWorld {
  readonly clock = new ManualClock();
  readonly subjects = subjectsOf('test');
  readonly abort = new AbortController();
  readonly app: App;
  readonly out: readonly string[];
  readonly messages: readonly string[];
  readonly problems: readonly string[];
  /** The reader takes what is printed only when this is called. */
  take: (() => void) | undefined;
  isSlow = false;
  readonly #hub = createMemoryHub({ clock: this.clock, log: silentLog });
  readonly bus = this.#hub.connect();
  readonly #engines = new Map<string, FakeEngine>();
  readonly #serving = new Map<string, Subscription>();
  readonly #containers = new Map<string, ContainerId>();

  constructor(more: Partial<App['output']> = {}) {
    const made = testApp();
    const ready = async (): Promise<void> => {
      if (this.isSlow) await new Promise<void>((resolve) => (this.take = resolve));
    };
    this.app = {
      ...made.app,
      clock: this.clock,
      signal: this.abort.signal,
      output: { ...made.app.output, ready, ...more },
    };
    this.out = made.out;
    this.messages = made.messages;
    this.problems = made.problems;
  }

  engineOf(node: string): FakeEngine {
    const engine = this.#engines.get(node) ?? new FakeEngine();
    this.#engines.set(node, engine);
    return engine;
  }

  /** Starts the agent of a node. */
  async start(node: string): Promise<void> {
    const serving = await serveLogs({
      bus: this.#hub.connect(),
      clock: this.clock,
      subjects: this.subjects,
      node: node as NodeId,
      version: 'test',
      engine: this.engineOf(node),
      containerOf: (allocation: AllocationId) => this.#containers.get(`${node} ${allocation}`),
    });
    this.#serving.set(node, serving);
  }

  /** Ends the agent of a node; its containers run on. */
  stop(node: string): void {
    this.#serving.get(node)?.unsubscribe();
  }

  /** Runs a container of an allocation; its id. */
  run(node: string, allocation: string): ContainerId {
    const { id } = this.engineOf(node).create({ name: `${allocation}-${this.#containers.size}` });
    this.#containers.set(`${node} ${allocation}`, id);
    return id;
  }

  /** Removes the container of an allocation. */
  remove(node: string, allocation: string): void {
    const id = this.#containers.get(`${node} ${allocation}`);
    this.#containers.delete(`${node} ${allocation}`);
    if (id !== undefined) this.engineOf(node).remove(id);
  }

  write(node: string, container: ContainerId, ...lines: readonly string[]): void {
    for (const line of lines) this.engineOf(node).write(container, line);
  }
}
