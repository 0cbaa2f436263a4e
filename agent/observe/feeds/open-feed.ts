import type { LatencySourceSpec } from '../../../shared/job.js';
import type { FeedStart, LatencyFeed } from './feed.js';
import { LogFeed } from './log-feed.js';
import { MetricFeed } from './metric-feed.js';
import { ProbeFeed } from './probe-feed.js';
import { PushFeed } from './push-feed.js';

type Spec<S extends LatencySourceSpec['source']> = Extract<LatencySourceSpec, { source: S }>;

/** How each kind of source is opened. */
const FEEDS: {
  readonly [S in LatencySourceSpec['source']]: (spec: Spec<S>, start: FeedStart) => LatencyFeed;
} = {
  log: (spec, start) => new LogFeed(spec, start),
  prometheus: (spec, start) => new MetricFeed(spec, start),
  push: (spec, start) => new PushFeed(spec, start),
  probe: (spec, start) => new ProbeFeed(spec, start),
};

/** Starts reading a source; it ends with the signal. Never throws. */
export function openFeed<S extends LatencySourceSpec['source']>(
  spec: Spec<S>,
  start: FeedStart,
): LatencyFeed {
  return FEEDS[spec.source as S](spec, start);
}
