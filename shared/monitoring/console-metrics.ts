import { CALL_SECONDS, counter, gauge, histogram } from './metric.js';

/** Facts that a console exports of itself; facts of the cluster are exported by its leader. */
export const CONSOLE_METRICS = {
  dqoes_console_connected: gauge('1 while the console is connected to NATS; else 0.'),
  dqoes_console_views_total: counter(
    'Messages of the leader about nodes: taken, old (known already) or missed (one before it was ' +
      'lost, so all is read again).',
    ['outcome'],
  ),
  dqoes_console_view_complete: gauge(
    '1 while every node is known as the leader published it; 0 while it is read again.',
  ),
  dqoes_console_view_age_seconds: gauge('Time since a leader was heard; absent before the first.'),
  dqoes_console_history_allocations: gauge('Allocations whose last day is remembered.'),
  dqoes_console_history_complete: gauge(
    '1 when the stored minutes of the last day were read and all have their place; else 0.',
  ),
  dqoes_console_requests_total: counter('Requests by the status of the answer; no streams.', [
    'status',
  ]),
  dqoes_console_request_seconds: histogram('Time to answer a request; no streams.', CALL_SECONDS),
  dqoes_console_streams: gauge('Streams of events that are open.'),
  dqoes_console_streams_cut_total: counter('Streams that were cut: their client took nothing.'),
} as const;
