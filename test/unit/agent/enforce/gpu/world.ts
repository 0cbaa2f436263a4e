import { DEFAULT_GPU_BOUNDS, type GpuBounds } from '../../../../../agent/enforce/gpu/bounds.js';
import { GpuJournal } from '../../../../../agent/enforce/gpu/journal.js';
import { NodeGpus } from '../../../../../agent/enforce/gpu/node-gpus.js';
import type { GpuOriginals } from '../../../../../agent/enforce/gpu/originals.js';
import type { FileStore } from '../../../../../agent/ports/files.js';
import type {
  GpuFailure,
  GpuOrder,
  GpuProcess,
  GpuSample,
  GpuTool,
  GpuWatch,
} from '../../../../../agent/ports/gpu.js';
import type { DesiredGpu, GpuReport } from '../../../../../shared/gpu.js';
import type { ContainerId } from '../../../../../shared/ids.js';
import type { Log } from '../../../../../shared/log.js';
import { err, ok, type Result } from '../../../../../shared/result.js';
import { ManualClock, settle } from '../../../../lib/manual-clock.js';

export const MIB = 1024 ** 2;
export const aSample = (changes: Partial<GpuSample> = {}): GpuSample => ({
  id: 'GPU-0',
  index: 0,
  name: 'A100',
  memoryTotalBytes: 40_960 * MIB,
  memoryUsedBytes: 4 * MIB,
  utilisationRatio: 0.5,
  clockMhz: 1410,
  maxClockMhz: 1410,
  powerWatts: 200,
  powerLimitWatts: 400,
  defaultPowerWatts: 400,
  powerRange: { min: 100, max: 400 },
  temperatureCelsius: 50,
  isMig: false,
  isThrottled: false,
  ...changes,
});

/** A tool in memory: does what it is told, unless told to fail. */
export class ToolInMemory implements GpuTool {
  readonly vendor = 'nvidia';
  settingUnavailable = '';
  watching: GpuWatch | null = null;
  readonly orders: string[] = [];
  failure: GpuFailure | null = null;
  /** Settings never come back. */
  hangs = false;
  mps = false;
  running: GpuProcess[] = [];
  listed: Result<readonly string[], GpuFailure> = ok(['GPU-0', 'GPU-1']);
  supported: readonly number[] = [600, 900, 1200, 1410];

  watch(watch: GpuWatch): void {
    this.watching = watch;
  }
  async list(): Promise<Result<readonly string[], GpuFailure>> {
    return this.listed;
  }
  async processes(): Promise<Result<readonly GpuProcess[], GpuFailure>> {
    return ok(this.running);
  }
  async clocks(): Promise<Result<readonly number[], GpuFailure>> {
    return ok(this.supported);
  }
  set(id: string, { knob, value }: GpuOrder): Promise<Result<void, GpuFailure>> {
    return this.#order(`set ${id} ${knob} ${value}`);
  }
  reset(
    id: string,
    knob: GpuOrder['knob'],
    toWatts: number | null,
  ): Promise<Result<void, GpuFailure>> {
    return this.#order(`reset ${id} ${knob}${knob === 'power' ? ` ${toWatts}` : ''}`);
  }
  hasMps(): boolean {
    return this.mps;
  }
  async #order(text: string): Promise<Result<void, GpuFailure>> {
    this.orders.push(text);
    if (this.hangs) await new Promise(() => {});
    return this.failure === null ? ok(undefined) : err(this.failure);
  }
}

/** Files in memory; `writes` in order. */
export class FilesInMemory implements FileStore {
  readonly files = new Map<string, string>();
  isFull = false;
  async read(name: string): Promise<string | null> {
    return this.files.get(name) ?? null;
  }
  async writeDurable(name: string, text: string): Promise<void> {
    if (this.isFull) throw new Error('no space left');
    this.files.set(name, text);
  }
  async setAside(name: string): Promise<string> {
    this.files.set(`${name}.torn`, this.files.get(name) ?? '');
    this.files.delete(name);
    return `${name}.torn`;
  }
}

export interface GpuWorldOptions {
  readonly files?: FilesInMemory;
  /** Where the journal is, instead of these. */
  readonly disk?: FileStore;
  readonly bounds?: GpuBounds;
  readonly mayEnforce?: boolean;
  readonly mayShare?: boolean;
  readonly owners?: ReadonlyMap<number, ContainerId>;
  /** What all agents of the host know. */
  readonly originals?: GpuOriginals;
}

/** The GPUs of a node over a tool in memory and a clock that stands still. */
export class GpuWorld {
  readonly clock = new ManualClock();
  readonly tool = new ToolInMemory();
  readonly logged: string[] = [];

  private constructor(
    readonly files: FilesInMemory,
    readonly gpus: NodeGpus,
    tool: ToolInMemory,
    clock: ManualClock,
    logged: string[],
  ) {
    this.tool = tool;
    this.clock = clock;
    this.logged = logged;
  }

  static async open(options: GpuWorldOptions = {}): Promise<GpuWorld> {
    const {
      files = new FilesInMemory(),
      disk = files,
      bounds = DEFAULT_GPU_BOUNDS,
      mayEnforce = true,
      mayShare = false,
      owners,
      originals,
    } = options;
    const [clock, tool, logged] = [new ManualClock(), new ToolInMemory(), [] as string[]];
    const note = (message: string): void => void logged.push(message);
    const log: Log = { info: note, warn: note, error: note };
    const journal = await GpuJournal.open(disk, originals);
    const ownerOf = (pid: number): ContainerId | null => owners?.get(pid) ?? null;
    const rhythm = { intervalMs: 1000, minChangeMs: 10_000 };
    const gpus = new NodeGpus({
      tools: [tool],
      ownerOf,
      journal,
      clock,
      log,
      bounds,
      mayEnforce,
      mayShare,
      ...rhythm,
    });
    gpus.start();
    return new GpuWorld(files, gpus, tool, clock, logged);
  }

  /** A sample now, and time for what it sets off. */
  async sample(changes: Partial<GpuSample> = {}, ms = 1000): Promise<void> {
    this.tool.watching?.onSample(aSample(changes));
    await this.clock.advance(ms);
  }

  /** Reports once under these wishes. */
  async collect(desired: readonly DesiredGpu[] | null = []): Promise<readonly GpuReport[]> {
    this.gpus.tick(desired);
    const reports = this.gpus.reports();
    await settle();
    return reports;
  }
}

export const desiredGpu = (
  clockMhz: number | null,
  powerWatts: number | null = null,
  id = 'GPU-0',
): DesiredGpu => ({
  id,
  clockMhz,
  powerWatts,
  reason: 'test',
});
