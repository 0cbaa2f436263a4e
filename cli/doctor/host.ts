import type { ExitCode } from '../output/faults.js';
import { TEXT_FIT } from '../output/fit.js';
import { type Column, type Tone, tableLines, toned } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { OutputFormat } from '../shell/options.js';
import { listOptions, printAnswer } from '../shell/show.js';
import type { DoctorFinding, DoctorSection, DoctorState } from './section.js';

const TONES: Readonly<Record<DoctorState, Tone>> = {
  works: 'good',
  limited: 'warn',
  missing: 'bad',
};
const COLUMNS: readonly Column<DoctorFinding>[] = [
  { title: 'WHAT', cell: ({ what }) => what },
  { title: 'STATE', cell: ({ state }) => toned(state, TONES[state]) },
  { title: 'DETAIL', ...TEXT_FIT, cell: ({ detail }) => detail },
  { title: 'WHAT TO DO', ...TEXT_FIT, cell: ({ cure }) => cure },
];

/** `dqoes doctor`: prints the findings of every section. Exit code 1 when something is missing. */
export async function runDoctorHost(
  app: App,
  { output, dockerSocket }: { readonly output: OutputFormat; readonly dockerSocket?: string },
  sections: readonly DoctorSection[],
): Promise<ExitCode> {
  const context = { app, ...(dockerSocket === undefined ? {} : { dockerSocket }) };
  const found = await Promise.all(
    sections.map(async ({ name, look }) => ({ section: name, findings: await look(context) })),
  );
  const findings = found.flatMap((each) => each.findings);
  if (output === 'json' || output === 'yaml') printAnswer(app, { output }, { sections: found });
  else
    for (const line of tableLines(COLUMNS, findings, listOptions(app, output)))
      app.output.data(line);
  return findings.some(({ state }) => state === 'missing') ? 1 : 0;
}
