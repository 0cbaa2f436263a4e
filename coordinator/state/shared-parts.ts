import type { JobSpec } from '../../shared/job.js';
import { deepEqual } from './deep-equal.js';

const PARTS = [
  'command',
  'env',
  'target',
  'resources',
  'latency',
  'constraints',
  'ports',
] as const satisfies readonly (keyof JobSpec)[];

/**
 * The same specification with the parts of another one in the place of its own where both say the
 * same, so that thousands of jobs that are much alike are held once but for what they differ in.
 */
export function withPartsOf(spec: JobSpec, like: JobSpec | undefined): JobSpec {
  if (like === undefined || like === spec) return spec;
  const shared: Partial<Record<(typeof PARTS)[number], unknown>> = {};
  let isAny = false;
  for (const part of PARTS) {
    if (spec[part] === like[part] || !deepEqual(spec[part], like[part])) continue;
    shared[part] = like[part];
    isAny = true;
  }
  if (!isAny) return spec;
  const image = spec.image === like.image ? like.image : spec.image;
  return { ...spec, image, ...shared } as JobSpec;
}
