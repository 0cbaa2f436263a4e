import type { JobSpec } from '../../shared/job.js';
import type { NodeRecord } from './model.js';

/**
 * Which label that the job asks for the node lacks, in words; undefined = none, or it has not
 * reported yet. Labels of both may change while the job runs there.
 */
export const missingLabel = (
  { report }: Pick<NodeRecord, 'report'>,
  spec: JobSpec,
): string | undefined => labelMissingIn(report?.labels ?? null, spec);

/** The same of labels; null = they are not known. */
export function labelMissingIn(
  labels: Readonly<Record<string, string>> | null,
  { constraints: { labels: wanted } }: JobSpec,
): string | undefined {
  if (labels === null) return undefined;
  for (const key in wanted) {
    const has = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (has !== wanted[key])
      return `its label ${key} is ${has ?? '(none)'}, and the job asks for ${wanted[key]}`;
  }
  return undefined;
}
