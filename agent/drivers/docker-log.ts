import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { type ChildSignal, childSignal } from '../../shared/child-signal.js';
import type { ContainerId } from '../../shared/ids.js';
import { ok, type Result } from '../../shared/result.js';
import type { EngineFailure } from '../ports/engine.js';
import type { LogLine, LogStart, LogStream } from '../ports/logs.js';
import { type DockerCalls, READ_DEADLINE_MS } from './docker-calls.js';
import { LogLines } from './docker-lines.js';
import type { DockerList } from './docker-list.js';

/** What opening a log uses. */
export interface LogDeps {
  /** A client without a time-out, because a time-out would end quiet logs. */
  readonly docker: Docker;
  readonly list: DockerList;
  readonly calls: DockerCalls;
}

/**
 * Opens the log of a container as `ContainerEngine.openLog` promises. Once the signal aborts it
 * waits for no place any more.
 */
export async function openLog(
  { docker, list, calls }: LogDeps,
  { id, start }: { readonly id: ContainerId; readonly start: LogStart },
  signal: AbortSignal,
): Promise<Result<LogStream, EngineFailure>> {
  const inspected = await list.inspect(id, calls, signal);
  if (!inspected.ok) return inspected;
  const own = childSignal(signal);
  const dialled = (deadline: AbortSignal): Promise<Readable> => {
    deadline.addEventListener('abort', () => own.abort(), { once: true });
    return dial(docker, { id, start }, own.signal);
  };
  const opened = await calls.run(READ_DEADLINE_MS, dialled, [], signal);
  if (opened.ok) return ok(linesOf(opened.value, inspected.value.tty, own));
  own.abort();
  return opened;
}

/** The client reads a log that is not followed into memory, whole; this asks for a stream. */
interface Dial {
  readonly modem: {
    dial(request: object, answer: (cause: unknown, stream: Readable) => void): void;
  };
}

function dial(
  docker: Docker,
  { id, start }: { readonly id: ContainerId; readonly start: LogStart },
  abortSignal: AbortSignal,
): Promise<Readable> {
  const { tail, since, follow } = start;
  const options = {
    ...{ stdout: true, stderr: true, timestamps: true, follow },
    ...(tail === undefined ? {} : { tail }),
    ...(since === undefined ? {} : { since: unixTime(since) }),
  };
  const request = {
    path: `/containers/${id}/logs?`,
    method: 'GET',
    isStream: true,
    abortSignal,
    statusCodes: { 200: true, 404: 'no such container', 500: 'server error' },
    options,
  };
  return new Promise((resolve, reject) =>
    (docker as unknown as Dial).modem.dial(request, (cause, stream) =>
      cause === null || cause === undefined ? resolve(stream) : reject(cause),
    ),
  );
}

/** Seconds with nine digits, as a text: a number has too few of them. */
const unixTime = (time: string): string =>
  `${Math.floor(Date.parse(`${time.slice(0, 19)}Z`) / 1000)}.${time.slice(20, 29)}`;

async function* linesOf(stream: Readable, tty: boolean, own: ChildSignal): LogStream {
  let batch: LogLine[] = [];
  let time = '1970-01-01T00:00:00.000000000Z';
  const lines = new LogLines((line) => {
    const [, stamp = time, text = line] = STAMPED.exec(line) ?? [];
    time = stamp;
    batch.push({ time, text });
  }, tty);
  try {
    for await (const chunk of stream) {
      lines.push(chunk as Buffer);
      const taken = batch;
      batch = [];
      if (taken.length > 0) yield taken;
    }
    lines.flush();
    if (batch.length > 0) yield batch;
  } catch {
    // The engine let go of it, or the reader did. What was read of a line that was cut is no line.
  } finally {
    own.abort();
  }
}

const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) ?([\s\S]*)$/;
