import type { Fault } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { surveyDisk } from './drivers/disk-survey.js';

/**
 * Why no agent with these settings could start, because this process may write nowhere near its
 * state folder; undefined = nothing is known against it. The unit has its own view of the disks.
 */
export function stateTrouble(
  { 'state-dir': folder }: Pick<AgentConfig, 'state-dir'>,
  survey = surveyDisk,
): Fault | undefined {
  const found = survey(folder);
  if (!found.ok || !found.value.isReadOnly) return undefined;
  const message =
    `state-dir: ${folder} is read-only here: mount it for writing, or where the unit lets the ` +
    'agent write below /var/lib/dqoes only, give ReadWritePaths= in a drop-in';
  return { code: 'journal.disk', field: 'state-dir', message };
}
