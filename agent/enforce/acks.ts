import type { Ack, AckOutcome, DesiredState, StateVersion } from '../../shared/command.js';
import type { NodeId } from '../../shared/ids.js';
import type { PassResult } from './pass-types.js';

/** Whose answers these are, and where they go. */
export interface AcksOptions {
  readonly node: NodeId;
  readonly bootId: string;
  /** Newest version obeyed. */
  readonly holds: () => StateVersion;
  readonly onAck: (ack: Ack) => void;
}

/** What an ack answers: `due` = a command waits for it, `already` = of a version obeyed before. */
export interface AckCause {
  readonly due: boolean;
  readonly already: boolean;
}

/** Answers to coordinators: one for each command, and one whenever the result changes. */
export class Acks {
  readonly #options: AcksOptions;
  #last = '';

  constructor(options: AcksOptions) {
    this.#options = options;
  }

  /** The result of a pass; said again only when it is due or is another than the last. */
  result(desired: DesiredState, result: PassResult, { due, already }: AckCause): void {
    const allOk = result.allocations.every((allocation) => allocation.ok);
    const { incarnation, epoch, revision } = desired;
    const content = JSON.stringify([incarnation, epoch, revision, allOk, result]);
    if (!due && content === this.#last) return;
    this.#last = content;
    this.answer(desired, outcomeOf(result, { allOk, already }), result);
  }

  /** `why`: the reason of a refusal, or the result of a pass. */
  answer(asked: StateVersion, outcome: AckOutcome, why: string | PassResult): void {
    const { node, bootId, holds, onAck } = this.#options;
    const { incarnation, epoch, revision } = asked;
    const [reason, allocations] =
      typeof why === 'string' ? [why, []] : [why.refused, why.allocations];
    const version = { incarnation, epoch, revision };
    onAck({ node, bootId, outcome, asked: version, holds: holds(), allocations, reason });
  }
}

function outcomeOf(
  { refused }: PassResult,
  { allOk, already }: { readonly allOk: boolean; readonly already: boolean },
): AckOutcome {
  if (refused !== '') return 'refused';
  if (!allOk) return 'partial';
  return already ? 'already' : 'applied';
}
