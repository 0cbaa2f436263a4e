import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import { type AllocationId, type ContainerId, toSafeId } from '../../shared/ids.js';
import type { Result } from '../../shared/result.js';
import { withinCpus } from '../containers/fewer-cpus.js';
import {
  containerNameOf,
  hasOwnName,
  isOurs,
  OWN_CONTAINER_LABELS,
  type Owner,
} from '../containers/host-config.js';
import {
  coresOf,
  type KernelCpu,
  OWN_ORIGINAL,
  restoreOf,
  showCores,
} from '../containers/limits.js';
import { isNoWeight } from '../containers/weight.js';
import type { ContainerEngine, EngineContainer, EngineFailure } from '../ports/engine.js';
import { updateWithBurst } from './burst.js';
import type { Journal } from './journal.js';
import type { KernelLimits } from './kernel-limits.js';
import { forget, putBack } from './ledger.js';
import { entryOf, type LedgerEntry } from './ledger-entry.js';
import { entryOfRecord } from './original-records.js';
import { originalBurstOf, unknownSettings } from './originals.js';
import { type Original, showSettings, whyNotBack } from './put-back.js';

interface RestoreFailure {
  readonly allocation: AllocationId;
  readonly reason: string;
}
/** What became of one container. */
export interface RestoredContainer {
  readonly containerId: ContainerId;
  /** Its short id where the Engine does not tell its name. */
  readonly name: string;
  readonly outcome: 'restored' | 'gone' | 'failed';
  /** What it has now, for people; '' = not known. */
  readonly now: string;
  /** Why it is not as it was; '' = it is. Of one that is restored: as far as there are CPUs. */
  readonly reason: string;
}
/** What was put back, and what could not be. */
export interface RestoreReport {
  readonly restored: readonly AllocationId[];
  readonly gone: readonly AllocationId[];
  readonly failed: readonly RestoreFailure[];
  /** All of them by container. */
  readonly containers: readonly RestoredContainer[];
  /** Why journals or records hold on to what was put back; empty = they do not. */
  readonly notForgotten: readonly string[];
  /** Why containers of ours that nothing else knows could not be found; '' = they could. */
  readonly notListed: string;
}

/** What a restore uses. */
export interface RestoreDeps {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly clock: Clock;
  readonly limitHooked?: boolean;
  /** CPUs on line; absent = not known. */
  readonly hostCpus?: number;
}

/**
 * Puts back the settings found before the first touch and reads them back. Our own containers (of
 * `owners`) lose their limit even when the journal does not know them; what only the journal's
 * records know is put back, too. What was seen to be back or gone is forgotten, what fails stays
 * for the next try; a disk that refuses is in the report. Idempotent.
 */
export async function restoreAll(
  host: RestoreDeps,
  journal: Journal,
  owners: readonly Owner[],
): Promise<RestoreReport> {
  const { records, ledger } = journal;
  const restoreEach = (entries: readonly LedgerEntry[]): Promise<Done> =>
    Promise.all(
      entries.map(async (entry) => ({ entry, result: await restoreEntry(entry, journal, host) })),
    );
  const unknownOf = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
    entries.filter(({ containerId }) => entryOf(ledger, containerId) === undefined);
  const recorded = unknownOf((records?.mine ?? []).map((record) => entryOfRecord(record)));
  const first = await host.engine.list();
  const own = unknownOf(ownEntries(first, owners));
  const known = await restoreEach([...ledger.entries, ...own, ...recorded]);
  // An Engine that was busy may have time now.
  const listed = first.ok ? first : await host.engine.list();
  const late = first.ok ? [] : await restoreEach(unknownOf(ownEntries(listed, owners)));
  const done = [...known, ...late];
  const idsOf = (isMeant: (one: Done[number]) => boolean): readonly ContainerId[] =>
    done.flatMap((one) => (isMeant(one) ? [one.entry.containerId] : []));
  const finished = idsOf((one) => one.result?.outcome !== 'failed' && !staysNoted(one));
  const notForgotten = await forgetBack({ finished, noted: idsOf(staysNoted) }, journal);
  return { ...reportOf(done), notForgotten, notListed: listed.ok ? '' : listed.error.message };
}

const ownEntries = (
  listed: Result<readonly EngineContainer[], EngineFailure>,
  owners: readonly Owner[],
): readonly LedgerEntry[] =>
  (listed.ok ? listed.value : [])
    .filter((one) => owners.some((owner) => isOwnLimited(one, owner)))
    .map(ownEntry);

/**
 * It was put back, and the journal goes on to know it: it came with more CPUs than there are, and
 * gets the rest when they are there; or it is the container of a job that a person renamed, and
 * nothing else says that it is no copy.
 */
const staysNoted = ({ entry, result }: Done[number]): boolean =>
  result?.outcome === 'restored' && (result.reason !== '' || isRenamed(entry, result.name));

const isRenamed = ({ origin, allocation }: LedgerEntry, name: string): boolean =>
  origin === 'dqoes' && name !== containerNameOf(allocation);

interface PutBack {
  readonly finished: readonly ContainerId[];
  readonly noted: readonly ContainerId[];
}

/** Why it could not be written; empty = it was. */
async function forgetBack(
  { finished, noted }: PutBack,
  journal: Journal,
): Promise<readonly string[]> {
  try {
    // Records first: what the journal still holds is put back once more, while what only a record
    // holds would come to the next agent.
    await journal.records?.forget(finished);
    await journal.update(finished.reduce(forget, noted.reduce(putBack, journal.ledger)));
    return [];
  } catch (cause) {
    return [messageOf(cause)];
  }
}

