import type { Host } from './host.js';
import type { Process } from './process.js';
import type { SimCgroups } from './sim-engine.js';

/** What the observer knows of the agent on a host, over all its lives. */
export interface ObservedAgent {
  readonly host: Host;
  /** It was told to put the limits back. */
  readonly isLeaving: boolean;
}

/** A message that an agent publishes, with what its host's cgroups say at that moment. */
export interface Published {
  readonly process: Process;
  readonly cgroups: SimCgroups;
  readonly subject: string;
  readonly data: Uint8Array;
}
