import type { Bus } from '../../proto/bus.js';
import type { StoreProvider } from '../../proto/store.js';
import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { BootOrder, HostAct } from '../../shared/report.js';
import type { NodeGpus } from '../enforce/gpu/node-gpus.js';
import type { Journal } from '../enforce/journal.js';
import type { AgentMeter } from '../monitoring/meter.js';
import type { ObserverDeps } from '../observe/observer.js';
import type { CgroupReader, ParentReader, ParentWeights } from '../ports/cgroup.js';
import type { ContainerEngine } from '../ports/engine.js';
import type { FolderStore } from '../ports/files.js';
import type { HostInfo } from '../ports/host.js';
import type { NodeKey } from '../ports/secrets.js';

/** The loops of an agent, which a watchdog watches. */
export const AGENT_LOOPS = ['enforce', 'report'] as const;
export type AgentLoop = (typeof AGENT_LOOPS)[number];

/** The cgroups that hold containers, and where it is kept what they had. */
export interface ParentWeightPorts {
  readonly parents: ParentWeights;
  readonly files: FolderStore;
  /** The share of the Engine that this agent manages; no two agents have one at a time. */
  readonly by: string;
}

/** The world of one agent. Everything that touches the OS or the network comes in here. */
export interface NodeAgentDeps {
  readonly bus: Bus;
  readonly stores: StoreProvider;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: ContainerEngine;
  readonly cgroups: CgroupReader;
  readonly host: ObserverDeps['host'];
  /** Absent = response times cannot be pushed. */
  readonly push?: NonNullable<ObserverDeps['push']>;
  readonly compile: ObserverDeps['compile'];
  readonly openHttp: ObserverDeps['openHttp'];
  readonly journal: Journal;
  /** The host as it was at start. */
  readonly hostInfo: HostInfo;
  /** CPUs on line now; absent = not known. */
  readonly onlineCpus?: () => number;
  readonly parents: ParentReader;
  /** Absent = the weights of cgroups that hold containers are left alone. */
  readonly parentWeights?: ParentWeightPorts;
  /** Absent = this host has no GPU. */
  readonly gpus?: NodeGpus;
  /** Identity of this life of the agent. */
  readonly bootId: string;
  /** Its place among the starts of this agent; absent = it could not be counted. */
  readonly boot?: BootOrder;
  /** Absent = it could not be kept: jobs here get no secrets. */
  readonly nodeKey?: NodeKey;
  /** Names that this node had before, whose job containers are its own; absent = none. */
  readonly formerNames?: readonly NodeId[];
  /** See `VersionContext`. */
  readonly formerIncarnation?: string;
  /** What people did on this host beside NATS, oldest first; absent = nothing is known. */
  readonly acts?: readonly HostAct[];
  /** Another agent had the name first: this one is to end. May be called again. */
  readonly onLeave?: () => void;
  /** Counts what is enforced; absent = nobody asks. */
  readonly meter?: AgentMeter;
  /** Called when a loop has finished a pass, well or not; must not throw. */
  readonly onPass?: (loop: AgentLoop) => void;
  /** Version of the agent's program. */
  readonly version: string;
}
