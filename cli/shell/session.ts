import type { Bus } from '../../proto/bus.js';
import { deniedFault } from '../../proto/roles.js';
import type { ServiceCalls } from '../../proto/schemas/service.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import { silentLog } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import { serverUser } from '../server-user.js';
import { natsTarget } from '../target/nats-target.js';
import type { App } from './app.js';
import type { ClusterFlags } from './options.js';

const CALL_TIMEOUT_MS = 5000;

/** A connection to a cluster's coordinator. */
export interface Session {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly cluster: string;
  /** Version of the NATS server; '' = it does not say it. */
  readonly natsVersion: string;
  call<V extends keyof ServiceCalls>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<Result<ServiceCalls[V]['response']>>;
}

/**
 * Connects, runs and closes. A server that does not answer, or that no longer accepts the key, is
 * one sentence and exit code 1.
 */
export async function withSession(
  app: App,
  flags: ClusterFlags,
  run: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const target = natsTarget(app.config, flags);
  if (!target.ok) return refuse(app, target.error);
  const { url, auth, tls, cluster, hint, runBy } = target.value;
  // Loaded here, so that a command which does not connect starts without it.
  const { connectNats } = await import('../../proto/nats/connect.js');
  const { callService } = await import('../../proto/service-client.js');
  let onKeyRefused = (): void => {};
  const keyRefused = new Promise<'key-refused'>((resolve) => {
    onKeyRefused = () => resolve('key-refused');
  });
  const client = await connectNats({
    servers: url.split(',').map((server) => server.trim()),
    name: 'dqoes cli',
    log: silentLog,
    onRefused: (refusal) => {
      // A request that was refused says so itself.
      if (refusal.listening) app.output.problem(faultLine(notHeard(refusal.subject)));
    },
    onKeyRefused,
    serverUser,
    ...(runBy === undefined ? {} : { runBy }),
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
  });
  if (!client.ok) return refuse(app, [notReached(client.error, hint)]);
  const { bus, serverVersion: natsVersion } = client.value;
  const subjects = subjectsOf(cluster);
  try {
    const call: Session['call'] = (verb, request) =>
      callService({ bus, subjects, timeoutMs: CALL_TIMEOUT_MS }, verb, request);
    const running = run({ bus, subjects, cluster, natsVersion, call });
    const ended = await Promise.race([running, keyRefused]);
    return ended === 'key-refused' ? refuse(app, [NO_LONGER_ACCEPTED]) : ended;
  } finally {
    await bus.close();
  }
}

/** What was asked for, checked as far as that takes no cluster. */
export interface CheckedRun<T> {
  readonly flags: ClusterFlags;
  readonly checked: Result<T>;
}

/** As `withSession`; what no cluster could be asked for is refused without a connection. */
export const withChecked = async <T>(
  app: App,
  { flags, checked }: CheckedRun<T>,
  run: (session: Session, asked: T) => Promise<ExitCode>,
): Promise<ExitCode> =>
  checked.ok
    ? withSession(app, flags, (session) => run(session, checked.value))
    : refuse(app, checked.error);

const notReached = (message: string, hint: string | undefined): Fault => ({
  code: 'nats.unavailable',
  field: 'nats',
  message: hint === undefined ? message : `${message} ${hint}.`,
});

const NO_LONGER_ACCEPTED: Fault = {
  code: 'auth.denied',
  field: 'creds',
  message:
    'The NATS server no longer accepts the key of this command: it was revoked, or another was ' +
    'made in its place. Give a valid one with --creds; dqoes auth add-user makes one.',
};

const notHeard = (subject: string): Fault =>
  deniedFault(`follow what the programs of the cluster say (${subject})`, ['operator']);

/** Prints the faults of a refusal and returns their exit code. */
export function refuse(app: App, faults: readonly Fault[], file?: string): ExitCode {
  for (const fault of faults) app.output.problem(faultLine(fault, file));
  return exitCodeOf(faults);
}
