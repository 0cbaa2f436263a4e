import type { Clock } from '../../../shared/clock.js';
import type { GpuId } from '../../../shared/gpu.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { GpuFailure, GpuOrder, GpuProcess, GpuTool, GpuWatch } from '../../ports/gpu.js';
import { type ToolCommand, type ToolEnvironment, type ToolOutput, ToolRunner } from './child.js';
import {
  confirmedClock,
  GPU_FIELDS,
  type GpuField,
  isGpuId,
  OLDER_NAMES,
  PROCESS_FIELDS,
  parseClocks,
  parseGpuLine,
  parseProcessLine,
  unknownField,
} from './nvidia-csv.js';
import { keepStream } from './poll.js';
import { failureOf, isRefusal } from './text.js';

/** How nvidia-smi is run, and how settings are made. */
export interface NvidiaSmiOptions {
  readonly clock: Clock;
  readonly environment: ToolEnvironment;
  /** Path or name of nvidia-smi. */
  readonly file: string;
  /** How settings are made: by nvidia-smi itself, through the helper with sudo, or not at all. */
  readonly setter: 'direct' | 'none' | { readonly sudo: string; readonly helper: string };
  readonly hasMps: () => boolean;
}

const QUERY_DEADLINE_MS = 10_000;
const SET_DEADLINE_MS = 15_000;
const CSV = '--format=csv,noheader,nounits';

/** NVIDIA GPUs through nvidia-smi. Arguments are lists, never a shell; see docs/gpu.md. */
export class NvidiaSmi implements GpuTool {
  readonly vendor = 'nvidia';
  readonly #options: NvidiaSmiOptions;
  readonly #runner: ToolRunner;
  readonly #command: ToolCommand;
  #fields: readonly GpuField[] = GPU_FIELDS;

  constructor(options: NvidiaSmiOptions) {
    this.#options = options;
    this.#runner = new ToolRunner(options);
    this.#command = { argv: [options.file], name: 'nvidia-smi' };
  }

  get settingUnavailable(): string {
    return this.#options.setter === 'none'
      ? 'setting needs root: run the agent as root, or install the helper'
      : '';
  }

  /** Fields that are asked for now: those that the driver does not know are left out. */
  get fields(): readonly GpuField[] {
    return this.#fields;
  }

  watch({ onSample, onTrouble }: GpuWatch, intervalMs: number, signal: AbortSignal): void {
    const onLine = (line: string): boolean => {
      const sample = parseGpuLine(line, this.#fields);
      if (sample !== null) onSample(sample);
      return sample !== null;
    };
    const args = (): readonly string[] => [
      `--query-gpu=${this.#fields.join(',')}`,
      CSV,
      `--loop-ms=${intervalMs}`,
    ];
    const onEnd = (output: string): boolean => this.#dropField(output);
    const { clock } = this.#options;
    const stream = {
      runner: this.#runner,
      clock,
      command: this.#command,
      args,
      intervalMs,
      onLine,
      onTrouble,
      onEnd,
    };
    void keepStream(stream, signal);
  }

  async list(): Promise<Result<readonly GpuId[], GpuFailure>> {
    const asked = await this.#query(['--query-gpu=uuid', CSV]);
    if (!asked.ok) return asked;
    const lines = asked.value.split('\n').map((line) => line.trim());
    const said = lines.filter((line) => line !== '');
    // Any other line, as that of a GPU which is lost, may stand for one that is here.
    const other = said.find((line) => !isGpuId(line));
    return other === undefined ? ok(said) : err(failureOf(this.#command.name, other, 0));
  }

  async processes(): Promise<Result<readonly GpuProcess[], GpuFailure>> {
    const asked = await this.#query([`--query-compute-apps=${PROCESS_FIELDS.join(',')}`, CSV]);
    if (!asked.ok) return asked;
    return ok(asked.value.split('\n').flatMap((line) => parseProcessLine(line) ?? []));
  }

  async clocks(id: GpuId): Promise<Result<readonly number[], GpuFailure>> {
    const asked = await this.#query(['-i', id, '--query-supported-clocks=graphics', CSV]);
    return asked.ok ? ok(parseClocks(asked.value)) : asked;
  }

  async set(id: GpuId, { knob, value }: GpuOrder): Promise<Result<void, GpuFailure>> {
    const args = knob === 'clock' ? ['-lgc', `0,${value}`] : ['-pl', String(value)];
    const done = await this.#order([knob, id, String(value)], ['-i', id, ...args]);
    if (!done.ok || knob === 'power') return done.ok ? ok(undefined) : done;
    const confirmed = confirmedClock(done.value);
    if (confirmed === null || confirmed === value) return ok(undefined);
    return err({
      kind: 'unknown',
      message: `nvidia-smi set ${confirmed} MHz instead of ${value} MHz`,
    });
  }

  async reset(
    id: GpuId,
    knob: GpuOrder['knob'],
    toWatts: number | null,
  ): Promise<Result<void, GpuFailure>> {
    if (knob === 'clock') {
      const done = await this.#order(['clock-reset', id], ['-i', id, '-rgc']);
      return done.ok ? ok(undefined) : done;
    }
    if (toWatts === null)
      return err({
        kind: 'unknown',
        message: 'the power limit before the first touch is not known',
      });
    const done = await this.#order(
      ['power-reset', id, String(toWatts)],
      ['-i', id, '-pl', String(toWatts)],
    );
    return done.ok ? ok(undefined) : done;
  }

  hasMps(): boolean {
    return this.#options.hasMps();
  }

  async #query(args: readonly string[]): Promise<Result<string, GpuFailure>> {
    const answer = await this.#runner.run(this.#command, args, QUERY_DEADLINE_MS);
    if (!answer.ok) return answer;
    const { code, text } = answer.value;
    return code === 0 ? ok(text) : err(failureOf(this.#command.name, text, code));
  }

  /** `verb` is what the helper is told, `args` what nvidia-smi is. */
  async #order(
    verb: readonly string[],
    args: readonly string[],
  ): Promise<Result<string, GpuFailure>> {
    const { setter, file } = this.#options;
    if (setter === 'none') return err({ kind: 'permission', message: this.settingUnavailable });
    const [argv, name] =
      setter === 'direct'
        ? [[file], 'nvidia-smi']
        : [[setter.sudo, '-n', setter.helper], 'the GPU helper'];
    const answer = await this.#runner.run(
      { argv, name },
      setter === 'direct' ? args : verb,
      SET_DEADLINE_MS,
    );
    return answer.ok ? judged(name, answer.value) : answer;
  }

  #dropField(output: string): boolean {
    const field = unknownField(output);
    if (field === null || field === 'uuid' || field === 'index') return false;
    const known = this.#fields.flatMap((each) =>
      each === field ? (OLDER_NAMES[field] ?? []) : each,
    );
    const isOther = known.join() !== this.#fields.join();
    this.#fields = known;
    return isOther;
  }
}

/** Refusals also come with exit 0 ("Treating as warning and moving on"). */
function judged(name: string, { code, text }: ToolOutput): Result<string, GpuFailure> {
  return code === 0 && !isRefusal(text) ? ok(text) : err(failureOf(name, text, code));
}
