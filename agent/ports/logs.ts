/** A line of a container's log. */
export interface LogLine {
  /** When the engine took it: RFC 3339 in UTC with nine digits. */
  readonly time: string;
  /** Without the line end; what is longer than 4 KiB is cut. */
  readonly text: string;
}

/** Where a log is read from. */
export interface LogStart {
  /** Number of last lines; absent = all. */
  readonly tail?: number;
  /** Only lines from this time on, in the form of `LogLine.time`. */
  readonly since?: string;
  /** Goes on with the lines to come, until the container ends. */
  readonly follow: boolean;
}

/**
 * Lines as they come, some at a time. The engine is asked for more only when they are taken, so a
 * reader that waits costs no memory. Ends with the log, when the signal aborts, and where the
 * engine lets go of it; never throws.
 */
export type LogStream = AsyncIterable<readonly LogLine[]>;
