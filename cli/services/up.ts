import { resolve } from 'node:path';
import type { PolicyName } from '../../proto/schemas/service.js';
import { DEFAULT_CLUSTER, DEFAULT_NATS_PORT } from '../config.js';
import { eventLine, readEvent } from '../events/event.js';
import { type LogLevel, lineLog } from '../log.js';
import type { ExitCode } from '../output/faults.js';
import { aborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import type { CommonFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { announce } from '../up/running.js';
import { type Stack, startStack } from '../up/stack.js';

export interface UpFlags extends CommonFlags {
  readonly state?: string;
  readonly natsPort: number;
  readonly cluster?: string;
  readonly policy?: PolicyName;
  readonly keepJobs?: boolean;
  readonly agentConfig?: string;
  readonly coordinatorConfig?: string;
  readonly logLevel: LogLevel;
}

/** NATS, coordinator and agent until Ctrl-C or until a part dies. */
export async function runUp(app: App, flags: UpFlags): Promise<ExitCode> {
  const { config, clock, output } = app;
  const cluster = flags.cluster ?? config.cluster ?? DEFAULT_CLUSTER;
  const stateDir = resolve(flags.state ?? config.stateDir);
  const started = await startStack({
    stateDir,
    cluster,
    programs: {
      natsServer: config.which('nats-server'),
      docker: config.which('docker'),
      setpriv: config.which('setpriv'),
    },
    log: lineLog({ write: (line) => output.problem(line), clock, level: flags.logLevel }),
    clock,
    ...(flags.policy === undefined ? {} : { policy: flags.policy }),
    ...(flags.natsPort === 0 ? {} : { natsPort: flags.natsPort }),
    ...(flags.agentConfig === undefined ? {} : { agents: [{ file: flags.agentConfig }] }),
    ...(flags.coordinatorConfig === undefined
      ? {}
      : { coordinator: { file: flags.coordinatorConfig } }),
  });
  if (!started.ok) return refuse(app, started.error);
  const stack = started.value;
  const withdraw = announce(config.runtimeDirs[0], { url: stack.natsUrl, cluster, stateDir });
  try {
    return await (app.signal.aborted
      ? end(app, stack, flags)
      : follow(app, stack, { flags, cluster }));
  } finally {
    withdraw();
  }
}

/** What others need to reach it, in a line of its own: it is there to be copied. */
const settingsLine = (url: string, cluster: string): string =>
  `Commands of this user find it by themselves; others need:\nexport DQOES_NATS_URL=${url} ` +
  `DQOES_CLUSTER=${cluster}`;

const isUsual = (url: string, cluster: string): boolean =>
  url === `nats://127.0.0.1:${DEFAULT_NATS_PORT}` && cluster === DEFAULT_CLUSTER;

/** One line for each thing that happens, until Ctrl-C or until a part dies. */
async function follow(
  app: App,
  stack: Stack,
  up: { readonly flags: UpFlags; readonly cluster: string },
): Promise<ExitCode> {
  const { output } = app;
  const events = stack.bus.subscribe(stack.subjects.allEvents, ({ data }) => {
    const event = readEvent(data);
    if (event !== undefined) output.data(eventLine(event));
  });
  output.message(
    `dqoes is up at ${stack.natsUrl} (cluster ${up.cluster}). Submit with dqoes job run ` +
      'FILE, look with dqoes ps, end with Ctrl-C.',
  );
  if (!isUsual(stack.natsUrl, up.cluster)) output.message(settingsLine(stack.natsUrl, up.cluster));
  const death = await Promise.race([stack.died, aborted(app.signal)]);
  events.unsubscribe();
  if (death !== undefined) output.problem(death);
  const code = await end(app, stack, up.flags);
  return death === undefined ? code : 1;
}

async function end(app: App, stack: Stack, flags: UpFlags): Promise<ExitCode> {
  const keepJobs = flags.keepJobs === true;
  app.output.message(
    keepJobs
      ? 'Stopping: containers stay, limits are put back…'
      : 'Stopping: containers are stopped, limits are put back…',
  );
  await stack.stop({ keepJobs });
  app.output.message('Stopped.');
  return 0;
}
