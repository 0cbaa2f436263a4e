/**
 * Permanent codes: once released, a code keeps its meaning. `docs/errors.md` lists each; a test
 * compares.
 */
export const ERROR_CODES = {
  'job.unknown-key': 'A job file has a key that is not part of the schema.',
  'job.missing': 'A required field is missing.',
  'job.bad-value': 'A field has a value of the wrong type, unit or range.',
  'job.syntax': 'The file is not valid YAML.',
  'job.duplicate': 'Two documents name the same job.',
  'scenario.unknown-key': 'A scenario file has a key that is not part of the schema.',
  'scenario.missing': 'A required field of a scenario is missing.',
  'scenario.bad-value': 'A field of a scenario has a value of the wrong type, unit or range.',
  'scenario.syntax':
    'The scenario file is not valid YAML or not UTF-8, is too long, or cannot be read.',
  'scenario.duplicate': 'Two nodes or two jobs of a scenario have the same id.',
  'recording.bad': 'A recording cannot be read, or a line of it is not as its format says.',
  'config.bad': 'A configuration value is wrong.',
  'label.unknown': 'A dqoes.* label is not known.',
  'label.bad-value': 'A dqoes.* label has a bad value; the container is not controlled.',
  'label.from-image': 'A dqoes.* label comes from the image, and does not count.',
  'wire.too-large': 'A message is over its size cap.',
  'wire.malformed': 'A message could not be decoded.',
  'wire.schema': 'A message decoded, but a field is missing or of the wrong type.',
  'wire.identity': 'The node in the payload is not the node of the subject.',
  'wire.stale': 'A message is older than one already seen.',
  'wire.implausible': 'A number in a message is too far ahead to be right.',
  'wire.too-many-nodes': 'More nodes report than one coordinator listens to.',
  'wire.incarnation': 'A message belongs to another incarnation of the store.',
  'wire.unsigned': 'No key that is trusted here signed a desired state.',
  'metrics.bad-page':
    "A metrics endpoint's answer is cut off, is not metrics, or is another server's.",
  'docker.unavailable': 'The Docker Engine does not answer.',
  'docker.refused': 'The Docker Engine refused a call.',
  'docker.timeout': 'A call to the Docker Engine ran past its deadline.',
  'docker.gone': 'The container no longer exists.',
  'docker.no-image': 'The image is not on the host and could not be pulled.',
  'docker.no-container': 'No container of that name runs on the host.',
  'engine.held': 'Another agent holds this Docker Engine, or this state folder.',
  'auth.denied': 'The key in use may not do this.',
  'auth.not-owner': 'The job belongs to somebody else.',
  'auth.weight': 'The job weighs more than its submitter may give.',
  'auth.quota': 'The submitter would have more jobs or replicas than it may.',
  'auth.bad-token': 'A token is not known, was revoked or has expired.',
  'auth.bad': 'The folder of keys is not there, or not as it should be.',
  'node.in-use': 'The node runs jobs.',
  'node.twin': 'Two agents of one name report to one cluster.',
  'secret.no-key': 'This coordinator has no key to which secrets can be sealed.',
  'secret.unreadable': 'A sealed secret cannot be opened.',
  'secret.untrusted-key': 'No coordinator that is trusted here signed the key for secrets.',
  'nats.unavailable': 'NATS cannot be reached or started.',
  'store.silent': 'A bucket does not answer, or somebody else writes to it.',
  'store.lost': 'A bucket holds less than the cluster knew.',
  'worker.not-begun': 'A coordinator cannot begin one of its workers.',
  'enforce.mismatch': 'The kernel holds another limit than the one written.',
  'enforce.policy': 'The host policy forbids this.',
  'journal.torn':
    'A journal or record of the agent is torn or unreadable; a torn one is set aside if it can be.',
  'journal.disk': "The disk of the agent's state folder is full, or fails.",
  'gpu.refused': 'A setting of a GPU was refused, or could not be put back.',
  'schedule.no-node': 'No node can take this allocation.',
  'schedule.stalled': 'A change of a job has come no further for 20 min.',
  'allocation.not-running': 'A container of the job does not run.',
  'service.not-found': 'No job, node, secret or policy of that name.',
  'service.adopted': 'The job is made of containers that dqoes did not start.',
  'service.bad-request': 'A service call was not understood.',
  'service.unavailable': 'The coordinator does not answer.',
  'service.busy': 'Too many requests of that kind wait already.',
  'service.no-prices': 'The cluster has no prices, or none in that currency.',
  'service.over-budget': 'No target of the job is as cheap as that.',
  'service.full': 'The cluster holds as many jobs, replicas or bytes as it may.',
  'http.bad-request': 'A request over HTTP has a part that is wrong.',
  'http.no-route': 'There is nothing at this address, or not by this method.',
  'http.refused': 'A request came in the name of another site.',
  'http.too-many': 'A client asks more often, or keeps more open, than it may.',
  'http.no-port': 'The address or port that the console is to listen at cannot be had now.',
  'cli.usage': 'The command line was not understood.',
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** A broken host or a bug, with a permanent code. Expected refusals are `Result` values instead. */
export class DqoesError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DqoesError';
    this.code = code;
  }
}

/** The text of anything that was thrown. */
export const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);

const FILE_TROUBLES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  ENOSPC: 'no space is left on the disk',
  ELOOP: 'its links go in a circle',
  ENAMETOOLONG: 'the name is too long',
  EROFS: 'it is on a disk that is read only',
};

/**
 * Why the operating system did not do something with a file, in plain words with its code; what was
 * thrown as it is where there are none for it.
 */
export function fileTrouble(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const plain = Object.hasOwn(FILE_TROUBLES, code) ? FILE_TROUBLES[code] : undefined;
  return plain === undefined ? messageOf(cause) : `${code}: ${plain}`;
}
