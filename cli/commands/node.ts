import type { NodeScheduling, NodeStatus } from '../../proto/schemas/status.js';
import { allNodes } from '../../proto/service-lists.js';
import type { NodeId } from '../../shared/ids.js';
import { err, type Fault, ok } from '../../shared/result.js';
import { NODE_COLUMNS } from '../output/columns.js';
import { detailLines } from '../output/details.js';
import type { ExitCode } from '../output/faults.js';
import { GPU_COLUMNS } from '../output/gpu.js';
import type { App, Registry } from '../shell/app.js';
import { printDrainPlan } from '../shell/drain-plan.js';
import { nodeAsked } from '../shell/names-asked.js';
import { appFor, type ShowFlags, withCluster, withFormat, withWatch } from '../shell/options.js';
import { refuse, type Session, withChecked, withSession } from '../shell/session.js';
import { listOptions, printAnswer, showListing } from '../shell/show.js';
import { printAllocations } from '../shell/show-allocations.js';
import { withListFormat } from '../shell/unused-options.js';
import { type DrainFlags, waitForDrain, withDrainWait } from '../shell/wait-drain.js';

/** Adds `dqoes node ls|status|cordon|uncordon|drain|approve|unapprove|remove`. */
export function addNode({ program, app, finish }: Registry): void {
  const node = program.command('node').description('list nodes, show one, take one out of use');
  withWatch(withListFormat(withCluster(node.command('ls').alias('list')), app))
    .description('list the nodes')
    .action(async (flags: ShowFlags) => {
      const shown = appFor(app, flags);
      finish(
        await withSession(shown, flags, (session) =>
          showListing(shown, flags, () => nodes(session)),
        ),
      );
    });
  withFormat(withCluster(node.command('status <node>')))
    .description('show one node and its containers')
    .action(async (name: string, flags: ShowFlags) => {
      const shown = appFor(app, flags);
      const checked = nodeAsked(name);
      finish(
        await withChecked(shown, { flags, checked }, (session, id) =>
          status(shown, session, { id, flags }),
        ),
      );
    });
  for (const [verb, { scheduling, does }] of Object.entries(SCHEDULING_VERBS)) {
    const command = withFormat(withCluster(node.command(`${verb} <node>`)));
    (scheduling === 'draining' ? withDrainWait(command) : command)
      .description(does)
      .action(async (name: string, flags: ShowFlags & Partial<DrainFlags>) => {
        const shown = appFor(app, flags);
        const id = nodeAsked(name);
        const checked = id.ok && waitsForNothing(flags) ? err([WAITS_FOR_NOTHING]) : id;
        finish(
          await withChecked(shown, { flags, checked }, (session, id) =>
            set(shown, session, { id, scheduling, flags }),
          ),
        );
      });
  }
  for (const [verb, { call, done, does }] of Object.entries(REGISTRATION_VERBS))
    withFormat(withCluster(node.command(`${verb} <node>`)))
      .description(does)
      .action(async (name: string, flags: ShowFlags) => {
        const shown = appFor(app, flags);
        const checked = nodeAsked(name);
        finish(
          await withChecked(shown, { flags, checked }, (session, id) =>
            register(shown, session, { id, call, done, flags }),
          ),
        );
      });
}

const REGISTRATION_VERBS = {
  approve: {
    call: 'node-approve',
    done: 'approved',
    does: 'let a node take part, with the capacity and the key for secrets that it reports now',
  },
  unapprove: {
    call: 'node-unapprove',
    done: 'not approved any more',
    does: 'take the approval of a node back; its jobs are started elsewhere',
  },
  remove: {
    call: 'node-remove',
    done: 'removed',
    does: 'forget a node that is down or runs no jobs',
  },
} as const;

async function register(
  app: App,
  session: Session,
  asked: {
    readonly id: NodeId;
    readonly call: (typeof REGISTRATION_VERBS)[keyof typeof REGISTRATION_VERBS]['call'];
    readonly done: string;
    readonly flags: ShowFlags;
  },
) {
  const answer = await session.call(asked.call, { id: asked.id });
  if (!answer.ok) return refuse(app, answer.error);
  const { output, quiet } = asked.flags;
  if (output === 'json' || output === 'yaml') printAnswer(app, asked.flags, answer.value);
  else app.output.data(quiet === true ? answer.value.id : `${answer.value.id} ${asked.done}`);
  return 0;
}

const SCHEDULING_VERBS: Readonly<
  Record<string, { readonly scheduling: NodeScheduling; readonly does: string }>
> = {
  cordon: { scheduling: 'cordoned', does: 'place nothing new on the node; what runs there stays' },
  uncordon: { scheduling: 'open', does: 'place jobs on the node again' },
  drain: {
    scheduling: 'draining',
    does: 'place nothing new on the node, and move its jobs to other nodes',
  },
};

const WAITS_FOR_NOTHING: Fault = {
  code: 'cli.usage',
  field: '--wait',
  message: '--wait: with --dry-run nothing moves: leave one of them out',
};

const waitsForNothing = ({ dryRun, wait }: Partial<DrainFlags>): boolean =>
  dryRun === true && wait === true;

async function set(
  app: App,
  session: Session,
  asked: {
    readonly id: NodeId;
    readonly scheduling: NodeScheduling;
    readonly flags: ShowFlags & Partial<DrainFlags>;
  },
): Promise<ExitCode> {
  const { id } = asked;
  if (asked.flags.dryRun === true)
    return printDrainPlan(app, session, { node: id, flags: asked.flags });
  const answer = await session.call('node-set', { id, scheduling: asked.scheduling });
  if (!answer.ok) return refuse(app, answer.error);
  const { output, quiet } = asked.flags;
  if (output === 'json' || output === 'yaml') printAnswer(app, asked.flags, answer.value);
  else
    app.output.data(
      quiet === true ? answer.value.id : `${answer.value.id} ${answer.value.scheduling}`,
    );
  const { wait, waitTimeout = 0 } = asked.flags;
  return wait === true ? waitForDrain(app, session, { node: id, waitTimeout }) : 0;
}

async function nodes(session: Session) {
  const listed = await allNodes(session);
  if (!listed.ok) return listed;
  return ok({
    columns: NODE_COLUMNS,
    rows: listed.value,
    answer: { nodes: listed.value },
    nameOf: (row: NodeStatus) => row.id,
    whenEmpty: 'No nodes yet: start dqoes agent on a host, or dqoes up on this one.',
  });
}

async function status(
  app: App,
  session: Session,
  asked: { readonly id: NodeId; readonly flags: ShowFlags },
) {
  const answer = await session.call('node-status', { id: asked.id });
  if (!answer.ok) return refuse(app, answer.error);
  const { output } = asked.flags;
  if (output === 'json' || output === 'yaml') {
    printAnswer(app, asked.flags, answer.value);
    return 0;
  }
  const options = listOptions(app, output);
  for (const line of detailLines(NODE_COLUMNS, [answer.value.node], { ...options, wide: true }))
    app.output.data(line);
  const { gpus = [] } = answer.value.node;
  if (gpus.length > 0) {
    app.output.data('');
    for (const line of detailLines(GPU_COLUMNS, gpus, options)) app.output.data(line);
  }
  printAllocations(app, output, answer.value.allocations);
  return 0;
}
