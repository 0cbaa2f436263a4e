import { readFile } from 'node:fs/promises';
import { type PageFinding, type PageQuery, readPages, type SavedPage } from '../../agent/metrics-root.js';
import { messageOf } from '../../shared/errors.js';
import { err, type FileFault, ok, type Result } from '../../shared/result.js';
import type { App } from '../commands/app.js';
import type { OutputFormat } from '../commands/options.js';
import { refuse } from '../commands/session.js';
import { printAnswer } from '../commands/show.js';
import type { ExitCode } from '../output/faults.js';
import { factLines } from './facts.js';
import { findingFacts } from './finding.js';

/** Larger pages are refused, bytes. */
const PAGE_MAX_BYTES = 64 * 1024 * 1024;

export interface MetricsAsked {
  readonly files: readonly [string, string];
  readonly query: PageQuery;
  /** Between the pages, s. */
  readonly seconds?: number;
  readonly output: OutputFormat;
}

/** `dqoes doctor metrics`: two saved pages of one server, the statistic between them. */
export async function runDoctorMetrics(app: App, { files, query, seconds, output }: MetricsAsked): Promise<ExitCode> {
  const [older, newer] = [await readSaved(app, files[0]), await readSaved(app, files[1])];
  const unread = [older, newer].flatMap((page) => (page.ok ? [] : page.error));
  if (!older.ok || !newer.ok) return refuse(app, unread);
  const found = readPages(older.value, newer.value, query);
  if (!found.ok) return refuse(app, found.error);
  const answer = withRate(found.value, seconds);
  if (output === 'json' || output === 'yaml') printAnswer(app, { output }, answer);
  else for (const line of factLines(findingFacts(answer))) app.output.data(line);
  return 0;
}

export type RatedFinding = PageFinding & { readonly requestsPerSecond?: number };
const withRate = (finding: PageFinding, seconds: number | undefined): RatedFinding =>
  seconds === undefined ? finding : { ...finding, requestsPerSecond: finding.requests / seconds };

async function readSaved(app: App, file: string): Promise<Result<SavedPage, readonly FileFault[]>> {
  const refusal = (message: string) => err([{ code: 'cli.usage', field: 'page', file, message }]);
  try {
    const text = file === '-' ? await app.readStdin() : await readFile(file, 'utf8');
    if (text.length > PAGE_MAX_BYTES) return refusal(`is over ${PAGE_MAX_BYTES} bytes: no server gives such a page`);
    return ok({ name: file === '-' ? 'stdin' : file, text });
  } catch (cause) {
    return refusal(`the page cannot be read (${messageOf(cause)}): check the path and your rights`);
  }
}
