import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { AllocationStatus } from '../../proto/service.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import type { App, Registry } from './app.js';
import { jobStatus } from './job-lookup.js';
import { appFor, type ClusterFlags, wholeNumber, withCluster } from './options.js';
import { refuse, withSession } from './session.js';

interface LogFlags extends ClusterFlags {
  readonly follow?: boolean;
  readonly tail: number;
}
interface LogSource {
  readonly allocation: AllocationStatus;
  readonly containerId: string;
}

/** `dqoes job logs NAME`: what the job's containers on this machine's Docker Engine wrote. */
export function addJobLogs({ program, app, finish }: Registry): void {
  withCluster(program.command('logs <name>'))
    .description("what the job's containers on this machine wrote")
    .option('-f, --follow', 'keep printing until Ctrl-C')
    .option('-n, --tail <lines>', 'how many of the last lines', wholeNumber(0, 100_000), 100)
    .action(async (name: string, flags: LogFlags) => {
      const shown = appFor(app, flags);
      let sources: Result<readonly LogSource[]> = ok([]);
      const code = await withSession(shown, flags, async (session) => {
        const job = await jobStatus(session, name);
        sources = job.ok ? sourcesOf(job.value.spec.name, job.value.allocations) : job;
        return sources.ok ? 0 : refuse(shown, sources.error);
      });
      finish(code === 0 && sources.ok ? await printLogs(shown, sources.value, flags) : code);
    });
}

function sourcesOf(job: string, allocations: readonly AllocationStatus[]): Result<readonly LogSource[]> {
  const sources = allocations.flatMap((allocation) => {
    const containerId = allocation.container?.containerId ?? null;
    return containerId === null ? [] : [{ allocation, containerId }];
  });
  if (sources.length > 0) return ok(sources);
  return err([{ code: 'service.not-found', field: 'name', message: `${job} has no container yet: see dqoes job status ${job}.` }]);
}

async function printLogs(app: App, sources: readonly LogSource[], flags: LogFlags): Promise<ExitCode> {
  const docker = app.config.which('docker');
  if (docker === undefined)
    return refuse(app, [{ code: 'docker.unavailable', field: 'docker', message: 'The docker program is not on this machine: run dqoes job logs on the node, or install docker-cli.' }]);
  const ends = await Promise.all(
    sources.map((source) => printOne(app, source, { docker, flags, prefix: sources.length > 1 ? `${source.allocation.id} | ` : '' })),
  );
  return refuse(app, ends.filter((fault) => fault !== undefined));
}

interface LogRun {
  readonly docker: string;
  readonly flags: LogFlags;
  readonly prefix: string;
}

async function printOne(app: App, source: LogSource, run: LogRun): Promise<Fault | undefined> {
  const args = ['logs', '--tail', String(run.flags.tail), ...(run.flags.follow === true ? ['--follow'] : []), source.containerId];
  const child = spawn(run.docker, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = (): void => void child.kill('SIGTERM');
  app.signal.addEventListener('abort', end, { once: true });
  let problem = '';
  // Docker's own complaint comes on stderr, as do the container's stderr lines; only the exit code tells them apart.
  const [code] = await Promise.all([
    exitOf(child),
    eachLine(child.stdout, (line) => app.output.data(`${run.prefix}${line}`)),
    eachLine(child.stderr, (line) => {
      problem = line;
      app.output.problem(`${run.prefix}${line}`);
    }),
  ]);
  app.signal.removeEventListener('abort', end);
  if (code === 0 || app.signal.aborted) return undefined;
  const { id, node } = source.allocation;
  const cure = `its container is on node ${node ?? 'unknown'}; run dqoes job logs there, or point DOCKER_HOST at its engine`;
  return { code: 'docker.gone', field: id, message: `The log of ${id} cannot be read here (${problem || `exit ${code}`}): ${cure}.` };
}

const exitOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });

async function eachLine(stream: Readable, print: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) print(line);
}
