import type { Subscription } from '../proto/bus.js';
import { messageOf } from '../shared/errors.js';
import type { Samples } from '../shared/monitoring/samples.js';
import type { ContainerReport } from '../shared/report.js';
import type { AgentConfig } from './config.js';
import { agentSamples } from './monitoring/agent-samples.js';
import { agentSummary } from './monitoring/agent-summary.js';
import { notForgottenFault, notListedFault } from './torn-state.js';
import { type NodeParts, wireNode } from './wiring/node.js';
import type { NodeAgentDeps } from './wiring/node-deps.js';

/** What becomes of the containers when an agent stops. */
export interface StopOptions {
  /** Put the original limits back. */
  readonly restore: boolean;
  /** Stop and remove the containers this agent started. */
  readonly stopJobs: boolean;
}

/** How long a stop waits for starts and stops in progress, ms. */
const STOP_PATIENCE_MS = 5_000;

/**
 * One agent: starts and stops its two loops, *observe and report* and *enforce*. Each goes on when
 * the other fails or hangs. Knows ports only; `wiring/node.ts` joins the parts.
 */
export class NodeAgent {
  readonly #config: AgentConfig;
  readonly #deps: NodeAgentDeps;
  readonly #parts: NodeParts;
  #subscriptions: Subscription[] = [];

  constructor(config: AgentConfig, deps: NodeAgentDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#parts = wireNode(config, deps);
  }

  /** Starts every loop. A receiver or service that cannot start is a warning, not an end. */
  async start(): Promise<void> {
    const { clock, bus, gpus, log } = this.#deps;
    const { interval } = this.#config;
    const { observer, discovery, inbox, enforceLoop, reporter, serveLogs } = this.#parts;
    await observer.start();
    gpus?.start();
    discovery.start();
    // The first report should know the containers, but an engine that hangs must not keep the node
    // silent.
    await Promise.race([discovery.relist(STOP_PATIENCE_MS), clock.sleep(interval)]);
    inbox.start();
    enforceLoop.start();
    reporter.start();
    this.#subscriptions.push(bus.onState((state) => state === 'connected' && reporter.flush()));
    try {
      this.#subscriptions.push(await serveLogs());
    } catch (cause) {
      log.warn('the log service cannot start', { cause: messageOf(cause) });
    }
  }

  /** Adds what the agent knows of itself and its host. */
  collect(samples: Samples): void {
    const { bus, meter, version } = this.#deps;
    const { node, control } = this.#config;
    const { reporter, enforcer, inbox } = this.#parts;
    const isConnected = bus.state === 'connected';
    agentSamples(samples, {
      ...{ node, control, version, isConnected, reporter, enforcer, inbox },
      ...(meter === undefined ? {} : { meter }),
    });
  }

  /** How it goes, in one line, by the newest measurements. */
  summary(): string {
    const { reporter, inventory } = this.#parts;
    const { control, window: windowMs } = this.#config;
    const isConnected = this.#deps.bus.state === 'connected';
    const { workloads } = inventory.current();
    const sources = new Map(workloads.map(({ id, latency }) => [id, latency?.source]));
    const seeing = ({ allocation }: ContainerReport) => ({
      windowMs,
      source: sources.get(allocation),
    });
    return agentSummary(reporter.current?.containers, { control, isConnected, seeing });
  }

  /** Reverse order of start. Never rejects. */
  async stop({ restore, stopJobs }: StopOptions): Promise<void> {
    const { reporter, enforceLoop, inbox, enforcer, discovery, observer, kernel } = this.#parts;
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await reporter.stop();
    await enforceLoop.stop();
    await inbox.stop();
    await enforcer.close(STOP_PATIENCE_MS);
    if (stopJobs) await this.#stopJobs();
    // A tool that hangs, GPU after GPU, must not keep the limits from being put back in time.
    await Promise.all([
      this.#deps.gpus?.stop(restore),
      restore ? this.#restore() : undefined,
      this.#leaveParents(restore),
    ]);
    await discovery.stop();
    await observer.close();
    await kernel.close();
  }

  async #restore(): Promise<void> {
    const { log } = this.#deps;
    try {
      const { restored, gone, failed, notForgotten, notListed, containers } =
        await this.#parts.enforcer.restore();
      for (const { name, outcome, reason } of containers)
        if (outcome === 'restored' && reason !== '') log.warn(`${name}: ${reason}`);
      for (const { allocation, reason } of failed)
        log.error('limits were not restored', { allocation, reason });
      for (const reason of notForgotten) log.error(notForgottenFault(reason).message);
      if (notListed !== '') log.error(notListedFault(notListed).message);
      log.info('original limits are restored', {
        restored: restored.length,
        gone: gone.length,
        failed: failed.length,
      });
    } catch (cause) {
      log.error('restoring stopped half-way', { cause: messageOf(cause) });
    }
  }

  async #leaveParents(restore: boolean): Promise<void> {
    const { parentWeights } = this.#parts;
    await parentWeights?.close();
    if (restore)
      await parentWeights?.restore().catch((cause) =>
        this.#deps.log.error('the weights of cgroups were not restored', {
          cause: messageOf(cause),
        }),
      );
  }

  async #stopJobs(): Promise<void> {
    const { engine, discovery, inventory } = this.#parts;
    const listed = await engine.list();
    const containers = listed.ok ? listed.value : (discovery.current().containers ?? []);
    const own = containers.filter((container) => inventory.isOfJob(container));
    await Promise.all(own.map(({ id }) => engine.stop(id, this.#config['stop-grace'])));
  }
}
