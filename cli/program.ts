import { Command, CommanderError } from 'commander';
import { messageOf } from '../shared/errors.js';
import { addAdvise } from './commands/advise.js';
import { addAgent } from './commands/agent.js';
import { addAudit } from './commands/audit.js';
import { addAuth, addJoin } from './commands/auth.js';
import { addCapacity } from './commands/capacity.js';
import { addCompletion } from './commands/completion.js';
import { addConsole } from './commands/console.js';
import { addContext } from './commands/context.js';
import { addCoordinator } from './commands/coordinator.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addEvents } from './commands/events.js';
import { addJob } from './commands/job.js';
import { addLab } from './commands/lab.js';
import { addNode } from './commands/node.js';
import { addPolicy } from './commands/policy.js';
import { addPs } from './commands/ps.js';
import { addReport } from './commands/report.js';
import { addRun } from './commands/run-image.js';
import { addSecret } from './commands/secret.js';
import { addToken } from './commands/token.js';
import { addTop } from './commands/top.js';
import { addUp } from './commands/up.js';
import type { ExitCode } from './output/faults.js';
import type { App, Registry } from './shell/app.js';

/** Help texts wrap here, or at the width of a narrower terminal. */
const MAX_HELP_COLUMNS = 100;

const COMMANDS: readonly ((registry: Registry) => void)[] = [
  addUp,
  addDemo,
  addRun,
  addJob,
  addNode,
  addPs,
  addTop,
  addCapacity,
  addEvents,
  addAudit,
  addPolicy,
  addReport,
  addSecret,
  addLab,
  addDoctor,
  addAdvise,
  addAgent,
  addCoordinator,
  addConsole,
  addToken,
  addAuth,
  addJoin,
  addContext,
  addCompletion,
];

/**
 * Parses the command line, runs one command and returns its exit code. Never throws and never ends
 * the process.
 */
export async function runProgram(argv: readonly string[], app: App): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = buildProgram(app, (value) => {
    code = value;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
    app.output.problem(`dqoes failed unexpectedly: ${messageOf(cause).split('\n')[0]}`);
    return 1;
  }
}

/** The program with all its commands; `finish` takes the exit code of the one that runs. */
export function buildProgram(app: App, finish: (code: ExitCode) => void): Command {
  const program = new Command('dqoes')
    .description(
      'Holds every inference container on Docker hosts at the response time its client asked for.',
    )
    .version(app.version, '-V, --version')
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('(--help lists the options)');
  // Before the commands: they inherit both.
  const helpWidth = (): number => Math.min(MAX_HELP_COLUMNS, app.output.width ?? MAX_HELP_COLUMNS);
  program.exitOverride().configureOutput({
    getOutHelpWidth: helpWidth,
    getErrHelpWidth: helpWidth,
    writeOut: (text) => app.output.data(text.trimEnd()),
    writeErr: (text) => app.output.problem(text.trimEnd()),
  });
  for (const add of COMMANDS) add({ program, app, finish });
  return program;
}
