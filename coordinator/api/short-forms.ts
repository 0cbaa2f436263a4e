import type { TokenInfo } from '../../proto/schemas/service.js';
import { hash64Of } from '../../shared/hash.js';
import { type JobSpec, withHiddenEnv } from '../../shared/job.js';
import { formatDurationMs, MAX_DATE_MS } from '../../shared/units.js';
import { deepEqual } from '../state/deep-equal.js';
import type { NodeRecord } from '../state/model.js';

/** Longest name of an image, characters. */
const MAX_IMAGE = 100;

/**
 * A job in short: what most changes are about, and a hash of all but the values of environment
 * variables.
 */
export function shortJob(spec: JobSpec): string {
  const { image, replicas, target, weight, resources } = spec;
  const { minCores, maxCores } = resources.cpu;
  const cpu = maxCores === undefined ? `${minCores}` : `${minCores}-${maxCores}`;
  return [
    `${replicas} x ${shortImage(image)}`,
    `target ${formatDurationMs(target.latencyMs)} ${target.statistic}`,
    `cpu ${cpu}`,
    `weight ${weight}`,
    `spec ${hash64Of(JSON.stringify(withHiddenEnv(spec)))}`,
  ].join(', ');
}

/** Its end, where the tag or the digest stands. */
const shortImage = (image: string): string =>
  image.length > MAX_IMAGE ? `…${image.slice(1 - MAX_IMAGE)}` : image;

/** The short forms of a job before and after it was submitted. */
export function jobChange(
  before: JobSpec | undefined,
  after: JobSpec,
): { readonly before?: string; readonly after: string } {
  if (before === undefined) return { after: shortJob(after) };
  const isNewEnv = !deepEqual(before.env, after.env);
  return {
    before: shortJob(before),
    after: `${shortJob(after)}${isNewEnv ? ', other env' : ''}`,
  };
}

/** A token in short; what makes it good is not part of it. */
export const shortToken = ({ name, role, expiresAtMs }: Omit<TokenInfo, 'createdAtMs'>): string =>
  [
    ...(name === '' ? [] : [name]),
    role,
    // 0.1.0 stored ends after all dates.
    ...(expiresAtMs === undefined || expiresAtMs > MAX_DATE_MS
      ? []
      : [`until ${isoMinute(expiresAtMs)}`]),
  ].join(', ');

const isoMinute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;

/** Whether a node takes part, in short. */
export const shortApproval = ({ isApproved, capacity }: NodeApproval): string =>
  !isApproved
    ? 'waiting'
    : `approved${capacity === null ? '' : `, ${capacity.capacityCpuCores} CPU`}`;
type NodeApproval = Pick<NodeRecord, 'isApproved' | 'capacity'>;
