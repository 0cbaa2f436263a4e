import { deniedFault } from '../../proto/roles.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { jobStatus } from '../shell/job-lookup.js';
import { appFor, type ClusterFlags, wholeNumber, withCluster } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';

interface LogFlags extends ClusterFlags {
  readonly tail: number;
}

const CALL_TIMEOUT_MS = 10_000;

/** Adds `dqoes job logs NAME`. The agents of the job's nodes answer. */
export function addJobLogs({ program, app, finish }: Registry): void {
  withCluster(program.command('logs <name>'))
    .description("print the last log lines of the job's containers, on any node")
    .option('-n, --tail <lines>', 'lines of each container', wholeNumber(1, 1000), 100)
    .action(async (name: string, flags: LogFlags) => {
      const shown = appFor(app, flags);
      finish(
        await withSession(shown, flags, (session) => printLogs(shown, session, { name, flags })),
      );
    });
}

async function printLogs(
  app: App,
  session: Session,
  asked: { readonly name: string; readonly flags: LogFlags },
): Promise<ExitCode> {
  const job = await jobStatus(session, asked.name);
  if (!job.ok) return refuse(app, job.error);
  const allocations = job.value.allocations.filter(
    ({ node, container }) => node !== null && container?.containerId != null,
  );
  if (allocations.length === 0)
    return refuse(app, [
      {
        code: 'service.not-found',
        field: 'name',
        message:
          `${job.value.spec.name} has no container yet: see dqoes job status ` +
          `${job.value.spec.name}`,
      },
    ]);
  const faults: Fault[] = [];
  for (const allocation of allocations) {
    const lines = await logLines(session, allocation, asked.flags.tail);
    if (!lines.ok) faults.push(...lines.error);
    const prefix = allocations.length > 1 ? `${allocation.id} | ` : '';
    for (const line of lines.ok ? lines.value : [])
      app.output.data(`${prefix}${app.output.terminal ? printable(line) : line}`);
  }
  return refuse(app, faults);
}

async function logLines(
  session: Session,
  { id, node }: AllocationStatus,
  tail: number,
): Promise<Result<readonly string[]>> {
  if (node === null) return ok([]);
  const request = new TextEncoder().encode(JSON.stringify({ allocation: id, tail }));
  const answer = await session.bus.request(session.subjects.logs(node), request, {
    timeoutMs: CALL_TIMEOUT_MS,
  });
  if (!answer.ok && answer.error === 'denied')
    return err([deniedFault('read logs', ['submitter', 'operator'])]);
  if (!answer.ok)
    return err([
      unavailable(
        id,
        `the agent of node ${node} does not answer (${answer.error}); is it running?`,
      ),
    ]);
  const reply = readReply(answer.value.data);
  return (
    reply ??
    err([
      unavailable(
        id,
        `the agent of node ${node} sent an unknown answer: use one version of dqoes everywhere`,
      ),
    ])
  );
}

function readReply(data: Uint8Array): Result<readonly string[]> | undefined {
  let parsed: { readonly lines?: unknown; readonly fault?: Partial<Fault> } | null;
  try {
    parsed = JSON.parse(new TextDecoder().decode(data)) as typeof parsed;
  } catch {
    return undefined;
  }
  if (Array.isArray(parsed?.lines)) return ok(parsed.lines.map(String));
  const { code, message } = parsed?.fault ?? {};
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return err([{ code, field: 'name', message }]);
}

const unavailable = (id: string, why: string): Fault => ({
  code: 'service.unavailable',
  field: id,
  message: `The log of ${id} cannot be read: ${why}`,
});
