import type { Clock } from '../../../shared/clock.js';
import { messageOf } from '../../../shared/errors.js';
import type { DesiredGpu, GpuId, GpuRange, GpuSetting } from '../../../shared/gpu.js';
import type { Log } from '../../../shared/log.js';
import type { SeenGpu } from '../../observe/gpu/observer.js';
import type { GpuFailure, GpuOrder, GpuSample, GpuTool } from '../../ports/gpu.js';
import type { GpuBounds } from './bounds.js';
import type { GpuJournal } from './journal.js';
import { gpuEntryOf, intendGpu, releaseKnob } from './ledger.js';
import { type GpuState, type GpuStep, planGpus } from './plan.js';
import { type GpuRestoreReport, restoreGpus } from './restore.js';

/** What a GPU enforcer uses, and its bounds. */
export interface GpuEnforcerOptions {
  readonly journal: GpuJournal;
  readonly clock: Clock;
  readonly log: Log;
  readonly bounds: GpuBounds;
  readonly minChangeMs: number;
  readonly tools: readonly GpuTool[];
}

/** Time that a GPU may take to follow a setting, ms. */
const SETTLE_MS = 3_000;
/** The clock that a GPU shows may be off the one set by a step, MHz. */
const CLOCK_SLACK_MHZ = 30;
const POWER_SLACK_WATTS = 1.5;
/** A setting counts as not in force after this number of samples in a row that contradict it. */
const MAX_CONTRADICTIONS = 3;
/**
 * A refused setting is tried again after this time, ms, because drivers are updated and helpers
 * installed. Each further refusal in a row doubles it: every try makes the coordinator steer by
 * another knob for a while.
 */
const REFUSED_MS = { first: 600_000, most: 6 * 3_600_000 } as const;

interface SettingWatch {
  /** null = an agent before this one set it. */
  readonly changedAtMs: number | null;
  contradictions: number;
  checkedAtMs: number;
}
const NOT_CHECKED = { contradictions: 0, checkedAtMs: 0 };
interface SettingRefusal {
  readonly failure: GpuFailure;
  readonly untilMs: number;
  readonly pauseMs: number;
}
type Refusals = Partial<Record<GpuOrder['knob'], SettingRefusal>>;

/**
 * Makes settings of GPUs follow what is desired, one step at a time and in the background: a tool
 * that hangs holds up nothing else. Intent is durable before it is acted on; what was set is
 * compared with what the samples show.
 */
export class GpuEnforcer {
  readonly #options: GpuEnforcerOptions;
  readonly #watches = new Map<GpuId, SettingWatch>();
  readonly #refusals = new Map<GpuId, Refusals>();
  #running: Promise<void> | null = null;
  #closed = false;
  /** Why the journal could not be written; '' = it could. */
  #unwritten = '';

  constructor(options: GpuEnforcerOptions) {
    this.#options = options;
  }

