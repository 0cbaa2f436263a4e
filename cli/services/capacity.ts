import type {
  Capacity,
  CapacityLimit,
  CapacityPart,
  CapacityRequest,
  KindRoom,
} from '../../proto/schemas/capacity.js';
import type { AddedHosts } from '../../shared/added-hosts.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { tightestKind } from '../../shared/tightest-kind.js';
import { progressText } from '../output/progress.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import type { Session } from '../shell/session.js';

/** What of the capacity is asked. */
export interface CapacityAsked {
  readonly without: readonly NodeId[];
  readonly add?: AddedHosts;
  readonly pack: boolean;
}

/** A question about another cluster than the one that is there leaves out its room. */
const isAboutNow = ({ without, add, pack }: CapacityAsked): boolean =>
  without.length === 0 && add === undefined && !pack;

/**
 * Asks part by part, since one answer takes the coordinator two seconds at most. What an
 * interruption left out is missing, and the answer says that it is not complete. A fault of the
 * first question is the answer; later ones end the search.
 */
export async function searchCapacity(
  app: App,
  session: Session,
  asked: CapacityAsked,
): Promise<Result<Capacity>> {
  const search = new CapacitySearch(app, session);
  try {
    const { without, add, pack } = asked;
    const parts: readonly CapacityPart[] = isAboutNow(asked) ? ['room', 'trades'] : [];
    const first = await search.ask({ parts });
    if (!first.ok) return first;
    const questions: readonly CapacityRequest[] = [
      ...roomQuestions(first.value, parts),
      ...(without.length === 0 ? [] : [{ without }]),
      ...(add === undefined ? [] : [{ add }]),
      ...(pack ? [{ parts: ['pack' as const] }] : []),
    ];
    return await search.askAll(first.value, questions);
  } finally {
    app.output.status?.('');
  }
}

/** What one answer had no time for, kind by kind. */
function roomQuestions(
  { complete, kinds, room }: Capacity,
  parts: readonly CapacityPart[],
): readonly CapacityRequest[] {
  if (complete || parts.length === 0) return [];
  const known = new Set(room.filter(({ atLeast }) => !atLeast).map(({ like }) => like));
  const left = kinds.filter(({ like }) => !known.has(like));
  return [
    ...left.map(({ like }): CapacityRequest => ({ parts: ['room'], like: [like] })),
    { parts: ['trades'] },
  ];
}

class CapacitySearch {
  readonly #app: App;
  readonly #session: Session;

  constructor(app: App, session: Session) {
    this.#app = app;
    this.#session = session;
  }

  async ask(request: CapacityRequest): Promise<Result<Capacity>> {
    const { signal } = this.#app;
    if (signal.aborted) return err([INTERRUPTED]);
    const answer = await orAborted(this.#session.call('capacity', request), signal);
    return answer ?? err([INTERRUPTED]);
  }

  async askAll(first: Capacity, questions: readonly CapacityRequest[]): Promise<Result<Capacity>> {
    const total = questions.length + 1;
    let found: Capacity = questions.length === 0 ? first : { ...first, complete: true };
    for (const [i, question] of questions.entries()) {
      const state = { label: 'capacity', done: i + 1, total, unit: 'questions' };
      this.#app.output.status?.(progressText(state));
      const answer = await this.ask(question);
      if (answer.ok) found = merged(found, answer.value);
      else if (answer.error[0] === INTERRUPTED) return ok({ ...found, complete: false });
      else return answer;
    }
    return ok(found);
  }
}

const INTERRUPTED: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'interrupted before there was an answer',
};

/** Both answers as one; of what is in both the later counts. */
function merged(before: Capacity, answer: Capacity): Capacity {
  const { without, added, packed, trades } = answer;
  const rooms = new Map<JobName, KindRoom>();
  for (const each of [...before.room, ...answer.room]) rooms.set(each.like, each);
  const room = [...rooms.values()];
  const { bottleneck: _, ...rest } = before;
  return {
    ...rest,
    complete: before.complete && answer.complete,
    room,
    ...bottleneckOf(room),
    trades: trades.length > 0 ? trades : before.trades,
    ...(without === undefined ? {} : { without }),
    ...(added === undefined ? {} : { added }),
    ...(packed === undefined ? {} : { packed }),
  };
}

function bottleneckOf(room: readonly KindRoom[]): { readonly bottleneck?: CapacityLimit } {
  const tightest = tightestKind(room);
  return tightest?.limit == null ? {} : { bottleneck: tightest.limit };
}
