import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import { JOURNAL_FILE, Journal } from '../../agent/enforce/journal.js';
import { OriginalRecords, pruneRecords } from '../../agent/enforce/original-records.js';
import { pastJournal } from '../../agent/enforce/past-journal.js';
import { StateRegistry } from '../../agent/enforce/state-registry.js';
import { NodeAgent } from '../../agent/node-agent.js';
import type { HostReader } from '../../agent/ports/host.js';
import type { HttpClient } from '../../agent/ports/http.js';
import { err, ok } from '../../shared/result.js';
import { HOST_CORES, type Host } from './host.js';
import type { StateDir } from './host-state.js';
import { logOf } from './log.js';
import type { Nats } from './nats.js';
import type { Observer } from './observer.js';
import { never, type Process } from './process.js';
import { Runner } from './runner.js';
import { AGENT_INTERVAL_MS, DRIFT_AFTER_MS, HOLD_MS, INCARNATION_HOLD_MS } from './settings.js';
import { SimBus } from './sim-bus.js';
import { SimCgroups, SimEngine } from './sim-engine.js';
import { SimFiles } from './sim-files.js';
import { SimStores } from './sim-store.js';

const MEMORY_BYTES = 8 * 1024 ** 3;

/** The settings of an agent, through the code that reads them for real; throws where it refuses. */
export function agentConfigOf(node: string, cluster: string): AgentConfig {
  const config = loadAgentConfig({
    overrides: {
      node,
      cluster,
      interval: `${AGENT_INTERVAL_MS}ms`,
      window: '6s',
      'stop-grace': '1s',
      'incarnation-hold': `${INCARNATION_HOLD_MS}ms`,
      'hold-after': `${HOLD_MS}ms`,
      'drift-after': `${DRIFT_AFTER_MS}ms`,
      'drift-step': '5s',
      'push.enable': 'false',
    },
  });
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value;
}

const hostReader: HostReader = {
  info: async () => ({ cpuCores: HOST_CORES, memoryBytes: MEMORY_BYTES }),
  usage: async () => ({
    cpuUtilisationRatio: 0.5,
    memoryUsedBytes: MEMORY_BYTES / 4,
    cpuPressureRatio: 0,
  }),
};

/** Response times come from logs here. */
const NO_NETWORK: HttpClient = {
  ask: async () => err('connection refused'),
  close: () => undefined,
};

/**
 * The real agent on a host of the simulation: everything of `agent/` but `drivers/` and the
 * composition root.
 */
export class AgentLives {
  readonly runner: Runner;
  agent: NodeAgent | null = null;
  /** It was told to put the limits back. */
  isLeaving = false;
  readonly #nats: Nats;
  readonly #observer: Observer;

  constructor(
    readonly host: Host,
    readonly config: AgentConfig,
    nats: Nats,
    observer: Observer,
  ) {
    this.#nats = nats;
    this.#observer = observer;
    this.runner = new Runner(host.world, {
      name: `agent ${host.node}`,
      node: host.node,
      time: host.time,
      live: (process, life) => this.#live(process, life),
    });
  }

  /** SIGTERM; resolves when it has put everything back. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    await this.agent?.stop({ restore: true, stopJobs: false });
    this.runner.end('left');
  }

  #live(
    process: Process,
    life: number,
  ): { readonly ends: Promise<string>; readonly drop: () => void } {
    const { host } = this;
    const [observer, nats] = [this.#observer, this.#nats];
    const cable = nats.cable(process.name);
    const cgroups = new SimCgroups(host, process);
    const bus = new SimBus(process, cable, nats, {
      onPublish: (subject, data) =>
        observer.onAgentPublish(this, { process, cgroups, subject, data }),
      onHeard: (subject, data) => observer.onAgentHeard(host, subject, data),
    });
    return { ends: this.#run(process, { life, bus, cgroups }), drop: () => bus.drop() };
  }

  async #run(
    process: Process,
    parts: { readonly life: number; readonly bus: SimBus; readonly cgroups: SimCgroups },
  ): Promise<string> {
    const { host, config } = this;
    const [observer, nats] = [this.#observer, this.#nats];
    const { bus, cgroups, life } = parts;
    const engine = new SimEngine(host, process, observer);
    const pinged = await engine.ping();
    if (!pinged.ok) return pinged.error.message;
    const journal = await this.#openJournal(process, engine);
    const agent = new NodeAgent(config, {
      bus,
      engine,
      cgroups,
      journal,
      host: hostReader,
      clock: process.clock,
      log: logOf(process, host.node),
      stores: new SimStores(process, bus, nats, observer),
      compile: (source) => ok(new RegExp(source)),
      openHttp: () => NO_NETWORK,
      hostInfo: await hostReader.info(),
      parents: { quotaCores: () => null },
      bootId: `${host.node}-${life}`,
      boot: { journal: host.node, count: life },
      version: 'sim',
    });
    this.agent = agent;
    await agent.start();
    return never();
  }

  /** In the order of the composition root: nothing is touched before the folder is registered. */
  async #openJournal(process: Process, engine: SimEngine): Promise<Journal> {
    const { host, config } = this;
    const observer = this.#observer;
    const { state } = host;
    const { cluster, node } = config;
    const labelPrefix = config['label-prefix'];
    const registry = new StateRegistry(new SimFiles(state.registry, process));
    const stateDir = state.current;
    const own = { stateDir, labelPrefix, cluster, node };
    const past = await pastJournal((await registry.list()).entries, own, (folder) =>
      new SimFiles(state.folder(folder as StateDir), process).read(JOURNAL_FILE),
    );
    await registry.enter({ ...own, sinceMs: process.clock.wall() });
    const records = await OriginalRecords.open(new SimFiles(state.originals, process), labelPrefix);
    const files = new SimFiles(state.folder(), process, (name, text) =>
      observer.onJournal(host, name, text),
    );
    const journal = await Journal.open(files, records, past);
    if (journal.setAsideAs !== null) observer.onJournalLost(host);
    await pruneRecords(records, engine).catch(() => undefined);
    await records.note(journal.ledger.entries).catch(() => undefined);
    return journal;
  }
}
