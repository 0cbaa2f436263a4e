import type { JobStatus } from '../../proto/service.js';
import { parseJobName } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Session } from './session.js';

/** The status of the job of that name. */
export async function jobStatus(session: Session, text: string): Promise<Result<JobStatus>> {
  const name = parseJobName(text);
  if (!name.ok) return err([{ code: 'cli.usage', field: 'name', message: name.error }]);
  const answer = await session.call('job-status', { name: name.value });
  return answer.ok ? ok(answer.value.job) : answer;
}
