import type { Bus } from '../../proto/bus.js';
import type { ApprovalVerb } from '../../proto/requester.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import type { Fault, Result } from '../../shared/result.js';

/** The node whose approval the coordinator is asked about, and the connection of its own key. */
export interface ApprovalCall {
  readonly bus: Bus;
  readonly cluster: string;
  readonly node: NodeId;
}

/** How long to go on asking. */
export interface AskedFor {
  readonly clock: Clock;
  /** By that clock. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Shorter than a host that joins waits for its key to be accepted, ms. */
const CALL_MS = 3000;
const PAUSE_MS = 500;

/** Asks the coordinator that leads, once. */
export const askApproval = (
  verb: ApprovalVerb,
  { bus, cluster, node }: ApprovalCall,
): Promise<Result<unknown>> =>
  callService({ bus, subjects: subjectsOf(cluster), timeoutMs: CALL_MS }, verb, { id: node });

/**
 * Asks until a coordinator has answered, the time is over or the key in use is none any more.
 * Returns the last answer.
 */
export async function askApprovalUntil(
  verb: ApprovalVerb,
  call: ApprovalCall,
  { clock, untilMs, signal }: AskedFor,
): Promise<Result<unknown>> {
  for (;;) {
    const asked = await askApproval(verb, call);
    const leftMs = untilMs - clock.now();
    if (asked.ok || !mayPass(asked.error, call) || leftMs <= 0 || signal.aborted) return asked;
    await clock.sleep(Math.min(PAUSE_MS, leftMs), signal);
  }
}

/** Whether another answer can be hoped for: the key in use may be none any more. */
export const mayPass = ([fault]: readonly Fault[], { bus }: ApprovalCall): boolean =>
  bus.state !== 'closed' && fault?.code !== 'auth.denied' && fault?.code !== 'service.not-found';
