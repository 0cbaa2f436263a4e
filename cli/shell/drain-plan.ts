import type { DrainPlan, PlannedStay } from '../../proto/schemas/drain.js';
import type { NodeId } from '../../shared/ids.js';
import { DRAIN_COLUMNS, hurtsNobody } from '../output/drain-columns.js';
import type { ExitCode } from '../output/faults.js';
import { cutLine } from '../output/fit.js';
import { aboutName } from '../output/format.js';
import { effectLine } from '../output/plan-columns.js';
import { printable, tableLines } from '../output/table.js';
import type { App } from './app.js';
import type { ShowFlags } from './options.js';
import { refuse, type Session } from './session.js';
import { listOptions, printAnswer } from './show.js';

/**
 * Prints what draining a node would do. Exit code 3 where a job would miss its target, stay, or
 * another one be hurt.
 */
export async function printDrainPlan(
  app: App,
  session: Session,
  { node, flags }: { readonly node: NodeId; readonly flags: ShowFlags },
): Promise<ExitCode> {
  const answer = await session.call('node-drain-plan', { id: node });
  if (!answer.ok) return refuse(app, answer.error);
  const plan = answer.value;
  if (flags.output === 'json' || flags.output === 'yaml') printAnswer(app, flags, plan);
  else if (flags.quiet === true)
    for (const { allocation } of plan.moves) app.output.data(printable(allocation));
  else print(app, flags, plan);
  return hurtsNobody(plan) ? 0 : 3;
}

function print(app: App, flags: ShowFlags, { node, moves, stays, effects }: DrainPlan): void {
  const options = listOptions(app, flags.output);
  if (moves.length > 0)
    for (const line of tableLines(DRAIN_COLUMNS, moves, options)) app.output.data(line);
  const lines = [...stays.map((stay) => stayLine(node, stay)), ...effects.map(effectLine)];
  for (const line of lines) app.output.data(cutLine(line, options.width));
  if (moves.length + lines.length === 0) app.output.data(`${node} runs nothing.`);
  app.output.message('Nothing was changed.');
}

const stayLine = (node: NodeId, { reason, ...about }: PlannedStay): string =>
  printable(`${aboutName(about)} would stay on ${node}: ${reason}`);
