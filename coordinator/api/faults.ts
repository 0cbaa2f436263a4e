import type { StoppingJob } from '../../proto/schemas/status.js';
import { nameMeant } from '../../shared/nearest.js';
import type { Fault } from '../../shared/result.js';
import { cutText } from '../../shared/text.js';

/** What the request calls the name. */
const FIELDS = { job: 'name', secret: 'name', node: 'id', token: 'id' } as const;

/** The fault for a name that does not exist, with the one of `known` that may be meant. */
export const notFound = (
  kind: 'job' | 'node' | 'secret' | 'token',
  name: string,
  known: Iterable<string> = [],
): readonly Fault[] => [
  {
    code: 'service.not-found',
    field: FIELDS[kind],
    message:
      `there is no ${kind} ${name}${nameMeant(name, known)}: list them with ` +
      `"dqoes ${kind} ls"`,
  },
];

/** The longest message of a fault (`fault` in `proto/schemas/service`). */
const MAX_MESSAGE = 4096;

/** The fault for a job that was stopped, while hosts still have containers of it. */
export const stillStopping = ({ name, reasons }: StoppingJob): readonly Fault[] => [
  {
    code: 'service.not-found',
    field: FIELDS.job,
    message: cutText(
      `job ${name} was stopped, but is not gone: ${reasons.join('; ')}`,
      MAX_MESSAGE,
    ),
  },
];
