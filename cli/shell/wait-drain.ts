import { type Command, Option } from 'commander';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { NodeId } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { allocationName } from '../output/format.js';
import { progressText } from '../output/progress.js';
import type { App } from './app.js';
import { duration } from './options.js';
import { isPassing, NO_ANSWER } from './passing.js';
import { refuse, type Session } from './session.js';

/** The flags of a command that can wait until a node is empty. */
export interface DrainFlags {
  /** Only say what would happen. */
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  /** ms */
  readonly waitTimeout: number;
}

const DEFAULT_WAIT_MS = 600_000;
const POLL_MS = 500;

/** `--dry-run`, `--wait` and `--wait-timeout` of `dqoes node drain`. */
export const withDrainWait = (command: Command): Command =>
  command
    .option('--dry-run', 'say what would move where and who would be hurt; change nothing')
    .option('--wait', 'wait until the node runs no job any more')
    .addOption(
      new Option('--wait-timeout <duration>', 'stop waiting after this')
        .argParser(duration)
        .default(DEFAULT_WAIT_MS, formatDurationMs(DEFAULT_WAIT_MS)),
    );

/**
 * Waits until no container of a job is left on a node that is drained. Exit code 1, with what is
 * left and why, when time runs out.
 */
export async function waitForDrain(
  app: App,
  session: Session,
  { node, waitTimeout }: { readonly node: NodeId; readonly waitTimeout: number },
): Promise<ExitCode> {
  const deadline = app.clock.now() + waitTimeout;
  let most = 0;
  try {
    for (;;) {
      const answer = await session.call('node-status', { id: node });
      const isOver = app.signal.aborted || app.clock.now() > deadline;
      if (!answer.ok) {
        if (isOver || !isPassing(answer.error)) return refuse(app, answer.error);
        app.output.status?.(`moving: ${NO_ANSWER}`);
        await app.clock.sleep(POLL_MS, app.signal);
        continue;
      }
      const left = leftOf(answer.value.allocations);
      most = Math.max(most, left.length);
      if (left.length === 0) return 0;
      if (isOver) return refuse(app, await stillThere(session, left, node));
      app.output.status?.(drainText(most - left.length, most));
      await app.clock.sleep(POLL_MS, app.signal);
    }
  } finally {
    app.output.status?.('');
  }
}

/** How many containers have left the node. */
export const drainText = (moved: number, total: number): string =>
  progressText({ label: 'moving', done: moved, total, unit: 'containers' });

/** Containers that dqoes did not start stay where they are. */
const leftOf = (allocations: readonly AllocationStatus[]): readonly AllocationStatus[] =>
  allocations.filter(({ container }) => container?.origin !== 'label');

/** What is left, each with why it stays: a limit says nothing of that, the plan of a drain does. */
async function stillThere(
  session: Session,
  left: readonly AllocationStatus[],
  node: NodeId,
): Promise<readonly Fault[]> {
  // A coordinator of 0.1.0 makes no such plan.
  const plan = await session.call('node-drain-plan', { id: node });
  const stays = new Map(
    plan.ok ? plan.value.stays.map(({ allocation, reason }) => [allocation, reason]) : [],
  );
  return left.map((each) => {
    const reason = stays.get(each.id) ?? each.reason;
    const why = reason === '' ? '' : ` (${reason})`;
    const what = `${allocationName(each)} is still on ${node}${why}`;
    return {
      code: 'node.in-use',
      field: 'node',
      message: `${what}: see dqoes node status ${node}`,
    };
  });
}
