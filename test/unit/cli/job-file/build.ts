import { parseJobFile } from '../../../../cli/job-file/parse.js';
import type { Fault } from '../../../../shared/result.js';

/** The shortest job file that is right. */
export const MINIMAL = 'name: a\nimage: b\ntarget: { latency: 800ms }\n';
/** `MINIMAL` with one text replaced. */
export const edited = (from: string, to: string): string => MINIMAL.replace(from, to);

/** The faults of a job file; none when it is right. */
export function faultsOf(text: string): readonly Fault[] {
  const parsed = parseJobFile(text);
  return parsed.ok ? [] : parsed.error;
}
