import { nameMeant } from '../../shared/nearest.js';
import type { Fault } from '../../shared/result.js';

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
