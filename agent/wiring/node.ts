import type { Subscription } from '../../proto/bus.js';
import { UNSIGNED } from '../../proto/command-codec.js';
import { signedCommands } from '../../proto/signing/signed-commands.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import { BOOT_HEADER, encodeReport } from '../../proto/telemetry.js';
import type { NodeReport } from '../../shared/report.js';
import { type AgentConfig, observing } from '../config.js';
import { Discovery } from '../discover/discovery.js';
import { Inventory } from '../discover/inventory.js';
import { ownView } from '../discover/own-engine.js';
import type { EnforceLoop } from '../enforce/enforce-loop.js';
import type { Enforcer } from '../enforce/enforcer.js';
import { gpuViewOf } from '../enforce/gpu/gpu-view.js';
import { KernelLimits } from '../enforce/kernel-limits.js';
import { entryOf } from '../enforce/ledger-entry.js';
import { CommandInbox } from '../inbox/command-inbox.js';
import { serveLogs } from '../inbox/log-service.js';
import { Capacity, type Reserve } from '../observe/capacity.js';
import { Observer } from '../observe/observer.js';
import type { ContainerEngine } from '../ports/engine.js';
import { ActsInTurn } from '../report/acts-in-turn.js';
import { Collector } from '../report/collector.js';
import { Notices } from '../report/notices.js';
import { encodeFitting } from '../report/report-body.js';
import { Reporter } from '../report/reporter.js';
import { type Enforcement, ownerOf, wireEnforcement } from './enforcement.js';
import type { NodeAgentDeps } from './node-deps.js';

/** The parts of one agent, joined and not started. */
export interface NodeParts {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly notices: Notices;
  readonly discovery: Discovery;
  readonly inventory: Inventory;
  readonly observer: Observer;
  /** The observing loop. */
  readonly reporter: Reporter;
  readonly enforcer: Enforcer;
  /** The acting loop. */
  readonly enforceLoop: EnforceLoop;
  readonly parentWeights?: Enforcement['parentWeights'];
  readonly inbox: CommandInbox;
  /** Begins answering requests for container logs. */
  readonly serveLogs: () => Promise<Subscription>;
}

/** A report counts for this many intervals. */
const VALID_INTERVALS = 3;

/**
 * Joins the two loops of an agent: what runs is observed and reported; what is desired is enforced.
 * They meet in three places: the inventory, which both read; what the kernel was seen to enforce,
 * which the first hands to the second; and the record of what was enforced, which reports read.
 */
export function wireNode(config: AgentConfig, deps: NodeAgentDeps): NodeParts {
  const { clock, log, bus } = deps;
  const subjects = subjectsOf(config.cluster);
  const engine = ownView(deps.engine, ownerOf(config, deps));
  const kernel = new KernelLimits(deps.cgroups);
  const notices = new Notices(log);
  const capacity = new Capacity({ ...deps, reserve: reserveOf(config), start: deps.hostInfo });
  const observer = new Observer({ ...deps, ...observing(config), engine });
  const onList = (): void => void inventory.current();
  const discovery = new Discovery({ engine, clock, log, onList });
  const enforcement = wireEnforcement(config, deps, {
    engine,
    kernel,
    capacity,
    discovery,
    inventory: () => inventory,
    onWarning: (text) => notices.add(text),
    ackSubject: subjects.ack(config.node),
  });
  const { enforcer, loop: enforceLoop, parentWeights } = enforcement;
  const inventory: Inventory = new Inventory({
    labelPrefix: config['label-prefix'],
    rules: config.policy,
    agentControl: config.control,
    containers: () => discovery.current().containers,
    desired: () => enforcer.desired,
    failures: () => enforcer.failures(),
    pulls: () => enforcer.pulls(),
    standstill: () => enforcer.standstill,
    isStartedHere: (id) => entryOf(deps.journal.ledger, id)?.origin === 'dqoes',
    onChange: (workloads) => void observer.sync(workloads),
  });
  const inbox = wireInbox(config, deps, { subjects, inventory, enforcement });
  const warnings = (): readonly string[] => warningsOf({ notices, inbox, discovery, enforcer });
  const ports = { subjects, inventory, observer, capacity, enforcement, warnings };
  const reporter = wireReporter(config, deps, ports);
  const containerOf = (allocation: string) => inventory.containerOf(allocation);
  const { node } = config;
  const serving = { engine: deps.engine, version: deps.version };
  return {
    engine,
    kernel,
    notices,
    discovery,
    inventory,
    observer,
    reporter,
    enforcer,
    enforceLoop,
    inbox,
    ...(parentWeights === undefined ? {} : { parentWeights }),
    serveLogs: () => serveLogs({ ...{ bus, clock, node, subjects, containerOf }, ...serving }),
  };
}

