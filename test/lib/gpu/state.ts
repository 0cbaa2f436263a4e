import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A GPU of the fake tools. */
export interface FakeGpu {
  index: number;
  uuid: string;
  name: string;
  busId: string;
  memoryTotalMib: number;
  memoryUsedMib: number;
  /** 0..1 */
  utilisation: number;
  /** Graphics clocks that may be set, MHz. */
  clocks: number[];
  /** Highest clock allowed now; null = not locked. */
  lockedMhz: number | null;
  powerLimit: number;
  powerDefault: number;
  powerMin: number;
  powerMax: number;
  temperature: number;
  mig: boolean | null;
  /** The tool says it is lost. */
  isLost: boolean;
}

/** A process on a GPU; `memoryMib` null = the tool does not say. */
export interface FakeProcess {
  gpu: string;
  pid: number;
  name: string;
  memoryMib: number | null;
}

/** What is wrong with the world; absent = nothing. */
export interface FakeFaults {
  /** Says nothing any more; `hard`: nor does it end on SIGTERM. */
  hang?: 'soft' | 'hard';
  /** Every call takes this long, ms. */
  lagMs?: number;
  /** No right to set: exit 4. */
  isDenied?: boolean;
  /** Settings print a warning and exit 0. */
  isUnsupported?: boolean;
  /** Settings say that they are done, and are not. */
  isIgnored?: boolean;
  /** The driver does not answer: exit 9. */
  hasNoDriver?: boolean;
  /** `No devices were found`: exit 6. */
  hasNoDevices?: boolean;
  /** Fields this driver does not know. */
  unknownFields?: string[];
  /** Fields with a text instead of a value. */
  texts?: Record<string, string>;
  /** A line that is not part of the format, in each round. */
  garbage?: string;
}

/** All that the fake tools know, as it lies in the folder. */
export interface FakeState {
  gpus: FakeGpu[];
  processes: FakeProcess[];
  faults: FakeFaults;
}

/** A healthy 400 W GPU with clocks from 210 to 1410 MHz, with changes. */
export const fakeGpu = (index: number, changes: Partial<FakeGpu> = {}): FakeGpu => ({
  index,
  uuid: `GPU-0000000${index}-aaaa-bbbb-cccc-00000000000${index}`,
  name: 'Fake A100',
  busId: `00000000:0${index + 1}:00.0`,
  memoryTotalMib: 40_960,
  memoryUsedMib: 3,
  utilisation: 0,
  clocks: Array.from({ length: 81 }, (_, step) => 210 + step * 15),
  lockedMhz: null,
  powerLimit: 400,
  powerDefault: 400,
  powerMin: 100,
  powerMax: 400,
  temperature: 41,
  mig: false,
  isLost: false,
  ...changes,
});

const FILE = 'state.json';

/** False = the test is over: a program that still runs ends. */
export const isThere = (folder: string): boolean => existsSync(join(folder, FILE));

/** Empty where no state was written yet. */
export function readState(folder: string): FakeState {
  const path = join(folder, FILE);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as FakeState)
    : { gpus: [], processes: [], faults: {} };
}

/** Replaces the file by rename, so that a reader never sees half of it. */
export function writeState(folder: string, state: FakeState): void {
  const next = join(folder, `state.${process.pid}.tmp`);
  writeFileSync(next, JSON.stringify(state));
  renameSync(next, join(folder, FILE));
}

/**
 * The clock the GPU runs at now: that of a busy one follows its lock, an idle one rests at its
 * lowest.
 */
export function clockNow({ clocks, lockedMhz, utilisation }: FakeGpu): number {
  if (utilisation === 0) return Math.min(...clocks);
  const allowed = clocks.filter((clock) => clock <= (lockedMhz ?? Number.POSITIVE_INFINITY));
  return Math.max(...(allowed.length === 0 ? [Math.min(...clocks)] : allowed));
}

/** Power now, W: grows with load and with the clock to the power of 2.4, within the limit. */
export function powerNow(gpu: FakeGpu): number {
  const ratio = clockNow(gpu) / Math.max(...gpu.clocks);
  return Math.min(gpu.powerLimit, 50 + 300 * gpu.utilisation * ratio ** 2.4);
}
