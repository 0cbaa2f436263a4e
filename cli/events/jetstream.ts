import type { Bus } from '../../proto/bus.js';
import type { Fault } from '../../shared/result.js';

const CALL_TIMEOUT_MS = 5000;

/** One call of the JetStream API; `undefined` = no readable answer. Never throws. */
export async function jetstreamApi(bus: Bus, verb: string, request: unknown): Promise<unknown> {
  const answer = await bus.request(
    `$JS.API.${verb}`,
    new TextEncoder().encode(JSON.stringify(request)),
    {
      timeoutMs: CALL_TIMEOUT_MS,
    },
  );
  if (!answer.ok) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(answer.value.data));
  } catch {
    return undefined;
  }
}

/** The fault of an event stream that does not answer. */
export const noEventStream = (stream: string): Fault => ({
  code: 'service.unavailable',
  field: 'events',
  message:
    `The event stream ${stream} does not answer: is a coordinator of this cluster running, ` +
    'and is --cluster right?',
});
