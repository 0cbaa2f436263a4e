import type { Fault } from '../../shared/result.js';

/** What the request calls the name. */
const FIELDS = { job: 'name', secret: 'name', node: 'id', token: 'id' } as const;

/** The fault for a name that does not exist. */
export const notFound = (
  kind: 'job' | 'node' | 'secret' | 'token',
  name: string,
): readonly Fault[] => [
  {
    code: 'service.not-found',
    field: FIELDS[kind],
    message: `there is no ${kind} ${name}: list them with "dqoes ${kind} ls"`,
  },
];