/**
 * Puts one container back and reads it back; the journal is left as it is. null = left alone on
 * purpose.
 */
export const restoreEntry = (
  entry: LedgerEntry,
  journal: Journal,
  host: RestoreDeps,
): Promise<RestoredContainer | null> => restoreOne(withRecord(entry, journal), host);

// The record holds what was found first; the entry may be from before there were records.
function withRecord(entry: LedgerEntry, { records }: Journal): LedgerEntry {
  const record = entry.origin === 'label' ? records?.get(entry.containerId) : undefined;
  return record === undefined ? entry : { ...entry, ...entryOfRecord(record, entry.allocation) };
}

type Done = readonly { readonly entry: LedgerEntry; readonly result: RestoredContainer | null }[];

function reportOf(done: Done): Omit<RestoreReport, 'notForgotten' | 'notListed'> {
  const by = (outcome: RestoredContainer['outcome']) =>
    done.flatMap(({ entry, result }) =>
      result?.outcome === outcome ? [{ ...entry, reason: result.reason }] : [],
    );
  return {
    restored: by('restored').map(({ allocation }) => allocation),
    gone: by('gone').map(({ allocation }) => allocation),
    failed: by('failed').map(({ allocation, reason }) => ({ allocation, reason })),
    containers: done.flatMap(({ result }) => result ?? []),
  };
}

/** null = left alone on purpose. */
async function restoreOne(
  entry: LedgerEntry,
  host: RestoreDeps,
): Promise<RestoredContainer | null> {
  const { containerId, original } = entry;
  const found = await host.engine.find(containerId);
  const container = found.ok ? found.value : undefined;
  const base = {
    containerId,
    name: container?.name || containerId.slice(0, 12),
    now: '',
    reason: '',
  };
  if (!found.ok && found.error.kind === 'gone') return { ...base, outcome: 'gone' };
  // A container of ours was started with its limit, and lifting it now could cut it off its GPU. An
  // adopted one had another limit before we touched it, and gets that back.
  if (entry.origin === 'dqoes' && container?.gpuInjection === 'hook' && host.limitHooked !== true)
    return null;
  const life = container === undefined ? { ...entry, lifeId: '', pid: 0 } : lifeOf(container);
  const weight = (await kernelOf(host, container))?.weight ?? null;
  const current = container?.cpu ?? unknownSettings(entry.applied);
  const { hostCpus } = host;
  const settings = restoreOf(original, current, { weight, hostCpus });
  const within = settings.nanoCpus > 0 ? withinCpus(original, hostCpus) : original;
  const wanted = { original: within, burstUs: originalBurstOf(entry, entry) };
  const updated = await updateWithBurst(host, { life, settings, burstUs: wanted.burstUs });
  if (!updated.ok && updated.error.kind === 'gone') return { ...base, outcome: 'gone' };
  // A warning means that the Engine left it as it was.
  const reason = updated.ok ? updated.value[0] : updated.error.message;
  if (reason !== undefined) return { ...base, outcome: 'failed', reason };
  const back = await readBack(base, wanted, host);
  const isAll = within === original || back.outcome !== 'restored';
  return isAll ? back : { ...back, reason: shortReason(coresOf(original), hostCpus) };
}

const shortReason = (cores: number | null, hostCpus = 0): string =>
  `it came with ${showCores(cores)} and has all ${hostCpus} CPUs of this host: where there are ` +
  'more, run dqoes agent restore again, or start the agent';

/** The kernel may lag the Engine's answer by a moment. */
const READ_BACK_PAUSES_MS = [0, 5, 20, 100];

async function readBack(
  base: Omit<RestoredContainer, 'outcome'>,
  wanted: Original,
  host: RestoreDeps,
): Promise<RestoredContainer> {
  let last: RestoredContainer = { ...base, outcome: 'failed', reason: 'it was not read back' };
  for (const pauseMs of READ_BACK_PAUSES_MS) {
    if (pauseMs > 0) await host.clock.sleep(pauseMs);
    const found = await host.engine.find(base.containerId);
    if (!found.ok && found.error.kind === 'gone') return { ...base, outcome: 'gone' };
    if (!found.ok) {
      last = { ...last, reason: `it could not be read back: ${found.error.message}` };
      continue;
    }
    const seen = await kernelOf(host, found.value);
    const [reason, now] = [whyNotBack(wanted, found.value, seen), showSettings(found.value, seen)];
    last = {
      ...base,
      name: found.value.name,
      outcome: reason === '' ? 'restored' : 'failed',
      now,
      reason,
    };
    if (reason === '') return last;
  }
  return last;
}

async function kernelOf(
  { kernel }: RestoreDeps,
  container: EngineContainer | undefined,
): Promise<KernelCpu | null> {
  if (container === undefined) return null;
  const read = await kernel.read(lifeOf(container));
  return read.ok ? read.value : null;
}

function isOwnLimited(container: EngineContainer, owner: Owner): boolean {
  const isOwn = hasOwnName(container) && isOurs(container.labels, owner);
  const isLimited = coresOf(container.cpu) !== null || !isNoWeight(container.cpu.shares);
  return isOwn && isLimited && container.gpuInjection !== 'hook';
}

/** The life of a listed container. */
export const lifeOf = ({ id, startedAt, pid }: EngineContainer) => ({
  containerId: id,
  lifeId: `${id}@${startedAt}`,
  pid,
});

const ownEntry = (container: EngineContainer): LedgerEntry => ({
  containerId: container.id,
  allocation: toSafeId(container.labels[OWN_CONTAINER_LABELS.allocation] ?? '') as AllocationId,
  origin: 'dqoes',
  original: OWN_ORIGINAL,
  applied: null,
});
