import {
  type JobName,
  type NodeId,
  parseJobName,
  parseNodeId,
  parseSecretName,
  type SecretName,
} from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';

/** The name of a job that is an operand of a command. */
export const jobAsked = (text: string): Result<JobName> => asked('name', parseJobName(text));
/** The name of a node, likewise. */
export const nodeAsked = (text: string): Result<NodeId> => asked('node', parseNodeId(text));
/** The name of a secret, likewise. */
export const secretAsked = (text: string): Result<SecretName> =>
  asked('name', parseSecretName(text));

/** Each of several; the faults are those of all. */
export function allAsked<T>(
  texts: readonly string[],
  parse: (text: string) => Result<T>,
): Result<readonly T[]> {
  const read = texts.map(parse);
  const faults = read.flatMap((each) => (each.ok ? [] : each.error));
  return faults.length > 0
    ? err(faults)
    : ok(read.flatMap((each) => (each.ok ? [each.value] : [])));
}

const asked = <T>(field: string, name: Result<T, string>): Result<T> =>
  name.ok ? name : err([{ code: 'cli.usage', field, message: name.error }]);
