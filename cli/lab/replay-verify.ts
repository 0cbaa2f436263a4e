import { LAB_POLICIES } from '../../lab/policies/index.js';
import type { Recording } from '../../lab/recording/types.js';
import {
  type Disagreement,
  type ReplayedChange,
  type Verified,
  verify,
} from '../../lab/replay/verify.js';
import type { ExitCode } from '../output/faults.js';
import { type Column, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';
import type { ReplayAsked } from './replay-params.js';

/** Rows shown without `-o wide`. */
const SHOWN = 10;

const cores = (change: ReplayedChange | null): string =>
  change === null
    ? '-'
    : change.to.cpuCores === null
      ? 'none'
      : String(Number(change.to.cpuCores.toFixed(4)));

const COLUMNS: readonly Column<Disagreement>[] = [
  {
    title: 'AT',
    align: 'right',
    cell: ({ recorded, again }) => `${((recorded ?? again)?.atMs ?? 0) / 1000}s`,
  },
  { title: 'ALLOCATION', cell: ({ recorded, again }) => (recorded ?? again)?.allocation ?? '' },
  { title: 'RECORDED', align: 'right', cell: ({ recorded }) => cores(recorded) },
  { title: 'AGAIN', align: 'right', cell: ({ again }) => cores(again) },
  { title: 'RECORDED BECAUSE', wide: true, cell: ({ recorded }) => recorded?.reason ?? '-' },
  { title: 'AGAIN BECAUSE', wide: true, cell: ({ again }) => again?.reason ?? '-' },
];

/**
 * `dqoes lab replay --verify`: repeats the decisions and compares them. Exit code 0 whatever the
 * agreement is; people judge that.
 */
export function verifyRecording(
  app: App,
  recording: Recording,
  { flags, file, params }: ReplayAsked,
): ExitCode {
  const policy = flags.policy ?? recording.header.policy;
  if (policy === null || policy.includes(',')) {
    const why =
      policy === null
        ? 'The recording does not name its policy'
        : 'Only one policy was in force at the start';
    const message = `${why}: name it with --policy NAME.`;
    return refuse(app, [{ code: 'cli.usage', field: 'policy', message }]);
  }
  const policyNamed = (name: string) =>
    Object.hasOwn(LAB_POLICIES, name) ? LAB_POLICIES[name] : undefined;
  const verified = verify({ recording, policyNamed, policy, params: params.params });
  for (const name of verified.unknownPolicies)
    app.output.problem(`${file}: this version has no policy ${JSON.stringify(name)}`);
  if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, { output: flags.output }, verified);
  else printVerified(app, verified, flags.output === 'wide');
  return 0;
}

function printVerified(app: App, verified: Verified, isWide: boolean): void {
  const { recorded, agreed, exact, extra, share, disagreements } = verified;
  const rows = isWide ? disagreements : disagreements.slice(0, SHOWN);
  if (rows.length > 0)
    for (const line of tableLines(COLUMNS, rows, { wide: isWide, colour: app.output.colour }))
      app.output.data(line);
  if (rows.length < disagreements.length)
    app.output.message(
      `${disagreements.length - rows.length} more disagreements: see them with -o wide.`,
    );
  app.output.data(
    `${agreed} of ${recorded} recorded limit changes repeated (${exact} exactly), ` +
      `${extra} not recorded: agreement ${(100 * share).toFixed(1)} %`,
  );
}
