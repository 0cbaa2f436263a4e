import type { AllocationStatus } from '../../proto/schemas/status.js';
import { PS_COLUMNS } from '../output/columns.js';
import { detailLines } from '../output/details.js';
import { driftLines } from '../output/drift.js';
import type { App } from './app.js';
import type { OutputFormat } from './options.js';
import { listOptions, printSentence } from './show.js';

/**
 * Prints, below a blank line, the containers of a job or a node with all that is known of them, and
 * what others changed.
 */
export function printAllocations(
  app: App,
  output: OutputFormat,
  allocations: readonly AllocationStatus[],
): void {
  app.output.data('');
  for (const line of detailLines(PS_COLUMNS, allocations, listOptions(app, output)))
    app.output.data(line);
  for (const line of driftLines(allocations)) printSentence(app, output, line);
}
