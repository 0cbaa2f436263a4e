import { err, ok, type Result } from './result.js';

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** A host with an agent. Subject-safe. */
export type NodeId = Branded<string, 'NodeId'>;
/** What a user asked to run. Subject-safe. */
export type JobName = Branded<string, 'JobName'>;
/** A value that jobs get in their environment and nobody else reads. */
export type SecretName = Branded<string, 'SecretName'>;
/**
 * One running instance of a job on one node. `<job>-<ordinal>` for ours, `adopted-<12 hex>` for
 * containers we did not start.
 */
export type AllocationId = Branded<string, 'AllocationId'>;
/** Full 64-hex Docker container id. */
export type ContainerId = Branded<string, 'ContainerId'>;

const SAFE_ID = /^[A-Za-z0-9_-]{1,63}$/;

/**
 * True when `text` may stand as one token of a NATS subject and as a Docker name part
 * (`[A-Za-z0-9_-]`, 1–63).
 */
export const isSafeId = (text: string): boolean => SAFE_ID.test(text);

function parseId<T extends string>(kind: string, text: string): Result<T, string> {
  if (isSafeId(text)) return ok(text as T);
  return err(
    `${kind} ${JSON.stringify(text.slice(0, 80))} is not a valid name: use 1 to 63 of A-Z ` +
      'a-z 0-9 _ -',
  );
}

/** A node's id; the error is a sentence with the cure. */
export const parseNodeId = (text: string): Result<NodeId, string> => parseId<NodeId>('node', text);
/** A job's name; the error is a sentence with the cure. */
export const parseJobName = (text: string): Result<JobName, string> =>
  parseId<JobName>('job', text);
/** A secret's name; the error is a sentence with the cure. */
export const parseSecretName = (text: string): Result<SecretName, string> =>
  parseId<SecretName>('secret', text);
/** An allocation's id; the error is a sentence with the cure. */
export const parseAllocationId = (text: string): Result<AllocationId, string> =>
  parseId<AllocationId>('allocation', text);

/**
 * Makes any text (a container or host name) subject-safe: other characters become `-`. Never empty.
 */
export function toSafeId(text: string): string {
  const safe = text
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  return safe === '' ? 'unnamed' : safe;
}

/** Id of the allocation with this number; a long job name is cut to fit. */
export const allocationIdOf = (job: JobName, ordinal: number): AllocationId =>
  `${job.slice(0, 58)}-${ordinal}` as AllocationId;
/** Id of a container that dqoes did not start. */
export const adoptedAllocationId = (container: ContainerId): AllocationId =>
  `adopted-${container.slice(0, 12)}` as AllocationId;
/** May be true of an allocation of ours, too: a job may be called `adopted`. */
export const isAdoptedId = (id: AllocationId): boolean => id.startsWith('adopted-');
/** The number of an allocation of ours among those of its job; NaN for an adopted one. */
export const ordinalOf = (id: AllocationId): number => Number(id.slice(id.lastIndexOf('-') + 1));

/** Names that reach an object's prototype. */
export const PROTOTYPE_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];
