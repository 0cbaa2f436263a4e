import {
  type PageFinding,
  type PageQuery,
  readPages,
  type SavedPage,
} from '../../agent/doctor/metrics-page.js';
import { err, type FileFault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import type { OutputFormat } from '../shell/options.js';
import { readText } from '../shell/read-text.js';
import { refuse } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import { factLines } from './facts.js';
import { findingFacts } from './finding.js';

/** Larger pages are refused, bytes. */
const PAGE_MAX_BYTES = 64 * 1024 * 1024;

/** The arguments of `dqoes doctor metrics`. */
export interface MetricsAsked {
  readonly files: readonly [string, string];
  readonly query: PageQuery;
  /** Between the pages, s. */
  readonly seconds?: number;
  readonly output: OutputFormat;
}

/** `dqoes doctor metrics`: two saved pages of one server, the statistic between them. */
export async function runDoctorMetrics(
  app: App,
  { files, query, seconds, output }: MetricsAsked,
): Promise<ExitCode> {
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

/** A finding, with the request rate when the time between the pages is known. */
export type RatedFinding = PageFinding & { readonly requestsPerSecond?: number };
const withRate = (finding: PageFinding, seconds: number | undefined): RatedFinding =>
  seconds === undefined ? finding : { ...finding, requestsPerSecond: finding.requests / seconds };

async function readSaved(app: App, file: string): Promise<Result<SavedPage, readonly FileFault[]>> {
  const refusal = (message: string) => err([{ code: 'cli.usage', field: 'page', file, message }]);
  const name = file === '-' ? 'stdin' : file;
  const text = await readText(app, file, { maxBytes: PAGE_MAX_BYTES });
  return text.ok ? ok({ name, text: text.value }) : refusal(`the page ${text.error}`);
}
