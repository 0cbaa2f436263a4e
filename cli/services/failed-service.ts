import type { Fault } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import type { Supervision } from '../supervision/supervision.js';

/** Of the units: a service that ends so is not started again. */
const FOR_GOOD: ExitCode = 2;

/** Says by what a service ends and returns its exit code, no sooner than the supervision allows. */
export async function failedService(
  app: App,
  supervision: Supervision,
  faults: readonly Fault[],
): Promise<ExitCode> {
  const code = refuse(app, faults);
  if (code !== FOR_GOOD) await supervision.failed(app.signal);
  return code;
}