  /** What is set now, as far as it is ours; null = nothing. */
  appliedTo(id: GpuId): GpuSetting | null {
    return gpuEntryOf(this.#options.journal.ledger, id)?.applied ?? null;
  }

  /**
   * Power limits that we may set, W: what the GPU allows, never above what was found; null = not
   * known.
   */
  powerRangeOf(id: GpuId, { powerRange, powerLimitWatts }: GpuSample): GpuRange | null {
    if (powerRange === null) return null;
    const found =
      gpuEntryOf(this.#options.journal.ledger, id)?.originalPowerWatts ?? powerLimitWatts;
    return {
      min: powerRange.min,
      max: Math.max(powerRange.min, Math.min(powerRange.max, found ?? powerRange.max)),
    };
  }

  refusedOf(id: GpuId): Readonly<Partial<Record<GpuOrder['knob'], GpuFailure>>> {
    const nowMs = this.#options.clock.now();
    const standing = Object.entries(this.#refusals.get(id) ?? {}).filter(
      ([, { untilMs }]) => nowMs < untilMs,
    );
    return Object.fromEntries(standing.map(([knob, { failure }]) => [knob, failure]));
  }

  /**
   * Begins the next settings that differ from what is desired, in the background. `desired` null =
   * not known: nothing is done.
   */
  tick(desired: readonly DesiredGpu[] | null, gpus: readonly SeenGpu[]): void {
    for (const gpu of gpus) this.#check(gpu);
    if (this.#closed || this.#running !== null || desired === null) return;
    const { journal, bounds, minChangeMs, clock } = this.#options;
    const steps = planGpus({
      desired,
      bounds,
      minChangeMs,
      ledger: journal.ledger,
      nowMs: clock.now(),
      gpus: gpus.map((gpu) => this.#stateOf(gpu)),
    });
    if (steps.length === 0) return;
    const tools = new Map(gpus.map(({ id, tool }) => [id, tool]));
    this.#running = this.#perform(steps, tools).finally(() => {
      this.#running = null;
    });
  }

  /** No further step; waits at most `patienceMs` for the one that runs. */
  async close(patienceMs: number): Promise<void> {
    this.#closed = true;
    const settled = new AbortController();
    await Promise.race([this.#running, this.#options.clock.sleep(patienceMs, settled.signal)]);
    settled.abort();
  }

  /** Everything as found. Call after `close`. */
  restore(): Promise<GpuRestoreReport> {
    return restoreGpus(this.#options.journal, () =>
      this.#options.tools.find(({ vendor }) => vendor === 'nvidia'),
    );
  }

  #stateOf({ id, sample, isKnown, clocks }: SeenGpu): GpuState {
    const { powerLimitWatts } = sample;
    const powerRange = this.powerRangeOf(id, sample);
    const shut = new Set(Object.keys(this.refusedOf(id)) as GpuOrder['knob'][]);
    const followed = this.#watches.get(id);
    const hasDrifted = (followed?.contradictions ?? 0) >= MAX_CONTRADICTIONS;
    const changedAtMs = followed?.changedAtMs ?? null;
    return {
      id,
      isKnown,
      shut,
      powerRange,
      powerLimitWatts,
      hasDrifted,
      changedAtMs,
      clocks: clocks ?? [],
    };
  }

  // Reads back: compares what the GPU shows with what was set. An idle or unknown GPU shows
  // nothing.
  #check({ id, sample, sampledAtMs, isKnown }: SeenGpu): void {
    const applied = this.appliedTo(id);
    if (applied === null || !isKnown) return;
    // What an agent before this one set is gone after a reboot of the host.
    const followed = this.#watches.get(id) ?? { changedAtMs: null, ...NOT_CHECKED };
    this.#watches.set(id, followed);
    const { changedAtMs } = followed;
    if (sampledAtMs === followed.checkedAtMs) return;
    if (changedAtMs !== null && sampledAtMs - changedAtMs < SETTLE_MS) return;
    followed.checkedAtMs = sampledAtMs;
    const { clockMhz, powerLimitWatts } = sample;
    const isOver =
      applied.clockMhz !== null &&
      clockMhz !== null &&
      clockMhz > applied.clockMhz + CLOCK_SLACK_MHZ;
    const isOther =
      applied.powerWatts !== null &&
      powerLimitWatts !== null &&
      Math.abs(powerLimitWatts - applied.powerWatts) > POWER_SLACK_WATTS;
    followed.contradictions = isOver || isOther ? followed.contradictions + 1 : 0;
    if (followed.contradictions !== MAX_CONTRADICTIONS) return;
    const what = isOver
      ? `runs at ${clockMhz} MHz, above the ${applied.clockMhz} MHz`
      : `has a limit of ${powerLimitWatts} W, not the ${applied.powerWatts} W`;
    this.#options.log.warn(`GPU ${id} ${what} that were set: it is set once more, then left alone`);
  }

  async #perform(steps: readonly GpuStep[], tools: ReadonlyMap<GpuId, GpuTool>): Promise<void> {
    for (const step of steps) {
      const tool = tools.get(step.id);
      if (tool === undefined || this.#closed) continue;
      try {
        await (step.kind === 'set' ? this.#set(step, tool) : this.#reset(step, tool));
        this.#unwritten = '';
      } catch (cause) {
        this.#sayUnwritten(messageOf(cause));
      }
    }
  }

  // Once: a full disk stays so for long, and this is tried in each pass.
  #sayUnwritten(cause: string): void {
    if (cause === this.#unwritten) return;
    this.#unwritten = cause;
    this.#options.log.error('a GPU was not set: its journal cannot be written', { cause });
  }

  async #set(
    { id, order, originalPowerWatts, reason }: Extract<GpuStep, { kind: 'set' }>,
    tool: GpuTool,
  ): Promise<void> {
    const { journal, log, clock } = this.#options;
    const before = gpuEntryOf(journal.ledger, id);
    const { contradictions = 0, changedAtMs = null } = this.#watches.get(id) ?? {};
    const isAgain = changedAtMs !== null && contradictions >= MAX_CONTRADICTIONS;
    await journal.update(intendGpu(journal.ledger, { id, ...order, originalPowerWatts }));
    const done = await tool.set(id, order);
    this.#watches.set(id, { changedAtMs: clock.now(), ...NOT_CHECKED });
    const unit = order.knob === 'clock' ? 'MHz' : 'W';
    if (done.ok) {
      log.info('GPU set', { gpu: id, [order.knob]: `${order.value} ${unit}`, reason });
      if (isAgain)
        this.#refuse(id, order.knob, {
          kind: 'unknown',
          message: `a ${order.knob} limit was set twice and did not hold`,
        });
      return;
    }
    // A setting that came too soon is no refusal: it is tried again after the pause between two
    // settings.
    if (done.error.kind !== 'busy') this.#refuse(id, order.knob, done.error);
    log.warn('GPU not set', {
      gpu: id,
      [order.knob]: `${order.value} ${unit}`,
      cause: done.error.message,
    });
    // Where the tool certainly changed nothing, nothing has to be put back.
    const isUntouched = ['permission', 'range', 'busy', 'unsupported', 'absent'].includes(
      done.error.kind,
    );
    if (!isUntouched) return;
    if (before === undefined) await journal.update(releaseKnob(journal.ledger, id, order.knob));
    else
      await journal.update({
        entries: journal.ledger.entries.map((each) => (each.id === id ? before : each)),
      });
  }

