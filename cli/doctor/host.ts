import { readHostSettings } from '../../agent/wiring/host-settings.js';
import { ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App } from '../shell/app.js';
import type { ClusterFlags, OutputFormat } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { clearScreen, listOptions, printAnswer } from '../shell/show.js';
import { findingLines } from './lines.js';
import type { DoctorContext, DoctorFinding, DoctorRole, DoctorSection } from './section.js';

/** The flags of `dqoes doctor`. */
export interface HostAsked extends ClusterFlags {
  readonly output: OutputFormat;
  /** `agent.yaml`, or `coordinator.yaml` for that role. */
  readonly config?: string;
  readonly role?: DoctorRole;
  readonly dockerSocket?: string;
  readonly watch?: boolean;
}

/** Time between two looks with `--watch`, ms. */
const WATCH_MS = 10_000;

/**
 * `dqoes doctor`: prints the findings of every section, with `--watch` again and again until
 * Ctrl-C. Exit code 1 when something is missing, at the last look.
 */
export async function runDoctorHost(
  app: App,
  asked: HostAsked,
  sections: readonly DoctorSection[],
): Promise<ExitCode> {
  for (;;) {
    const context = contextOf(app, asked);
    if (!context.ok) return refuse(app, context.error, asked.config);
    const code = await lookOnce(context.value, asked, sections);
    if (asked.watch !== true || app.signal.aborted) return code;
    await app.clock.sleep(WATCH_MS, app.signal);
    if (app.signal.aborted) return code;
  }
}

function contextOf(app: App, asked: HostAsked): Result<DoctorContext> {
  const { config, dockerSocket } = asked;
  const isCoordinator = asked.role === 'coordinator';
  const settings = readHostSettings(isCoordinator ? undefined : config);
  if (!settings.ok) return settings;
  const host = dockerSocket === undefined ? settings.value : { ...settings.value, dockerSocket };
  const role = asked.role ?? (host.file !== undefined && !namesCluster(asked) ? 'agent' : 'user');
  const context: DoctorContext = {
    ...{ app, flags: asked, role, host },
    ...(isCoordinator && config !== undefined ? { coordinatorFile: config } : {}),
  };
  return ok(context);
}

/** Who names a cluster asks as a person. */
const namesCluster = ({ nats, creds, cluster, context }: HostAsked): boolean =>
  [nats, creds, cluster, context].some((each) => each !== undefined);

async function lookOnce(
  context: DoctorContext,
  asked: HostAsked,
  sections: readonly DoctorSection[],
): Promise<ExitCode> {
  const { app } = context;
  const { output } = asked;
  const found = await Promise.all(
    sections.map(async ({ name, look }) => ({ section: name, findings: await look(context) })),
  );
  const findings = found.flatMap((each) => each.findings);
  if (output === 'json' || output === 'yaml') printAnswer(app, asked, { sections: found });
  else {
    if (asked.watch === true) clearScreen(app);
    for (const line of findingLines(shownOf(findings, output), listOptions(app, output)))
      app.output.data(line);
  }
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
}

const shownOf = (findings: readonly DoctorFinding[], output: OutputFormat) =>
  output === 'wide' ? findings : findings.filter(({ isMinor }) => isMinor !== true);
