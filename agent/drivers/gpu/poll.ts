import { childSignal } from '../../../shared/child-signal.js';
import type { Clock } from '../../../shared/clock.js';
import type { GpuFailure, GpuWatch } from '../../ports/gpu.js';
import { type RunningTool, stillHangs, type ToolCommand, type ToolRunner } from './child.js';
import { failureOf } from './text.js';

const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 60_000;
/**
 * A query counts as hanging when it has printed nothing for this number of intervals, and at least
 * this long, ms.
 */
const SILENT_INTERVALS = 5;
const MIN_SILENCE_MS = 5_000;

/** One long-running query. */
export interface PollOptions {
  readonly runner: ToolRunner;
  readonly clock: Clock;
  readonly command: ToolCommand;
  /** Asked at each start, because it may have changed since. */
  readonly args: () => readonly string[];
  readonly intervalMs: number;
  /** True = the line was a sample. */
  readonly onLine: (line: string) => boolean;
  readonly onTrouble: GpuWatch['onTrouble'];
  /**
   * Gets what the query printed when it ended; true = start it again at once, because its arguments
   * have changed.
   */
  readonly onEnd: (output: string) => boolean;
}

/**
 * Keeps one long-running query going until aborted: silent ones are ended or left alone, ended ones
 * are started again with growing pauses.
 */
export async function keepStream(options: PollOptions, signal: AbortSignal): Promise<void> {
  const { clock, runner, command, onTrouble } = options;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    if (runner.leftPid !== null) {
      onTrouble(stillHangs(command.name, runner.leftPid));
    } else {
      const round = await streamOnce(options, signal);
      if (signal.aborted) return;
      if (round.hasSamples) pauseMs = FIRST_PAUSE_MS;
      if (round.isOther) continue;
      onTrouble(round.failure);
    }
    await clock.sleep(pauseMs, signal);
    pauseMs = Math.min(LAST_PAUSE_MS, pauseMs * 2);
  }
}

interface Round {
  readonly hasSamples: boolean;
  readonly isOther: boolean;
  readonly failure: GpuFailure;
}

async function streamOnce(options: PollOptions, signal: AbortSignal): Promise<Round> {
  const { runner, clock, command, intervalMs, onLine, onEnd, onTrouble } = options;
  let hasSamples = false;
  let heardAtMs = clock.now();
  const running = runner.start(command, options.args(), (line) => {
    heardAtMs = clock.now();
    if (onLine(line)) hasSamples = true;
    else if (isComplaint(line)) onTrouble(failureOf(command.name, line, 0));
  });
  const silenceMs = Math.max(MIN_SILENCE_MS, SILENT_INTERVALS * intervalMs);
  const isSilent = (): number => silenceMs - (clock.now() - heardAtMs);
  const end = await firstEnd({ running, clock, isSilent }, signal);
  if (end === 'aborted' || end === 'silent') {
    if (end === 'silent')
      onTrouble({
        kind: 'hang',
        message: `${command.name} has printed nothing for ${Math.round(silenceMs / 1000)} s`,
      });
    const hasEnded = await running.end();
    const failure: GpuFailure = hasEnded
      ? { kind: 'hang', message: `${command.name} hung and was ended` }
      : stillHangs(command.name, runner.leftPid ?? undefined);
    return { hasSamples, isOther: false, failure };
  }
  return {
    hasSamples,
    isOther: onEnd(end.text),
    failure: failureOf(command.name, end.text, end.code),
  };
}

interface RunningPoll {
  readonly running: RunningTool;
  readonly clock: Clock;
  /** ms left until it counts as silent. */
  readonly isSilent: () => number;
}

async function firstEnd({ running, clock, isSilent }: RunningPoll, signal: AbortSignal) {
  const settled = childSignal(signal);
  void running.ended.then(() => settled.abort());
  for (;;) {
    const leftMs = isSilent();
    if (leftMs <= 0) return 'silent' as const;
    const first = await Promise.race([running.ended, clock.sleep(leftMs, settled.signal)]);
    if (first !== undefined) return first;
    if (signal.aborted) return 'aborted' as const;
  }
}

const isComplaint = (line: string): boolean =>
  /GPU is lost|Unable to determine|fallen off|requires reset/i.test(line);