  async #reset(
    { id, knob, toWatts }: Extract<GpuStep, { kind: 'reset' }>,
    tool: GpuTool,
  ): Promise<void> {
    const { journal, log, clock } = this.#options;
    const done = await tool.reset(id, knob, toWatts);
    this.#watches.set(id, { changedAtMs: clock.now(), ...NOT_CHECKED });
    if (done.ok) {
      await journal.update(releaseKnob(journal.ledger, id, knob));
      log.info('GPU setting restored', { gpu: id, knob });
    } else
      log.warn('GPU setting was not restored; trying again', {
        gpu: id,
        knob,
        cause: done.error.message,
      });
  }

  #refuse(id: GpuId, knob: GpuOrder['knob'], failure: GpuFailure): void {
    const refusals = this.#refusals.get(id) ?? {};
    const before = refusals[knob];
    const nowMs = this.#options.clock.now();
    // A setting that held for as long as it was refused starts again with the first pause.
    const isInRow = before !== undefined && nowMs < before.untilMs + before.pauseMs;
    const pauseMs = isInRow ? Math.min(REFUSED_MS.most, 2 * before.pauseMs) : REFUSED_MS.first;
    this.#refusals.set(id, { ...refusals, [knob]: { failure, untilMs: nowMs + pauseMs, pauseMs } });
  }
}
