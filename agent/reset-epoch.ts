import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from '../shared/clock.js';
import type { StateVersion } from '../shared/command.js';
import { messageOf } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { AgentConfig } from './config.js';
import { JOURNAL_FILE } from './enforce/journal.js';
import { forgetVersion } from './enforce/ledger.js';
import {
  type EngineShare,
  engineOf,
  engineStoreBeside,
  engineStoreIn,
  noteActIn,
  openJournal,
  shareOf,
} from './wiring/engine.js';
import { ShareLocks } from './wiring/share-locks.js';
import { foldersWithin } from './wiring/state-folders.js';

/** What an agent had obeyed last, and obeys no more. */
export interface ResetEpoch {
  readonly stateDir: string;
  /** null = it had obeyed nothing. */
  readonly forgotten: StateVersion | null;
}

/** Where the journals are. */
export interface ResetOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** State folder of an agent or of `dqoes up`; absent = that of the settings. */
  readonly folder?: string;
  /** User who asks for it, for the list of acts. */
  readonly by: string;
}

/**
 * Lets the agents of a state folder obey the next desired state they get, whatever its version: the
 * cure after a forged one. Limits and originals stay as they are. Refused while the agent runs,
 * because it holds the version in memory, and where there is no journal.
 */
export async function resetEpoch(
  config: AgentConfig,
  options: ResetOptions,
): Promise<Result<readonly ResetEpoch[]>> {
  const { clock, folder = config['state-dir'] } = options;
  const folders = foldersWithin(folder).filter((each) => existsSync(join(each, JOURNAL_FILE)));
  if (folders.length === 0) return err([noJournal(resolve(folder))]);
  const engine = await engineOf(config, clock);
  if (!engine.ok) return engine;
  const locks = new ShareLocks(engine.value.engineId, clock);
  try {
    const reset: ResetEpoch[] = [];
    for (const stateDir of folders) {
      const share = await registeredShare(config, { engineId: engine.value.engineId, stateDir });
      const shared = await locks.hold(share, stateDir);
      const locked = shared.ok ? await locks.holdFolder(share, stateDir) : shared;
      if (!locked.ok) return locked;
      const forgotten = await forgetIn(stateDir, options.log);
      if (!forgotten.ok) return forgotten;
      const { epoch, revision } = forgotten.value ?? { epoch: 0, revision: 0 };
      const what = `forgot version ${epoch}.${revision}`;
      const act = { timeMs: clock.wall(), verb: 'reset-epoch', who: options.by, what } as const;
      await noteActIn(stateDir, options.log, act);
      reset.push({ stateDir, forgotten: forgotten.value });
    }
    return ok(reset);
  } finally {
    await locks.release();
    engine.value.close();
  }
}

/** Whose journal it is: as its agent registered it, else as the settings say. */
async function registeredShare(
  config: AgentConfig,
  { engineId, stateDir }: { readonly engineId: string; readonly stateDir: string },
): Promise<EngineShare> {
  const places = [
    engineStoreIn(config['records-dir'], engineId),
    engineStoreBeside(stateDir, engineId),
  ];
  for (const { registry } of places) {
    const { entries } = await registry.list();
    const entry = entries.find((each) => each.stateDir === stateDir);
    if (entry !== undefined) return entry;
  }
  return shareOf(config);
}

async function forgetIn(stateDir: string, log: Log): Promise<Result<StateVersion | null>> {
  const journal = await openJournal(stateDir, log);
  if (!journal.ok) return journal;
  const { holds } = journal.value.ledger;
  try {
    await journal.value.update(forgetVersion(journal.value.ledger));
  } catch (cause) {
    const message = `the journal in ${stateDir} cannot be written: ${messageOf(cause)}`;
    return err([{ code: 'journal.torn', field: 'state-dir', message }]);
  }
  return ok(holds);
}

const noJournal = (folder: string): Fault => ({
  code: 'config.bad',
  field: 'state-dir',
  message:
    `no agent has a journal in ${folder}: give the state folder of the agent or of dqoes up with ` +
    '--state',
});
