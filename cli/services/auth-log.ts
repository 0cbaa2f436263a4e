import { type KeyAct, keyActsIn } from '../auth/key-acts.js';
import type { ExitCode } from '../output/faults.js';
import { NAME_FIT, TEXT_FIT } from '../output/fit.js';
import { localTimeText } from '../output/format.js';
import { type Column, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { ShowFlags } from '../shell/options.js';
import { refuse } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import type { ListFlags } from './auth.js';
import { openKeys } from './auth-server.js';

/** Shows who made, replaced and revoked keys, oldest first. */
export function showKeyActs(app: App, flags: ListFlags): ExitCode {
  const keys = openKeys(app, flags);
  if (!keys.ok) return refuse(app, keys.error);
  const { folder, record } = keys.value;
  const acts = keyActsIn(folder);
  if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, flags as ShowFlags, { cluster: record.cluster, acts });
  else if (flags.quiet === true) for (const { name } of acts) app.output.data(name);
  else if (acts.length === 0) app.output.message('Nothing was noted of these keys yet.');
  else
    for (const line of tableLines(KEY_ACT_COLUMNS, acts, listOptions(app, flags.output)))
      app.output.data(line);
  return 0;
}

/** Columns of `dqoes auth log`; times are local. */
export const KEY_ACT_COLUMNS: readonly Column<KeyAct>[] = [
  { title: 'TIME', cell: ({ timeMs }) => localTimeText(timeMs) },
  { title: 'BY', ...NAME_FIT, cell: ({ by }) => by },
  { title: 'WHAT', cell: ({ what }) => what },
  { title: 'NAME', ...NAME_FIT, cell: ({ name }) => name },
  { title: 'ROLE', cell: ({ role }) => role },
  { title: 'PUBLIC KEY', ...TEXT_FIT, cell: ({ publicKey }) => publicKey },
];
