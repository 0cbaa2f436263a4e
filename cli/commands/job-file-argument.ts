import { readFile } from 'node:fs/promises';
import { messageOf } from '../../shared/errors.js';
import type { JobSpec } from '../../shared/job.js';
import { parseJobFile } from '../job-file/parse.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from './app.js';
import { refuse } from './session.js';

/** The jobs of the file named (`-` = standard input); a refusal is printed, and the exit code it means comes back. */
export async function readJobs(
  app: App,
  file: string,
): Promise<{ readonly specs: readonly JobSpec[] } | { readonly exit: ExitCode }> {
  let text: string;
  try {
    text = file === '-' ? await app.readStdin() : await readFile(file, 'utf8');
  } catch (cause) {
    const message = `The job file cannot be read (${messageOf(cause)}): check the path and your rights.`;
    return { exit: refuse(app, [{ code: 'cli.usage', field: 'file', message }]) };
  }
  const specs = parseJobFile(text);
  return specs.ok ? { specs: specs.value } : { exit: refuse(app, specs.error, file === '-' ? 'stdin' : file) };
}
