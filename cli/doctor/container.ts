import {
  type ContainerLook,
  lookAtContainer,
  type SourceFinding,
} from '../../agent/wiring/doctor.js';
import { labelPrefixTrouble } from '../../agent/wiring/host-settings.js';
import type { Fault } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import { type ExitCode, faultLine } from '../output/faults.js';
import { TEXT_FIT } from '../output/fit.js';
import { shellWord } from '../output/shell-word.js';
import { type Column, type Tone, tableLines, toned } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { OutputFormat } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { listOptions, printAnswer, printSentence } from '../shell/show.js';

const TONES: Readonly<Record<SourceFinding['state'], Tone>> = {
  found: 'good',
  possible: 'warn',
  none: 'dim',
};
const COLUMNS: readonly Column<SourceFinding>[] = [
  { title: 'SOURCE', cell: ({ source }) => source },
  { title: 'STATE', cell: ({ state }) => toned(state, TONES[state]) },
  { title: 'WHERE', ...TEXT_FIT, cell: ({ where }) => where },
  {
    title: 'REQUESTS',
    align: 'right',
    cell: ({ requests }) => (requests === undefined ? '-' : String(requests)),
  },
  { title: 'MEAN', align: 'right', cell: ({ meanMs }) => timeText(meanMs) },
  { title: 'P95', align: 'right', cell: ({ p95Ms }) => timeText(p95Ms) },
  { title: 'WHAT', ...TEXT_FIT, cell: ({ detail }) => detail },
];
const timeText = (ms: number | null | undefined): string =>
  ms == null ? '-' : formatDurationMs(ms);

/** The flags of `dqoes doctor --container`. */
export interface ContainerAsked {
  readonly container: string;
  readonly seconds: number;
  readonly dockerSocket?: string;
  readonly labelPrefix?: string;
  readonly output: OutputFormat;
}

/** The fault of `--label-prefix` where no agent could have that one; undefined = there is none. */
export function labelPrefixFault(text: string | undefined): Fault | undefined {
  const trouble = text === undefined ? undefined : labelPrefixTrouble(text);
  if (trouble === undefined) return undefined;
  return { code: 'cli.usage', field: '--label-prefix', message: `--label-prefix: ${trouble}` };
}

/**
 * `dqoes doctor --container NAME`: what each source reports, and the labels for the best one. Exit
 * code 2 when its labels are bad, 3 when no source reports anything.
 */
export async function runDoctorContainer(app: App, asked: ContainerAsked): Promise<ExitCode> {
  const { container, seconds, dockerSocket, labelPrefix, output } = asked;
  const fault = labelPrefixFault(labelPrefix);
  if (fault !== undefined) return refuse(app, [fault]);
  if (output === 'table') app.output.message(`Looking at ${container} for ${seconds} s…`);
  const prefix = labelPrefix === undefined ? {} : { labelPrefix };
  const deps = {
    clock: app.clock,
    signal: app.signal,
    seconds,
    socketPath: dockerSocket,
    ...prefix,
  };
  const look = await lookAtContainer(container, deps);
  if (!look.ok) return refuse(app, look.error);
  const best = look.value.sources.find(({ state }) => state === 'found');
  const labels = best === undefined ? {} : labelsFor(best, labelPrefix ?? 'dqoes.');
  if (output === 'json' || output === 'yaml')
    printAnswer(app, { output }, { ...look.value, labels });
  else printLook(app, output, { look: look.value, labels });
  if (look.value.labelFaults.some(({ code }) => code === 'label.bad-value')) return 2;
  return best === undefined ? 3 : 0;
}

/** The labels that a container needs to join, as `docker run` takes them. */
function labelsFor(
  { labels, p95Ms, meanMs }: SourceFinding,
  prefix: string,
): Readonly<Record<string, string>> {
  const source = Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [`${prefix}latency.${key}`, value]),
  );
  const seen = p95Ms ?? meanMs;
  return {
    [`${prefix}enable`]: 'true',
    [`${prefix}target`]: seen == null ? '…' : formatDurationMs(seen),
    [`${prefix}statistic`]: p95Ms == null ? 'mean' : 'p95',
    ...source,
  };
}

function printLook(
  app: App,
  output: OutputFormat,
  {
    look,
    labels,
  }: { readonly look: ContainerLook; readonly labels: Readonly<Record<string, string>> },
): void {
  for (const line of tableLines(COLUMNS, look.sources, listOptions(app, output)))
    app.output.data(line);
  printFaults(app, output, look.labelFaults);
  if (Object.keys(labels).length === 0) {
    app.output.message('No source shows a response time: send some requests and run this again.');
    return;
  }
  app.output.data('');
  app.output.data('Labels to set when the container is created (the target is the observed time):');
  for (const [key, value] of Object.entries(labels))
    app.output.data(`  --label ${shellWord(`${key}=${value}`)}`);
}

function printFaults(app: App, output: OutputFormat, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  app.output.data('');
  app.output.data('Faults in its present labels:');
  for (const fault of faults) printSentence(app, output, `  ${faultLine(fault)}`);
}
