import { watchUncontrolled } from '../../agent/wiring/doctor.js';
import { formatDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT, TEXT_FIT } from '../output/fit.js';
import { coresText, latencyText, NO_VALUE } from '../output/format.js';
import { progressText } from '../output/progress.js';
import { shellWord } from '../output/shell-word.js';
import { type Column, printable, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { OutputFormat } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import { type Advice, adviceFor } from './advice.js';
import { labelPrefixFault } from './container.js';

/** The flags of `dqoes advise`. */
export interface AdviceAsked {
  readonly names: readonly string[];
  /** How long to watch, ms. */
  readonly forMs: number;
  readonly dockerSocket?: string;
  readonly labelPrefix?: string;
  readonly output: OutputFormat;
}

/** CPU of one request, such as `120ms`. */
const costText = (seconds: number | null): string =>
  seconds === null ? NO_VALUE : latencyText(seconds * 1000);

/** One line a container. */
export const ADVICE_COLUMNS: readonly Column<Advice>[] = [
  { title: 'CONTAINER', ...NAME_FIT, cell: ({ name }) => name },
  { title: 'IMAGE', wide: true, cell: ({ image }) => image },
  { title: 'REQUESTS', align: 'right', cell: ({ requests }) => String(requests) },
  {
    title: 'CPU/REQUEST',
    align: 'right',
    cell: ({ cpuSecondsPerRequest }) => costText(cpuSecondsPerRequest),
  },
  { title: 'BEST', align: 'right', optional: true, cell: ({ bestMs }) => latencyText(bestMs) },
  { title: 'MEAN', align: 'right', cell: ({ meanMs }) => latencyText(meanMs) },
  { title: 'P95', align: 'right', cell: ({ p95Ms }) => latencyText(p95Ms) },
  { title: 'TARGET', align: 'right', cell: ({ targetMs }) => latencyText(targetMs) },
  { title: 'CPU', align: 'right', optional: true, cell: ({ usedCores }) => coresText(usedCores) },
  { title: 'UP TO', align: 'right', optional: true, cell: ({ peakCores }) => coresText(peakCores) },
  { title: 'TAKES', align: 'right', cell: ({ takesCores }) => coresText(takesCores) },
  {
    title: 'FREES',
    align: 'right',
    optional: true,
    cell: ({ freesCores }) => coresText(freesCores),
  },
  { title: 'WHY NOT', ...TEXT_FIT, cell: ({ why }) => why || NO_VALUE },
];

/**
 * `dqoes advise`: watches containers that nobody controls and prints the labels that would fit.
 * Exit code 3 when there is nothing to advise.
 */
export async function runAdvise(app: App, asked: AdviceAsked): Promise<ExitCode> {
  const { names, forMs, dockerSocket, labelPrefix, output } = asked;
  const fault = labelPrefixFault(labelPrefix);
  if (fault !== undefined) return refuse(app, [fault]);
  if (output === 'table' || output === 'wide')
    app.output.message(`Watching for ${formatDurationMs(forMs)}; Ctrl-C ends it sooner…`);
  const total = Math.round(forMs / 1000);
  const seen = await watchUncontrolled({
    ...{ names, forMs, socketPath: dockerSocket, clock: app.clock, signal: app.signal },
    ...(labelPrefix === undefined ? {} : { labelPrefix }),
    onProgress: (passedMs) => {
      const state = { label: 'watching', done: Math.round(passedMs / 1000), total, unit: 's' };
      app.output.status?.(progressText(state));
    },
  });
  app.output.status?.('');
  if (!seen.ok) return refuse(app, seen.error);
  const containers = seen.value.map((each) => adviceFor(each, labelPrefix ?? 'dqoes.'));
  if (output === 'json' || output === 'yaml') printAnswer(app, { output }, { containers });
  else printAdvice(app, output, containers);
  return containers.some(({ targetMs }) => targetMs !== null) ? 0 : 3;
}

function printAdvice(app: App, output: OutputFormat, containers: readonly Advice[]): void {
  if (containers.length === 0) {
    app.output.problem('Every container that runs here is controlled already, or none runs.');
    return;
  }
  for (const line of tableLines(ADVICE_COLUMNS, containers, listOptions(app, output)))
    app.output.data(line);
  for (const { name, labels } of containers) {
    if (Object.keys(labels).length === 0) continue;
    app.output.data('');
    app.output.data(printable(`Labels for ${name}, to set when it is created:`));
    for (const [key, value] of Object.entries(labels))
      app.output.data(printable(`  --label ${shellWord(`${key}=${value}`)}`));
  }
  app.output.message('Nothing was changed.');
}
