import type { Fault } from '../../shared/result.js';

/** The fault for a name that does not exist. */
export const notFound = (
  kind: 'job' | 'node' | 'secret' | 'token',
  name: string,
): readonly Fault[] => [
  {
    code: 'service.not-found',
    field: 'name',
    message: `there is no ${kind} ${name}: list them with "dqoes ${kind} ls"`,
  },
];
