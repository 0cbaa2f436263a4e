import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { PolicyName } from '../../proto/schemas/service.js';
import { err, ok, type Result } from '../../shared/result.js';
import { DEFAULT_CONSOLE_PORT } from '../config.js';
import { lineLog } from '../log.js';
import type { ExitCode } from '../output/faults.js';
import { untilAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { openBrowser } from '../shell/browser.js';
import { machineInfo } from '../shell/machine.js';
import { outputFaults, writeWhole } from '../shell/output-files.js';
import { refuse } from '../shell/session.js';
import { forgetAgents } from '../up/forget-agents.js';
import { natsPrograms, slowStart } from '../up/nats-launch.js';
import { endLeftover } from '../up/nats-server.js';
import { emptyFolder, ownFolder } from '../up/own-folder.js';
import { publishAddress } from '../up/running-stacks.js';
import { type Stack, startStack } from '../up/stack.js';
import { lockState } from '../up/state-lock.js';
import { lockPath } from '../up/state-owner.js';
import { type DemoSystem, playDemo } from './demo.js';
import { demoReport } from './demo-report.js';
import { memoryFault } from './jobs.js';
import type { DemoOutcome } from './outcome.js';
import { resultLines, textScreen } from './screen.js';

/** The flags of `dqoes demo`. */
export interface DemoOptions {
  /** Where the result is written as JSON. */
  readonly json?: string;
  readonly keep?: boolean;
  /** Open the page of the console. */
  readonly open?: boolean;
  readonly defaultSeconds: number;
  readonly dqoesSeconds: number;
  readonly policy: PolicyName;
}

const CLUSTER = 'demo';
/** Interval of the policy and window of the reports. */
const INTERVAL_MS = 5000;
const POLL_MS = 5000;
const CALIBRATE_MS = 10_000;
const NODE_DEADLINE_MS = 20_000;

/**
 * `dqoes demo`: real models under plain Docker and then under dqoes. Leaves nothing behind unless
 * `keep` is set.
 */
export async function runDemo(app: App, options: DemoOptions): Promise<ExitCode> {
  const stateDir = join(tmpdir(), `dqoes-demo-${process.getuid?.() ?? 0}`);
  const unwritable = outputFaults({ json: options.json });
  if (unwritable.length > 0) return refuse(app, unwritable);
  const prepared = await prepare(app, stateDir);
  if (!prepared.ok) return refuse(app, prepared.error);
  const notice = slowStart(natsPrograms(app.config.which));
  if (notice !== undefined) app.output.message(notice);
  const started = await startStack({ ...stackOptions(app, stateDir), signal: app.signal });
  if (!started.ok) {
    rmSync(stateDir, { recursive: true, force: true });
    return refuse(app, started.error);
  }
  const stack = started.value;
  try {
    showPage(app, stack.consoleUrl, options.open === true);
    const outcome = await play(app, stack, options);
    if (!outcome.ok) return refuse(app, outcome.error);
    const written = show(app, outcome.value, options);
    if (options.keep === true) await keepRunning(app, stack, stateDir);
    return written;
  } finally {
    app.output.message('cleaning up: containers, NATS, files');
    await stack.stop({ keepJobs: false });
    rmSync(stateDir, { recursive: true, force: true });
  }
}

function showPage({ config, output }: App, url: string | undefined, isOpened: boolean): void {
  if (url === undefined) return;
  output.message(`The same on a page: ${url}/`);
  if (isOpened && !openBrowser(config, `${url}/`))
    output.problem('--open: no browser was found (BROWSER, or xdg-open and a display).');
}

/** Refuses a second demo at the same time, and removes what a killed one left. */
async function prepare(app: App, stateDir: string): Promise<Result<void>> {
  const own = ownFolder(stateDir);
  if (!own.ok) return err([{ code: 'config.bad', field: 'demo', message: own.error }]);
  const claimed = lockState(stateDir);
  if (!claimed.ok)
    return err(
      claimed.error.map((fault) => ({ ...fault, code: 'service.unavailable', field: 'demo' })),
    );
  if (claimed.value.leftover !== undefined) await endLeftover(claimed.value.leftover, app.clock);
  // Its containers are removed, not taken over: no later agent is to wait for what it may have
  // asked Docker for.
  const forgotten = await forgetAgents(stackOptions(app, stateDir), app.clock);
  if (!forgotten.ok) return forgotten;
  // The lock stays: without it a second demo could begin before the parts of this one have it.
  emptyFolder(stateDir, [basename(lockPath(stateDir))]);
  return ok(undefined);
}

function stackOptions(app: App, stateDir: string) {
  const { config, clock, output } = app;
  return {
    stateDir,
    cluster: CLUSTER,
    policy: 'equal',
    // Its own label prefix: containers that opted in to a real agent on this host are not touched.
    agents: [
      {
        overrides: {
          node: 'demo',
          window: `${INTERVAL_MS}ms`,
          'label-prefix': 'dqoes-demo.',
          'push.http-port': '0',
          'push.udp-port': '0',
        },
      },
    ],
    // The listener may double its interval only once: a demo is too short for long rests.
    coordinator: {
      overrides: { interval: `${INTERVAL_MS}ms`, 'max-interval': `${2 * INTERVAL_MS}ms` },
    },
    console: { port: DEFAULT_CONSOLE_PORT, version: app.version },
    programs: natsPrograms(config.which),
    log: lineLog({ write: (line) => output.record(line), clock, level: 'error' }),
    clock,
  } as const;
}

async function play(app: App, stack: Stack, options: DemoOptions): Promise<Result<DemoOutcome>> {
  const system = await systemOf(app, stack);
  if (!system.ok) return system;
  const [defaultMs, dqoesMs] = [options.defaultSeconds * 1000, options.dqoesSeconds * 1000];
  const ended = new AbortController();
  app.signal.addEventListener('abort', () => ended.abort());
  if (app.signal.aborted) ended.abort();
  void stack.died.then((words) => {
    app.output.problem(words);
    ended.abort();
  });
  const played = await playDemo({
    system: system.value,
    policy: options.policy,
    clock: app.clock,
    screen: textScreen((line) => app.output.message(line), app.output.status),
    times: { calibrateMs: CALIBRATE_MS, defaultMs, dqoesMs, lookMs: POLL_MS },
    signal: ended.signal,
  });
  app.output.status?.('');
  return played;
}

async function systemOf(app: App, stack: Stack): Promise<Result<DemoSystem>> {
  const deadline = app.clock.now() + NODE_DEADLINE_MS;
  for (;;) {
    const listed = await stack.call('node-list', {});
    const node = listed.ok ? listed.value.nodes[0] : undefined;
    if (node !== undefined) {
      const short = memoryFault(node.host.allocatableMemoryBytes);
      return short === undefined
        ? ok(demoSystem(stack, node.host.allocatableCpuCores))
        : err([short]);
    }
    if (app.signal.aborted || app.clock.now() > deadline) {
      const message =
        'The agent of this machine did not report in time: does the Docker Engine answer ' +
        '(docker info)?';
      return err([{ code: 'service.unavailable', field: 'node', message }]);
    }
    await app.clock.sleep(100, app.signal);
  }
}

const demoSystem = (stack: Stack, allocatableCores: number): DemoSystem => ({
  allocatableCores,
  submit: async (jobs) => withoutValue(await stack.call('job-submit', { jobs })),
  setPolicy: async (policy) => withoutValue(await stack.call('policy-set', { policy })),
  allocations: async () => {
    const listed = await stack.call('allocation-list', {});
    return listed.ok ? ok(listed.value.allocations) : listed;
  },
  othersCores: async () => {
    const listed = await stack.call('node-list', {});
    return listed.ok ? (listed.value.nodes[0]?.othersCpuCores ?? null) : null;
  },
});

const withoutValue = (result: Result<unknown>): Result<void> =>
  result.ok ? ok(undefined) : result;

function show(app: App, outcome: DemoOutcome, options: DemoOptions): ExitCode {
  const { colour, width = 0 } = app.output;
  for (const line of resultLines(outcome, { colour, width })) app.output.data(line);
  if (options.json === undefined) return 0;
  const report = demoReport(outcome, machineInfo(), INTERVAL_MS);
  const cause = writeWhole(options.json, `${JSON.stringify(report, null, 2)}\n`);
  if (cause === undefined) return 0;
  app.output.problem(
    `--json ${options.json}: cannot be written (${cause}): check the path and its permissions.`,
  );
  return 1;
}

async function keepRunning(app: App, stack: Stack, stateDir: string): Promise<void> {
  // Other commands find the key there.
  const place = { url: stack.natsUrl, cluster: CLUSTER, stateDir };
  const withdraw = publishAddress(app.config.runtimeDirs[0], place);
  app.output.message('');
  app.output.message(
    `Still running. In another terminal: npx dqoes ps --watch --nats ${stack.natsUrl} ` +
      `--cluster ${CLUSTER}`,
  );
  app.output.message('Ctrl-C ends it and cleans up.');
  await Promise.race([untilAborted(app.signal), stack.died]);
  withdraw();
}
