import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { Clock } from '../../shared/clock.js';
import type { ContainerId } from '../../shared/ids.js';
import { type EngineEvent, type LogSink, RESUBSCRIBED } from '../ports/engine.js';
import { failureOf, statusOf } from './docker-calls.js';
import { LineSplitter, LogLines } from './docker-lines.js';
import type { DockerList } from './docker-list.js';
import { LogBudget } from './log-budget.js';

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 10_000;

/** An event carries all labels of its container. */
const MAX_EVENT_BYTES = 256 * 1024;

/** What changes a container; `exec_*` of health checks is noise. */
const ACTIONS = [
  'create',
  'start',
  'restart',
  'die',
  'oom',
  'stop',
  'pause',
  'unpause',
  'update',
  'rename',
  'destroy',
  // Of networks: a container gets another address, of which no event of its own tells.
  'connect',
  'disconnect',
];

/** The client takes a signal here too, which its types do not say. */
type Subscribe = (
  this: Docker,
  options: {
    readonly filters: Readonly<Record<string, readonly string[]>>;
    readonly abortSignal: AbortSignal;
  },
) => Promise<NodeJS.ReadableStream>;

/** What the streams use. */
export interface StreamDeps {
  /** A client without a time-out, because a time-out would end quiet streams. */
  readonly docker: Docker;
  readonly list: DockerList;
  readonly clock: Clock;
  /** Called before events are asked for again: the engine may be another by then. */
  readonly onReturn: () => Promise<void>;
}

/**
 * Hands on container events until aborted; after a broken stream it subscribes again and hands on
 * one hint that things may have changed.
 */
export function followEvents(
  deps: StreamDeps,
  onEvent: (event: EngineEvent) => void,
  signal: AbortSignal,
): void {
  const take = (line: string): void => {
    const event = readEvent(line);
    if (event === undefined) return;
    deps.list.invalidate(event.containerId);
    onEvent(event);
  };
  let isFirst = true;
  const attempt = async (): Promise<'again'> => {
    // Also after a first attempt that failed: what happened meanwhile was not heard.
    const isAgain = !isFirst;
    isFirst = false;
    if (isAgain) await deps.onReturn();
    const filters = { type: ['container', 'network'], event: ACTIONS };
    const stream = await (deps.docker.getEvents as Subscribe).call(deps.docker, {
      filters,
      abortSignal: signal,
    });
    if (isAgain) {
      deps.list.invalidateAll();
      onEvent({ action: RESUBSCRIBED, containerId: '' as ContainerId });
    }
    const lines = new LineSplitter(take, MAX_EVENT_BYTES);
    await drain(stream, (chunk) => lines.push(chunk));
    return 'again';
  };
  void repeat(attempt, deps.clock, signal);
}

function readEvent(line: string): EngineEvent | undefined {
  try {
    const { Type, Action, Actor, id } = JSON.parse(line) as {
      Type?: string;
      Action?: string;
      id?: string;
      Actor?: { ID?: string; Attributes?: Readonly<Record<string, string>> };
    };
    const containerId = Type === 'network' ? Actor?.Attributes?.container : (Actor?.ID ?? id);
    return Action === undefined || containerId === undefined
      ? undefined
      : { action: Action, containerId: containerId as ContainerId };
  } catch {
    return undefined;
  }
}

/**
 * Hands on new lines until aborted or the container ends. Lines written while the stream was broken
 * are lost, none comes twice. A log that floods is left for the rest of the second, so that the
 * engine need not read it either.
 */
export function followLogs(
  deps: StreamDeps,
  { id, onLine, onSkip, onFault = () => {} }: LogSink & { readonly id: ContainerId },
  signal: AbortSignal,
): void {
  const budget = new LogBudget(() => deps.clock.now());
  /** Known from the last look at the container; after a pause for a flood it is not asked again. */
  let known: { readonly tty: boolean } | undefined;
  const attempt = async (): Promise<Outcome> => {
    const container = known ?? (await runningOf(deps, id));
    known = undefined;
    if (container === 'again' || container === 'end') return container;
    const options = { follow: true, stdout: true, stderr: true, tail: 0 } as const;
    const stream = await deps.docker
      .getContainer(id)
      .logs({ ...options, abortSignal: signal })
      .catch((cause: unknown) => {
        // Its logging driver may not keep anything that could be read.
        if (statusOf(cause) !== undefined) onFault(failureOf(cause).message);
        throw cause;
      });
    onFault('');
    const lines = new LogLines(onLine, container.tty);
    let isFlood = false;
    await drain(stream, (chunk) => {
      if (isFlood) return;
      lines.push(chunk);
      isFlood = !budget.take(chunk.length);
      if (isFlood) (stream as Readable).destroy();
    });
    if (!isFlood) {
      lines.flush();
      return 'again';
    }
    // What was read of a line that was cut is no line.
    known = container;
    onSkip();
    return { afterMs: budget.waitMs };
  };
  void repeat(attempt, deps.clock, signal);
}

async function runningOf(
  { list }: StreamDeps,
  id: ContainerId,
): Promise<'again' | 'end' | { readonly tty: boolean }> {
  const inspected = await list.inspect(id);
  if (!inspected.ok) return inspected.error.kind === 'gone' ? 'end' : 'again';
  return inspected.value.container.running ? { tty: inspected.value.tty } : 'end';
}

/** What comes after an attempt: another one, after the usual pause or this one, or none. */
type Outcome = 'again' | 'end' | { readonly afterMs: number };

/**
 * Runs `attempt` again until it returns `end` or the signal aborts, with a pause that grows while
 * it fails at once.
 */
async function repeat(
  attempt: () => Promise<Outcome>,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const begunMs = clock.now();
    const outcome = await attempt().catch(() => 'again' as const);
    if (outcome === 'end') return;
    if (outcome !== 'again') {
      await clock.sleep(outcome.afterMs, signal);
      continue;
    }
    pauseMs =
      clock.now() - begunMs > LAST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(LAST_PAUSE_MS, pauseMs * 2);
    await clock.sleep(pauseMs, signal);
  }
}

/**
 * Resolves when the stream has ended, however it ended. A consumer that throws does not reach the
 * stream.
 */
function drain(stream: NodeJS.ReadableStream, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      try {
        onChunk(chunk);
      } catch {
        // The consumer logs its own faults; the next line goes on.
      }
    });
    stream.on('end', resolve);
    stream.on('error', () => resolve());
    stream.on('close', resolve);
  });
}