interface InboxPorts {
  readonly subjects: Subjects;
  readonly inventory: Inventory;
  readonly enforcement: Enforcement;
}

function wireInbox(
  config: AgentConfig,
  { bus, stores, clock, log, bootId, onLeave }: NodeAgentDeps,
  { subjects, inventory, enforcement: { enforcer, loop } }: InboxPorts,
): CommandInbox {
  const onDesired = (...desired: Parameters<Enforcer['offer']>): void => {
    enforcer.offer(...desired);
    // What is desired names targets and sources of response times: they are observed from now on.
    inventory.current();
    loop.wake();
  };
  const { node, cluster } = config;
  const trusted = config['coordinator-keys'];
  const commands = trusted.length === 0 ? UNSIGNED : signedCommands({ cluster, trusted });
  const leaving = onLeave === undefined ? {} : { onLeave };
  const ports = { bus, stores, clock, log, commands, subjects };
  return new CommandInbox({ ...ports, node, cluster, bootId, onDesired, ...leaving });
}

interface ReporterPorts {
  readonly subjects: Subjects;
  readonly inventory: Inventory;
  readonly observer: Observer;
  readonly capacity: Capacity;
  readonly enforcement: Enforcement;
  readonly warnings: () => readonly string[];
}

function wireReporter(config: AgentConfig, deps: NodeAgentDeps, ports: ReporterPorts): Reporter {
  const { clock, log, bus, bootId, boot, gpus } = deps;
  const { inventory, observer, capacity, warnings } = ports;
  const { enforcer, loop, guard } = ports.enforcement;
  const { node, interval: intervalMs, labels, control: agentControl } = config;
  const limitHooked = config['gpu.limit-hooked'];
  const acts = new ActsInTurn(deps.acts ?? []);
  const collector = new Collector({
    clock,
    agentVersion: deps.version,
    intervalMs,
    windowMs: config.window,
    labels,
    agentControl,
    inventory,
    observer,
    capacity,
    enforcement: enforcer,
    gpuPart: (workloads, reports) =>
      gpuViewOf(workloads, reports, { gpus, guard, limitHooked, desired: enforcer.inForce }),
    warnings,
    actAt: (nowMs) => acts.next(nowMs),
    ...(deps.nodeKey === undefined ? {} : { sealingKey: deps.nodeKey.publicKey }),
    onObserved: (observed) => loop.observed(observed),
  });
  const send = (report: NodeReport): boolean => {
    if (bus.state !== 'connected') return false;
    const bytes = encodeFitting(report, encodeReport);
    bus.publish(ports.subjects.telemetry(node), bytes, { [BOOT_HEADER]: bootId });
    return true;
  };
  const validForMs = intervalMs * VALID_INTERVALS;
  const collect = (asOfMs: number) => collector.collect(asOfMs);
  const order = boot === undefined ? {} : { boot };
  const rhythm = { intervalMs, validForMs, onBeat: () => deps.onPass?.('report') };
  return new Reporter({ clock, log, node, bootId, ...order, ...rhythm, collect, send });
}

type WarningSources = Pick<NodeParts, 'notices' | 'inbox' | 'discovery' | 'enforcer'>;

/** What the agent has to say of itself; the notices first. */
function warningsOf({ notices, inbox, discovery, enforcer }: WarningSources): readonly string[] {
  const rejected = [...inbox.rejected].map(([code, count]) => `${count} commands ignored: ${code}`);
  const { warning } = discovery.current();
  const standing = [warning ?? '', inbox.problem, enforcer.disconnectedNotice].filter(
    (text) => text !== '',
  );
  const drift = enforcer.drift.count;
  if (drift > 0)
    standing.push(`${drift} limits were changed by others and written again since start`);
  return [...notices.texts, ...rejected, ...standing];
}

const reserveOf = (config: AgentConfig): Reserve => ({
  cpuRatio: config['reserve.cpu'],
  memoryRatio: config['reserve.memory'],
});
