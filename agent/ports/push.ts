/** One response time that was pushed. */
export interface LatencyObservation {
  readonly latencyMs: number;
  readonly weight: number;
}

/** A histogram of response times of one label set, as OpenTelemetry pushes it. */
export interface PushedHistogram {
  readonly metric: string;
  /** Tells label sets and processes of one sender apart. */
  readonly key: string;
  /** Since the last push, or since the process began. */
  readonly isDelta: boolean;
  /** When counting began, in the sender's own words; 0 = not said. */
  readonly startedAt: number;
  /** Time it has been counting, ms; null = not said. */
  readonly coveredMs: number | null;
  readonly count: number;
  /** null = not said. */
  readonly sumMs: number | null;
  /** Cumulative, bounds rising, the last +Infinity. */
  readonly buckets: readonly { readonly boundMs: number; readonly count: number }[];
}

/**
 * Receives pushed response times over UDP (StatsD) and HTTP. The sender is known by its address or
 * a token.
 */
export interface PushReceiver {
  /** Starts listening; `onObservation` gets the sender's address and the token it shows. */
  start(
    onObservation: (
      from: { readonly address: string; readonly token?: string },
      observations: readonly LatencyObservation[],
      histograms: readonly PushedHistogram[],
    ) => void,
  ): Promise<{ readonly httpPort: number; readonly udpPort: number }>;
  readonly rejected: number;
  close(): Promise<void>;
}
