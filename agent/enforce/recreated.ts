import { coresOf } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import type { EngineCpuSettings } from '../ports/engine.js';
import { sameCores } from './in-force.js';
import type { Ledger, LedgerEntry } from './ledger-entry.js';

/** A name is remembered for this long after a container of it was last listed, ms. */
const KEPT_MS = 3_600_000;
const MAX_NAMES = 1000;
/** A tool may read settings some time before it uses them, as while it pulls an image. */
const MAX_SETTINGS = 256;

/** What the newest limited container of a name had before it, and what it has had since. */
interface KnownLimits {
  readonly original: EngineCpuSettings;
  /** As the engine has listed them, the newest last; without those that a person may ask for. */
  readonly settings: Set<string>;
  /** With the last limit of ours, as the engine has listed them; null = it has none. */
  readonly written: string | null;
  readonly seenAtMs: number;
}

/** An adopted container that the ledger knows. */
interface Limited {
  /** As the engine lists it now. */
  readonly cpu: EngineCpuSettings;
  readonly entry: LedgerEntry;
  readonly nowMs: number;
}

/**
 * Adopted containers that a tool makes again from the settings of the one before, as Watchtower
 * does for a newer image: our limit is among those, so that the new container comes with it. It is
 * known by the name and by settings that the one before has had, and its original is that of the
 * one before: a limit of ours is never taken for an original. Where a person may have asked for the
 * same, only the last settings count. Remembered while this agent runs.
 */
export class RecreatedContainers {
  readonly #known = new Map<string, KnownLimits>();

  /** The ledger with an entry for each that came with a limit of ours. `nowMs`: monotonic. */
  noted(managed: readonly Managed[], ledger: Ledger, nowMs: number): Ledger {
    const entries = new Map(ledger.entries.map((entry) => [entry.containerId, entry]));
    const copies: LedgerEntry[] = [];
    for (const one of managed) {
      const { origin, containerId, name = '' } = one;
      if (origin !== 'label' || name === '') continue;
      const copy = entries.has(containerId) ? undefined : this.#copyOf(one, name);
      if (copy !== undefined) copies.push(copy);
      const entry = copy ?? entries.get(containerId);
      if (entry !== undefined) this.#learn(name, { cpu: one.cpu, entry, nowMs });
    }
    this.#forget(nowMs);
    return copies.length === 0 ? ledger : { ...ledger, entries: [...ledger.entries, ...copies] };
  }

  #copyOf(
    { containerId, allocation, origin, cpu }: Managed,
    name: string,
  ): LedgerEntry | undefined {
    const known = this.#known.get(name);
    const key = keyOf(cpu);
    return known?.written === key || known?.settings.has(key) === true
      ? { containerId, allocation, origin, original: known.original, applied: null }
      : undefined;
  }

  #learn(name: string, { cpu, entry, nowMs }: Limited): void {
    const { original, applied } = entry;
    const known = this.#known.get(name);
    const isSame = known !== undefined && keyOf(known.original) === keyOf(original);
    const settings = isSame ? known.settings : new Set<string>();
    const key = keyOf(cpu);
    const isBack = key === keyOf(original);
    // What is put back is not ours any more, whatever it is written as.
    if (applied !== null && !isBack && !mayBeOwn(cpu, original)) {
      settings.delete(key);
      settings.add(key);
    }
    const before = isSame && !isBack ? known.written : null;
    // Others may have changed it since, or the list is older than the write.
    const isWritten = applied !== null && !isBack && sameCores(coresOf(cpu), applied.cpuCores);
    const written = isWritten ? key : before;
    const [oldest] = settings;
    if (settings.size > MAX_SETTINGS && oldest !== undefined) settings.delete(oldest);
    this.#known.delete(name);
    this.#known.set(name, { original, settings, written, seenAtMs: nowMs });
  }

  #forget(nowMs: number): void {
    for (const [name, { seenAtMs }] of this.#known)
      if (nowMs - seenAtMs > KEPT_MS || this.#known.size > MAX_NAMES) this.#known.delete(name);
  }
}

/** Whether a person may ask for the same: whole hundredths of a core, without shares of ours. */
function mayBeOwn(cpu: EngineCpuSettings, original: EngineCpuSettings): boolean {
  const hundredths = (coresOf(cpu) ?? 0) * 100;
  return cpu.shares === original.shares && Math.abs(hundredths - Math.round(hundredths)) < 1e-6;
}

const keyOf = ({ nanoCpus, quotaUs, periodUs, shares }: EngineCpuSettings): string =>
  [nanoCpus, quotaUs, periodUs, shares].join(' ');
