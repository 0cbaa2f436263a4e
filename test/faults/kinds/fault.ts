import { LOST_LEADERSHIP } from '../../../coordinator/coordinator.js';
import { CALL_FAILED } from '../../../proto/nats/complaints.js';
import type { EventType } from '../../../proto/schemas/event.js';
import type { Random } from '../../../shared/random.js';
import type { FaultCluster, LogMark } from '../cluster.js';
import type { Observer } from '../observer.js';
import { COORDINATORS, type ProgramName } from '../programs.js';

/** Families of faults; the short form plays one of each. */
export const FAMILIES = [
  'kill',
  'stop',
  'several',
  'flood',
  'full disk',
  'read-only disk',
  'slow Docker',
  'lying Docker',
  'NATS restarted',
  'NATS emptied',
  'NATS squatted',
] as const;
export type Family = (typeof FAMILIES)[number];
/** What a fault is done to; two that share no part may be played at once. */
export const PARTS = [
  'agent',
  'coordinators',
  'nats',
  'docker',
  'state',
  'store',
  'network',
] as const;
export type Part = (typeof PARTS)[number];

/** One playing of a fault: where, since when, and who led when it began. */
export interface Play {
  readonly cluster: FaultCluster;
  readonly observer: Observer;
  readonly random: Random;
  readonly fromMs: number;
  readonly mark: LogMark;
  readonly leader: ProgramName;
}

/** A fault that can be played at any time, and how one learns of it. */
export interface Fault {
  readonly name: string;
  readonly family: Family;
  readonly touches: readonly Part[];
  /** Least time that it lasts, ms. */
  readonly holdMs: number;
  /** An event, a status or a log says that it happened; absent = nobody is to. */
  readonly told?: (play: Play) => boolean | Promise<boolean>;
  /**
   * What of the knowledge of the cluster it destroys: all that is stored, or the memory of the
   * coordinator that led last. The loss of both at once is not promised. Absent = nothing.
   */
  readonly loses?: 'store' | 'leader';
  /** The leader keeps its lease all the time. */
  readonly keepsLease?: true;
  /** Nobody leads meanwhile, so no limit changes from a second after its begin to its end. */
  readonly isLeaderless?: true;
  readonly begin: (play: Play) => Promise<void>;
  readonly end: (play: Play) => Promise<void>;
}

/** An event of that type came since the fault began. */
export const heard =
  (...types: readonly EventType[]) =>
  ({ cluster, fromMs }: Play): boolean =>
    cluster.events.some(({ atMs, event }) => atMs >= fromMs && types.includes(event.type));

/** A program wrote it to its log since then. */
export const logged =
  (words: RegExp, ...programs: readonly ProgramName[]) =>
  ({ cluster, mark }: Play): boolean =>
    (programs.length === 0 ? COORDINATORS : programs).some((program) =>
      words.test(cluster.saidSince(mark, program)),
    );

/** The same of texts that its code names, so that none is looked for that is not written. */
export const loggedText = (texts: readonly string[], ...programs: readonly ProgramName[]) =>
  logged(new RegExp(texts.map(escapedForPattern).join('|')), ...programs);

const escapedForPattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a coordinator says that has no answer from NATS, or may not lead any more. */
export const NATS_MISSED: readonly string[] = [LOST_LEADERSHIP, ...Object.values(CALL_FAILED)];

/** What `dqoes ps` and `dqoes node status` say now. */
export const shown =
  (words: RegExp) =>
  async ({ cluster }: Play): Promise<boolean> => {
    const told = (await cluster.ask('allocation-list', {}))?.allocations ?? [];
    const reasons = told.flatMap(({ reason, container }) => [reason, container?.reason ?? '']);
    const warnings = (await cluster.node())?.warnings ?? [];
    return [...reasons, ...warnings].some((text) => words.test(text));
  };

/** One of them says so. */
export const anyOf =
  (...told: readonly NonNullable<Fault['told']>[]) =>
  async (play: Play): Promise<boolean> => {
    for (const one of told) if (await one(play)) return true;
    return false;
  };

export const followerOf = (leader: ProgramName): ProgramName =>
  COORDINATORS.find((name) => name !== leader) ?? 'c2';
