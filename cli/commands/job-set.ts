import { isSameContainer } from '../../shared/fixed-parts.js';
import { MOVES, ON_LOSS } from '../../shared/job.js';
import { defaultMode, STATISTICS } from '../../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { changeLine, diffJob } from '../job-file/diff.js';
import type { ExitCode } from '../output/faults.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { jobStatus } from '../shell/job-lookup.js';
import { jobAsked } from '../shell/names-asked.js';
import { appFor, collect, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withChecked } from '../shell/session.js';
import { withWait } from '../shell/wait.js';
import { adopted } from './job-edit.js';
import { type SubmitFlags, submit } from './job-run.js';
import { FLAG_OF_FIELD, pairsOf } from './run-image.js';

const wordsOf = (choices: readonly string[]): string =>
  `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
/** A key of the job file that can be set, the value's name, and what the help says of it. */
type Settable = readonly [key: string, value: string, text: string];
const SETTABLE: readonly Settable[] = [
  ['target.latency', '<duration>', 'wanted response time, such as 250ms'],
  ['target.statistic', '<statistic>', `statistic that counts: ${wordsOf(STATISTICS)}`],
  ['target.tolerance', '<share>', 'half width of the band'],
  [
    'target.mode',
    '<mode>',
    'band: hold it there; ceiling: at most this. With --stat alone it becomes the usual one of ' +
      'that, if it was the usual one before',
  ],
  ['weight', '<number>', 'importance when not all targets can be met'],
  ['replicas', '<count>', 'number of containers'],
  ['resources.cpu.min', '<cores>', 'never limit below'],
  ['resources.cpu.max', '<cores>', 'never limit above'],
  ['resources.memory', '<size>', 'memory limit, such as 512MiB; takes new containers'],
  ['image', '<image>', 'image; takes new containers'],
  ['onLoss', '<what>', `when its node is down: ${wordsOf(ON_LOSS)}`],
  ['moves', '<what>', `whether it may be moved to another node: ${wordsOf(MOVES)}`],
];
const flagOf = (key: string): string => (key === 'image' ? '--image' : (FLAG_OF_FIELD[key] ?? key));

/** Values by the names that flags have: `cpuMin`. */
export type SetFlags = SubmitFlags & { readonly env?: readonly string[] } & Readonly<
    Record<string, unknown>
  >;

/** Adds `dqoes job set NAME`: some keys of a job that is there; all others stay as they are. */
export function addJobSet({ program, app, finish }: Registry): void {
  const set = withWait(withFormat(withCluster(program.command('set <name>')))).description(
    'change the target or other keys of a job, and leave the rest as it is',
  );
  for (const [key, value, text] of SETTABLE) set.option(`${flagOf(key)} ${value}`, text);
  set
    .option(
      '-e, --env <name=value>',
      'environment variable, beside those it has; may be repeated; takes new containers',
      collect,
    )
    .action(async (name: string, flags: SetFlags) => {
      const shown = appFor(app, flags);
      const checked = await changesAsked({ name, flags });
      finish(
        await withChecked(shown, { flags, checked }, (session) =>
          setKeys(shown, session, { name, flags }),
        ),
      );
    });
}

interface AskedSet {
  readonly name: string;
  readonly flags: SetFlags;
}

interface AskedChanges {
  /** Values by the keys of the job file. */
  readonly changes: readonly (readonly [string, string])[];
  readonly env: Readonly<Record<string, string>>;
}

/** What is to be changed, as far as that can be checked without the job. */
async function changesAsked({ name, flags }: AskedSet): Promise<Result<AskedChanges>> {
  const job = jobAsked(name);
  const env = pairsOf('--env', flags.env ?? []);
  const changes = givenIn(flags);
  const isNothing = changes.length === 0 && flags.env === undefined;
  const faults = [
    ...(job.ok ? [] : job.error),
    ...(isNothing ? [NOTHING] : env.faults),
    ...(await valueFaults(changes)),
  ];
  return faults.length > 0 ? err(faults) : ok({ changes, env: env.values });
}

/** A job that has nothing but what every job has to have. */
const LEAST_JOB = { name: 'job', image: 'image', target: { latency: '1s' } };

/** What no job could have under these keys. */
async function valueFaults(changes: AskedChanges['changes']): Promise<readonly Fault[]> {
  const { parseJobValue } = await import('../job-file/parse.js');
  const read = parseJobValue(withChanges(LEAST_JOB, changes));
  if (read.ok) return [];
  const keys = new Set(changes.map(([key]) => key));
  return read.error.filter(({ field }) => keys.has(field)).map(asFlagFault);
}

/** Changes the keys that the flags name, and says which that were. */
export async function setKeys(
  app: App,
  session: Session,
  { name, flags }: AskedSet,
): Promise<ExitCode> {
  const asked = await changesAsked({ name, flags });
  if (!asked.ok) return refuse(app, asked.error);
  const { changes, env } = asked.value;
  const found = await jobStatus(session, name);
  if (!found.ok) return refuse(app, found.error);
  const { spec: before, origin } = found.value;
  if (origin === 'label') return refuse(app, [adopted(name)]);
  const { jobValue } = await import('../job-file/print.js');
  const { parseJobValue } = await import('../job-file/parse.js');
  const value = withChanges(jobValue(before), changes);
  const variables = { ...((value.env ?? {}) as object), ...env };
  const isUsual = before.target.mode === defaultMode(before.target.statistic);
  if (flags.stat !== undefined && flags.mode === undefined && isUsual)
    delete (value.target as { mode?: string }).mode;
  const after = parseJobValue({ ...value, env: variables });
  if (!after.ok) return refuse(app, after.error.map(asFlagFault));
  const said = diffJob(before, after.value).fields.map((field) => `  ${changeLine(field)}`);
  if (!isSameContainer(before, after.value)) said.push(NEW_CONTAINERS);
  const onTaken = (): void => {
    for (const line of said) app.output.message(printable(line));
  };
  return submit(app, session, { specs: [after.value], flags, onTaken });
}

const givenIn = (flags: SetFlags): readonly (readonly [string, string])[] =>
  SETTABLE.flatMap(([key]) => {
    const text = flags[nameOfFlag(flagOf(key))];
    return typeof text === 'string' ? [[key, text] as const] : [];
  });
const nameOfFlag = (flag: string): string =>
  flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A copy with these values at dotted keys. */
function withChanges(
  value: Readonly<Record<string, unknown>>,
  changes: readonly (readonly [string, string])[],
): Record<string, unknown> {
  const copy = structuredClone(value) as Record<string, unknown>;
  for (const [key, text] of changes) {
    const parts = key.split('.');
    let at = copy;
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[parts.at(-1) ?? key] = text;
  }
  return copy;
}

function asFlagFault(fault: Fault): Fault {
  const key = SETTABLE.map(([each]) => each).find((each) => each === fault.field);
  if (key === undefined) return fault;
  return { ...fault, message: fault.message.replace(key, flagOf(key)) };
}

const NEW_CONTAINERS =
  'Its containers are started again, one after the other where it has several.';
const NOTHING: Fault = {
  code: 'cli.usage',
  field: 'job set',
  message: 'nothing is to be changed: name it, such as --target 250ms',
};
