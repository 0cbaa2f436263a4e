import { resolve } from 'node:path';
import type { UnownedJobs } from '../../agent/agent.js';
import type { PolicyName } from '../../proto/schemas/service.js';
import { firstNames } from '../../shared/text.js';
import { versionWith } from '../../shared/version.js';
import { DEFAULT_CLUSTER } from '../config.js';
import { eventLine } from '../events/event.js';
import { subscribeEvents } from '../events/live-events.js';
import { type LogLevel, lineLog } from '../log.js';
import type { MetricsTrouble } from '../monitoring/serve-metrics.js';
import { DEFAULT_NATS_PORT } from '../nats-address.js';
import type { ExitCode } from '../output/faults.js';
import { cutLine } from '../output/fit.js';
import { untilAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { boundHeapGrowth } from '../shell/heap-growth.js';
import type { CommonFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { natsPrograms, slowStart } from '../up/nats-launch.js';
import { publishAddress } from '../up/running-stacks.js';
import { type Stack, startStack } from '../up/stack.js';
import { threadWorkers } from './thread-workers.js';
import { keysIn } from './trusted-keys.js';

/** The flags of `dqoes up`. */
export interface UpFlags extends CommonFlags {
  readonly state?: string;
  readonly natsPort: number;
  readonly cluster?: string;
  readonly policy?: PolicyName;
  readonly keepJobs?: boolean;
  readonly consolePort: number;
  /** `--no-console`. */
  readonly console: boolean;
  readonly agentConfig?: string;
  readonly coordinatorConfig?: string;
  readonly logLevel: LogLevel;
}

/** Runs NATS, coordinator and agent until Ctrl-C or until a part fails. */
export async function runUp(app: App, flags: UpFlags): Promise<ExitCode> {
  const { config, clock, output } = app;
  boundHeapGrowth(config.engineFlags);
  const cluster = flags.cluster ?? config.cluster ?? DEFAULT_CLUSTER;
  const stateDir = resolve(flags.state ?? config.stateDir);
  const programs = natsPrograms(config.which);
  const notice = slowStart(programs);
  if (notice !== undefined) output.message(notice);
  const log = lineLog({ write: (line) => output.record(line), clock, level: flags.logLevel });
  const started = await startStack({
    ...{ stateDir, cluster, programs, signal: app.signal, log, clock },
    workers: (settings, { url, auth, keys }) =>
      threadWorkers(settings, { clock, log, keys, nats: { url, auth, isOwnChild: true } }),
    onMetricsTrouble: (trouble) => output.problem(metricsText(trouble)),
    version: versionWith(app.version, app.build ?? ''),
    ...(flags.console ? { console: { port: flags.consolePort, version: app.version } } : {}),
    ...(flags.policy === undefined ? {} : { policy: flags.policy }),
    ...(flags.natsPort === 0 ? {} : { natsPort: flags.natsPort }),
    ...(flags.agentConfig === undefined ? {} : { agents: [{ file: flags.agentConfig }] }),
    ...(flags.coordinatorConfig === undefined
      ? {}
      : { coordinator: { file: flags.coordinatorConfig } }),
  });
  if (!started.ok) return refuse(app, started.error);
  const stack = started.value;
  const kept = keptPolicy(flags.policy, stack.status().policy);
  if (kept !== undefined) output.problem(kept);
  for (const one of stack.unowned) output.problem(unownedText(stateDir, one));
  const [coordinatorKey] = keysIn(stateDir);
  const withdraw = publishAddress(config.runtimeDirs[0], {
    ...{ url: stack.natsUrl, cluster, stateDir },
    ...(coordinatorKey === undefined ? {} : { coordinatorKey }),
  });
  try {
    return await (app.signal.aborted
      ? end(app, stack, flags)
      : follow(app, stack, { flags, cluster }));
  } finally {
    withdraw();
  }
}

/** What to say of `--policy` where the cluster has stored another one; undefined = nothing. */
export const keptPolicy = (asked: PolicyName | undefined, has: PolicyName): string | undefined =>
  asked === undefined || asked === has
    ? undefined
    : `--policy ${asked} is for a new cluster, and this one has ${has} stored: dqoes policy ` +
      `${asked} changes it.`;

/** What to say of job containers of another cluster, of which the state folder was before. */
export const unownedText = (stateDir: string, { cluster, containers }: UnownedJobs): string =>
  `The state folder ${stateDir} was that of cluster ${cluster} before, whose job containers are ` +
  `left to themselves now (${firstNames(containers, MAX_LISTED, ' ')}): remove them with ` +
  `docker rm --force, or end this dqoes up and start that cluster again with --cluster ${cluster}.`;
const MAX_LISTED = 10;

/** Where the metrics are instead, and what to do about it. */
export function metricsText({ listen, url, why }: MetricsTrouble): string {
  const setting = 'metrics.listen in the file of --coordinator-config sets another one, or off';
  return url === null
    ? `The metrics are not served: ${why}: ${setting}.`
    : `Port ${listen.port} of the metrics is taken, so they are at ${url}: end what has it ` +
        `(ss -ltnp shows that), or leave it so; ${setting}.`;
}

/** How other users reach the cluster; the export stands on a line of its own, to be copied. */
const settingsLine = (url: string, cluster: string): string =>
  'Commands of this user find it without settings; others need a key (dqoes auth add-user) ' +
  `and:\nexport DQOES_NATS_URL=${url} DQOES_CLUSTER=${cluster}`;

const isUsual = (url: string, cluster: string): boolean =>
  url === `nats://127.0.0.1:${DEFAULT_NATS_PORT}` && cluster === DEFAULT_CLUSTER;

/** Prints one line per event, until Ctrl-C or until a part fails. */
async function follow(
  app: App,
  stack: Stack,
  up: { readonly flags: UpFlags; readonly cluster: string },
): Promise<ExitCode> {
  const { output } = app;
  const events = subscribeEvents(stack.bus, stack.subjects, (event) =>
    output.data(cutLine(eventLine(event, app.clock.wall()), output.width)),
  );
  output.message(
    `dqoes is up at ${stack.natsUrl} (cluster ${up.cluster}).\n` +
      'Submit with dqoes job run FILE, look with dqoes ps, stop with Ctrl-C.',
  );
  if (stack.metricsUrl !== null) output.message(`Metrics for Prometheus: ${stack.metricsUrl}`);
  if (stack.consoleUrl !== undefined)
    output.message(
      `The console is at ${stack.consoleUrl}/ (changes need a token: dqoes token create).`,
    );
  if (!isUsual(stack.natsUrl, up.cluster)) output.message(settingsLine(stack.natsUrl, up.cluster));
  const death = await Promise.race([stack.died, untilAborted(app.signal)]);
  events.unsubscribe();
  if (death !== undefined) output.problem(death);
  const code = await end(app, stack, up.flags);
  return death === undefined ? code : 1;
}

async function end(app: App, stack: Stack, flags: UpFlags): Promise<ExitCode> {
  const keepJobs = flags.keepJobs === true;
  app.output.message(
    keepJobs
      ? 'Stopping: containers keep running, limits are restored…'
      : 'Stopping: containers are stopped, limits are restored…',
  );
  await stack.stop({ keepJobs });
  app.output.message('Stopped.');
  return 0;
}
