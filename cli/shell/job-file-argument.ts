import { existsSync, statSync } from 'node:fs';
import type { JobSpec } from '../../shared/job.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from './app.js';
import { readText } from './read-text.js';
import { refuse } from './session.js';

/**
 * Reads the jobs of a file (`-` = standard input). Prints the faults of a bad file and returns
 * their exit code instead.
 */
export async function readJobs(
  app: App,
  file: string,
): Promise<{ readonly specs: readonly JobSpec[] } | { readonly exit: ExitCode }> {
  const { JOB_FILE_MAX_BYTES, parseJobFile } = await import('../job-file/parse.js');
  const name = file === '-' ? 'stdin' : file;
  const bounds = { maxBytes: JOB_FILE_MAX_BYTES, isUtf8Only: true };
  const text = await readText(app, file, bounds);
  if (!text.ok)
    return {
      exit: refuse(
        app,
        [{ code: 'cli.usage', field: 'file', message: `The job file ${text.error}` }],
        name,
      ),
    };
  const specs = parseJobFile(text.value);
  return specs.ok ? { specs: specs.value } : { exit: refuse(app, specs.error, name) };
}

/**
 * Whether an argument that may be a job file or the name of a job is a file (`-` = standard input).
 * A folder is none: it may well be called as a job is.
 */
export const namesJobFile = (about: string): boolean =>
  about === '-' || (existsSync(about) && !statSync(about).isDirectory());
