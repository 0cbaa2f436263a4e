import type { Clock } from '../../../shared/clock.js';
import type { GpuId } from '../../../shared/gpu.js';
import { err, ok, type Result } from '../../../shared/result.js';
import type { GpuFailure, GpuProcess, GpuTool, GpuWatch } from '../../ports/gpu.js';
import { type AmdIdentity, amdProcesses, identitiesOf, samplesOf } from './amd-json.js';
import { type ToolCommand, type ToolEnvironment, ToolRunner } from './child.js';
import { failureOf } from './text.js';

/** How amd-smi is run. */
export interface AmdSmiOptions {
  readonly clock: Clock;
  readonly environment: ToolEnvironment;
  /** Path or name of amd-smi. */
  readonly file: string;
}

const DEADLINE_MS = 10_000;
/**
 * `amd-smi -w` with `--json` prints nothing in ROCm 7.1 (ROCm/amdsmi#168), so it is asked again and
 * again; a call takes some 50 ms of CPU.
 */
const MIN_POLL_MS = 5_000;
const MAX_POLL_MS = 60_000;
const NO_SETTING = 'this version sets no clocks or power limits of AMD GPUs';
const REFUSED: GpuFailure = { kind: 'unsupported', message: NO_SETTING };

/** AMD GPUs through `amd-smi … --json`. They are only observed. */
export class AmdSmi implements GpuTool {
  readonly vendor = 'amd';
  readonly settingUnavailable = NO_SETTING;
  readonly #clock: Clock;
  readonly #runner: ToolRunner;
  readonly #command: ToolCommand;
  #identities: ReadonlyMap<number, AmdIdentity> | null = null;

  constructor(options: AmdSmiOptions) {
    this.#clock = options.clock;
    this.#runner = new ToolRunner(options);
    this.#command = { argv: [options.file], name: 'amd-smi' };
  }

  watch(watch: GpuWatch, intervalMs: number, signal: AbortSignal): void {
    void this.#poll(watch, Math.max(MIN_POLL_MS, intervalMs), signal);
  }

  async list(): Promise<Result<readonly GpuId[], GpuFailure>> {
    this.#identities = null;
    const known = await this.#known();
    return known.ok ? ok([...known.value.values()].map(({ id }) => id)) : known;
  }

  async processes(): Promise<Result<readonly GpuProcess[], GpuFailure>> {
    const identities = await this.#known();
    if (!identities.ok) return identities;
    const asked = await this.#ask(['process', '--json']);
    return asked.ok ? ok(amdProcesses(asked.value, identities.value)) : asked;
  }

  async clocks(): Promise<Result<readonly number[], GpuFailure>> {
    return ok([]);
  }

  async set(): Promise<Result<void, GpuFailure>> {
    return err(REFUSED);
  }

  async reset(): Promise<Result<void, GpuFailure>> {
    return err(REFUSED);
  }

  hasMps(): null {
    return null;
  }

  async #poll(
    { onSample, onTrouble }: GpuWatch,
    intervalMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    let pauseMs = intervalMs;
    while (!signal.aborted) {
      const identities = await this.#known();
      const asked = identities.ok ? await this.#ask(['metric', '--json']) : identities;
      if (signal.aborted) return;
      const samples = asked.ok && identities.ok ? samplesOf(asked.value, identities.value) : [];
      if (!asked.ok) onTrouble(asked.error);
      else if (samples.length === 0)
        onTrouble({ kind: 'unknown', message: 'amd-smi answered in a form that is not known' });
      for (const sample of samples) onSample(sample);
      pauseMs = samples.length > 0 ? intervalMs : Math.min(MAX_POLL_MS, pauseMs * 2);
      await this.#clock.sleep(pauseMs, signal);
    }
  }

  async #known(): Promise<Result<ReadonlyMap<number, AmdIdentity>, GpuFailure>> {
    if (this.#identities !== null) return ok(this.#identities);
    const list = await this.#ask(['list', '--json']);
    if (!list.ok) return list;
    const fixed = await this.#ask(['static', '--asic', '--json']);
    const identities = identitiesOf(list.value, fixed.ok ? fixed.value : '[]');
    if (identities.size === 0) return err({ kind: 'absent', message: 'amd-smi lists no GPU' });
    this.#identities = identities;
    return ok(identities);
  }

  async #ask(args: readonly string[]): Promise<Result<string, GpuFailure>> {
    const answer = await this.#runner.run(this.#command, args, DEADLINE_MS);
    if (!answer.ok) return answer;
    const { code, text } = answer.value;
    return code === 0 ? ok(text) : err(failureOf(this.#command.name, text, code));
  }
}
