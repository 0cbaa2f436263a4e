import { readdirSync } from 'node:fs';
import { textOf } from './cgroup-quota.js';

/** One counter of the kernel's power capping (Documentation/power/powercap). */
interface EnergyZone {
  readonly path: string;
  /** The counter begins again above it, µJ. */
  readonly rangeMicrojoules: number;
  lastMicrojoules: number;
}

const FOLDER = '/sys/class/powercap';
/** Processors, and below them their parts. `psys` and `intel-rapl-mmio` would count them twice. */
const PACKAGE = /^intel-rapl:\d+$/;
const PART = /^intel-rapl:\d+:\d+$/;

/**
 * Energy of the host's processors and their memory, from RAPL (Intel and AMD). Only root may read
 * it; virtual machines have none.
 */
export class HostEnergy {
  readonly #folder: string;
  #zones: readonly EnergyZone[] | undefined;
  #microjoules = 0;

  /** `root` is put before `/sys`; for fixtures. */
  constructor(root: string) {
    this.#folder = root + FOLDER;
  }

  /** Since the first call, J; undefined = it is not measured here, or cannot be read now. */
  joules(): number | undefined {
    this.#zones ??= this.#find();
    if (this.#zones.length === 0) return undefined;
    const read = this.#zones.map(({ path }) => counterIn(path));
    if (read.includes(undefined)) return undefined;
    for (const [i, zone] of this.#zones.entries()) {
      const now = read[i] ?? zone.lastMicrojoules;
      const wrapped = now < zone.lastMicrojoules ? zone.rangeMicrojoules : 0;
      this.#microjoules += now + wrapped - zone.lastMicrojoules;
      zone.lastMicrojoules = now;
    }
    return this.#microjoules / 1e6;
  }

  /** All zones or none: a part would look like all. */
  #find(): readonly EnergyZone[] {
    const zones = namesIn(this.#folder)
      .map((name) => ({ name, path: `${this.#folder}/${name}` }))
      .filter(({ name, path }) => isCounted(name, textOf(`${path}/name`) ?? ''))
      .map(({ path }) => ({
        path,
        rangeMicrojoules: numberIn(`${path}/max_energy_range_uj`),
        lastMicrojoules: counterIn(path),
      }));
    const known = zones.flatMap(({ lastMicrojoules: last, ...zone }) =>
      last === undefined || zone.rangeMicrojoules === undefined
        ? []
        : [{ path: zone.path, rangeMicrojoules: zone.rangeMicrojoules, lastMicrojoules: last }],
    );
    return known.length === zones.length ? known : [];
  }
}

const isCounted = (zone: string, name: string): boolean =>
  (PACKAGE.test(zone) && name.startsWith('package-')) || (PART.test(zone) && name === 'dram');

const counterIn = (path: string): number | undefined => numberIn(`${path}/energy_uj`);

function numberIn(path: string): number | undefined {
  const text = textOf(path) ?? '';
  return /^\d{1,18}$/.test(text) ? Number(text) : undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
