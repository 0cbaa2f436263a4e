import type { DqoesEvent, EventOf, EventType } from '../../../proto/schemas/event.js';
import type { NodeId } from '../../../shared/ids.js';
import type { HostAct, NodeReport } from '../../../shared/report.js';
import type { EncodedMessage, StreamMessage } from '../../dispatch/backlog.js';
import { isAdmitted } from '../../state/admission.js';
import type { ClusterState } from '../../state/model.js';
import type { StoreAnswer, WorkerNotices } from '../worker-link.js';

type Told = Pick<WorkerNotices, 'onActs' | 'onRefused' | 'onQueued' | 'onStored' | 'onLeft'>;

/** What a worker is to say unasked, gathered so that it is said once in a pass. */
export class PendingNotices {
  readonly #told: Told;
  #acts: { readonly node: NodeId; readonly act: HostAct }[] = [];
  #refused: EventOf<'dqoes.job.refused'>[] = [];
  #queued = new Map<EventType, number>();
  #answers: StoreAnswer[] = [];

  constructor(told: Told) {
    this.#told = told;
  }

  /** A report that counts. A host says an act again until it has a line in the audit. */
  hear({ node, act }: NodeReport, state: ClusterState): void {
    const record = state.nodes.get(node);
    if (act === undefined || record === undefined || !isAdmitted(state, record)) return;
    if (act.number > record.auditedAct) this.#acts.push({ node, act });
  }

  /** Events that were queued for the stream. */
  queue(events: readonly DqoesEvent[]): void {
    for (const event of events) {
      this.#queued.set(event.type, (this.#queued.get(event.type) ?? 0) + 1);
      if (event.type === 'dqoes.job.refused') this.#refused.push(event);
    }
  }

  /** The store has answered. */
  store(answer: StoreAnswer): void {
    this.#answers.push(answer);
  }

  /** `left`: what the stream has not taken, where it is not tried any more. */
  say(left: readonly StreamMessage[] = []): void {
    if (left.length > 0) this.#told.onLeft(left.flatMap(leftOf));
    if (this.#acts.length > 0) this.#told.onActs(this.#acts);
    if (this.#refused.length > 0) this.#told.onRefused(this.#refused);
    if (this.#queued.size > 0) this.#told.onQueued(this.#queued);
    if (this.#answers.length > 0) this.#told.onStored(this.#answers);
    this.#answers = [];
    this.#acts = [];
    this.#refused = [];
    this.#queued = new Map();
  }
}

/** None where it cannot be encoded: no stream would take it. */
function leftOf({ subject, id, about, isMinor, encode }: StreamMessage): readonly EncodedMessage[] {
  try {
    const known = { subject, id, data: encode() };
    const said = { ...(about === undefined ? {} : { about }), ...(isMinor && { isMinor }) };
    return [{ ...known, ...said }];
  } catch {
    return [];
  }
}
