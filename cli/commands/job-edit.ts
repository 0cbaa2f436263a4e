import type { JobSpec } from '../../shared/job.js';
import type { Fault } from '../../shared/result.js';
import { type ExitCode, faultLine } from '../output/faults.js';
import { shellWord } from '../output/shell-word.js';
import { printable } from '../output/table.js';
import type { App, Registry } from '../shell/app.js';
import { type Editor, openEditor } from '../shell/editor.js';
import { jobStatus } from '../shell/job-lookup.js';
import { jobAsked } from '../shell/names-asked.js';
import { appFor, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withChecked } from '../shell/session.js';
import { withWait } from '../shell/wait.js';
import { type SubmitFlags, submit } from './job-run.js';

/** Adds `dqoes job edit NAME`: the job file in `$EDITOR`, submitted when it is saved. */
export function addJobEdit({ program, app, finish }: Registry): void {
  withWait(withFormat(withCluster(program.command('edit <name>'))))
    .description('change a job in $EDITOR; faults are shown in the file, to be corrected')
    .action(async (name: string, flags: SubmitFlags) => {
      const shown = appFor(app, flags);
      const checked = jobAsked(name);
      finish(
        await withChecked(shown, { flags, checked }, (session) =>
          edit(shown, session, { name, flags }),
        ),
      );
    });
}

interface Asked {
  readonly name: string;
  readonly flags: SubmitFlags;
}

/** The editing of one job; what the person wrote is kept where the cluster did not take it. */
export async function edit(app: App, session: Session, { name, flags }: Asked): Promise<ExitCode> {
  const found = await jobStatus(session, name);
  if (!found.ok) return refuse(app, found.error);
  if (found.value.origin === 'label') return refuse(app, [adopted(name)]);
  const { printJobFile } = await import('../job-file/print.js');
  const editor = await openEditor(app, `${found.value.spec.name}.yaml`);
  if (!editor.ok) return refuse(app, [usage(editor.error)]);
  const text = printJobFile(found.value.spec);
  const editing = { editor: editor.value, before: found.value.spec, text, flags };
  let isTaken = false;
  try {
    return await rounds(app, session, {
      ...editing,
      onTaken: () => {
        isTaken = true;
      },
    });
  } finally {
    const kept = isTaken ? undefined : await keptIn(editing);
    if (kept === undefined) await editor.value.close();
    else app.output.problem(kept);
  }
}

/** That a job is made of containers with labels. */
export const adopted = (name: string): Fault => ({
  code: 'service.adopted',
  field: 'name',
  message:
    `${name} is made of containers that dqoes did not start: change the labels of its containers ` +
    'instead',
});

/** Where the text is that would be lost else; undefined = the person has changed nothing. */
async function keptIn({ editor, text }: Editing): Promise<string | undefined> {
  const saved = await editor.text();
  if (saved === undefined || withoutComments(saved) === text) return undefined;
  return `Your text is kept in ${editor.path}: dqoes job run ${shellWord(editor.path)} submits it.`;
}

interface Editing {
  readonly editor: Editor;
  readonly before: JobSpec;
  readonly text: string;
  readonly flags: SubmitFlags;
}

/** Edits until the file is taken, is saved as it was, or is saved twice with the same faults. */
async function rounds(
  app: App,
  session: Session,
  editing: Editing & { readonly onTaken: () => void },
): Promise<ExitCode> {
  const { editor, before, text, flags, onTaken } = editing;
  let shown = `${HEADER}${Object.keys(before.env).length > 0 ? ENV_NOTE : ''}${text}`;
  let known = text;
  for (;;) {
    const saved = await editor.edit(shown);
    if (!saved.ok) return refuse(app, [usage(saved.error)]);
    if (app.signal.aborted) return 1;
    const own = withoutComments(saved.value);
    if (own === known) {
      if (known !== text) return 2;
      app.output.message('Nothing was changed.');
      return 0;
    }
    const faults = await faultsOf(session, before, saved.value);
    if (!Array.isArray(faults))
      return submit(app, session, { specs: [faults as JobSpec], flags, onTaken });
    // Another text would be refused for the same reason.
    if (faults.some(({ code }) => ELSEWHERE.test(code))) return refuse(app, faults);
    for (const fault of faults) app.output.problem(faultLine(fault));
    shown = `${HEADER}${faults.map(commentOf).join('')}${own}`;
    known = own;
  }
}

/** The coordinator is away or busy, or the key may not do it. */
const ELSEWHERE = /^(?:service\.(?:unavailable|busy)|nats\.|auth\.)/;
const HEADER = '# Save and leave to submit; leave it as it is to change nothing.\n';
const ENV_NOTE =
  '# The cluster does not show the values under env: what says (hidden) stays as it is.\n';
const commentOf = (fault: Fault): string => `# ${printable(faultLine(fault))}\n`;

/** Without our comments at the top. */
const withoutComments = (text: string): string => text.replace(/^(?:#.*\n)+/, '');

/** The job, or why it cannot be submitted. */
async function faultsOf(
  session: Session,
  before: JobSpec,
  text: string,
): Promise<JobSpec | Fault[]> {
  const { parseJobFile } = await import('../job-file/parse.js');
  const read = parseJobFile(text);
  if (!read.ok) return [...read.error];
  const [spec, second] = read.value;
  if (spec === undefined || second !== undefined) return [usage('write one job, not several')];
  if (spec.name !== before.name)
    return [usage(`name: keep ${before.name}; dqoes job run FILE makes a job of another name`)];
  const planned = await session.call('job-plan', { jobs: [spec] });
  return planned.ok ? spec : [...planned.error];
}

const usage = (message: string): Fault => ({ code: 'cli.usage', field: 'job', message });
