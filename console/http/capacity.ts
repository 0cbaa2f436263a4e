import type { CapacityRequest } from '../../proto/schemas/capacity.js';
import { parseAddedHosts } from '../../shared/added-hosts.js';
import type { NodeId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Parameter } from './route.js';

/** What `/capacity` may be asked with. */
export const CAPACITY_PARAMETERS: readonly Parameter[] = [
  {
    name: 'without',
    in: 'query',
    pattern: /^[A-Za-z0-9_-]{1,63}(?:,[A-Za-z0-9_-]{1,63}){0,99}$/,
    expected: 'at most 100 ids of nodes with commas between them',
    about: 'who would miss if these nodes stopped, such as h3,h4',
  },
  {
    name: 'add',
    in: 'query',
    pattern: /^[1-9]\d?(?:x(?:0\.[1-9]\d{0,2}|[1-9]\d{0,2}(?:\.\d{1,3})?))?$/,
    expected: 'a number of nodes from 1 to 99, or 2x8 for two of 8 CPU each',
    about: 'what more nodes would win: 2, or 2x8 for two of 8 CPU each',
  },
  {
    name: 'pack',
    in: 'query',
    pattern: /^(?:true|false)$/,
    expected: 'true or false',
    about: 'true: how few nodes would do, and which may be emptied',
  },
];

/** The question in a query whose parameters look as they must. */
export function capacityAsked(query: Readonly<Record<string, string>>): Result<CapacityRequest> {
  const add = query.add === undefined ? undefined : parseAddedHosts(query.add);
  if (add?.ok === false)
    return err([{ code: 'http.bad-request', field: 'add', message: `add: ${add.error}` }]);
  const without = query.without === undefined ? [] : [...new Set(query.without.split(','))];
  return ok({
    parts: query.pack === 'true' ? ['room', 'trades', 'pack'] : ['room', 'trades'],
    ...(without.length === 0 ? {} : { without: without as NodeId[] }),
    ...(add === undefined ? {} : { add: add.value }),
  });
}
