/**
 * Load of other programs on a host, outside the containers. Shares are of the CPU of the whole
 * host.
 */
export interface ForeignLoad {
  /** Wanted all the time. */
  readonly steadyRatio: number;
  /** Wanted in bursts, on average over time. */
  readonly burstRatio: number;
  /** Length of a burst, ms. */
  readonly shortestMs: number;
  readonly longestMs: number;
  /** Height of a burst. */
  readonly lowestRatio: number;
  readonly highestRatio: number;
  /** About how long `burstRatio` holds before it changes, ms; null = for ever. */
  readonly changeMs: number | null;
  /** Share of the bursts that copy memory and files instead of computing. */
  readonly memoryRatio: number;
  /** Taken by a hypervisor all the time; only simulated hosts have it. */
  readonly stealRatio: number;
}

/** A change of the conditions at `atMs`; `forMs` null = until the end. */
export type Disturbance =
  | {
      readonly kind: 'stolenCpu';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly node: string;
      readonly cores: number;
    }
  | {
      readonly kind: 'workFactor';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly job: string;
      readonly factor: number;
    }
  | {
      readonly kind: 'rateFactor';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly job: string;
      readonly factor: number;
    }
  | {
      readonly kind: 'target';
      readonly atMs: number;
      readonly job: string;
      readonly targetMs: number;
    }
  /** Other programs on the node run; null = on every node. */
  | {
      readonly kind: 'foreign';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly node: string | null;
      readonly load: ForeignLoad;
    }
  /** Reports of the node (all its jobs) or of one job are lost. */
  | {
      readonly kind: 'silence';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly node: string | null;
      readonly job: string | null;
    };
