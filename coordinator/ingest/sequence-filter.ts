import type { NodeId } from '../../shared/ids.js';
import type { NodeReport } from '../../shared/report.js';
import {
  fallsBack,
  firstHeard,
  type HeardReport,
  heardAgain,
  heardLower,
  isLater,
  isPlausible,
  isSilent,
  type KnownBoot,
  mayBeHeldBack,
  relationTo,
  sentMs,
} from './boots.js';

/** Starts remembered of a node beside the one that has its name, of each kind. */
const MAX_OTHERS = 4;
/** After two agents were heard under one name, a new start has to wait for silence, for so long. */
const WARY_MS = 600_000;
const SWEEP_INTERVAL_MS = 1000;

/**
 * `new`: not seen before, and now remembered; `stale`: the same or a later one was seen, or its
 * start is over; `held`: of a start that waits until the one before is silent; `twin`: of a second
 * agent that lives beside the one that was here first; `implausible`: its numbers cannot be right;
 * `full`: the node is not known and no more nodes fit.
 */
export type Verdict = 'new' | 'stale' | 'held' | 'twin' | 'implausible' | 'full';

/** What is judged of a report. */
export type JudgedReport = Pick<
  NodeReport,
  'node' | 'bootId' | 'sequence' | 'sentAtMs' | 'intervalMs' | 'boot'
>;

interface NodeBoots {
  /** The start whose reports count. */
  readonly keeper: KnownBoot;
  /** Starts that had the name before, oldest first; the oldest is never forgotten. */
  readonly before: readonly KnownBoot[];
  /** Starts that came while another had the name, and did not get it. */
  readonly beside: readonly KnownBoot[];
  /** Until when a new start has to wait for silence, ms. */
  readonly waryUntilMs: number;
}

/**
 * Lets each report of a node pass once and in order. Of two agents that live under one name, the
 * one that was heard first keeps it: whatever the other sends, the newest report of the first
 * passes. A start after another of the same journal takes over once the one before has missed a
 * report, any other one when it has missed three. Bounded: at most `maxNodes` nodes, nine starts of
 * each.
 */
export class SequenceFilter {
  readonly #maxNodes: number;
  readonly #nodes = new Map<NodeId, NodeBoots>();
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes;
  }

  /** Number of nodes that are known. */
  get size(): number {
    return this.#nodes.size;
  }

  has(node: NodeId): boolean {
    return this.#nodes.has(node);
  }

  /** A start that had the name when the last leader stored it; `atMs`: now. */
  recall(node: NodeId, known: Pick<KnownBoot, 'bootId' | 'boot' | 'intervalMs'>, atMs: number) {
    const keeper = { ...known, sequence: -1, sinceMs: atMs, heardAtMs: atMs, sent: null };
    this.#nodes.set(node, { keeper, before: [], beside: [], waryUntilMs: 0 });
  }

  /** The name may be taken by any agent. */
  forget(node: NodeId): void {
    this.#nodes.delete(node);
  }

  /**
   * Forgets the nodes that were silent for so long, ms. Looks at most once a second: it is called
   * for each report that finds no place.
   */
  forgetSilent(silentMs: number, atMs: number): void {
    if (atMs - this.#sweptAtMs < SWEEP_INTERVAL_MS) return;
    this.#sweptAtMs = atMs;
    const beforeMs = atMs - silentMs;
    for (const [node, { keeper }] of this.#nodes)
      if (keeper.heardAtMs < beforeMs) this.#nodes.delete(node);
  }

  /** The start whose reports count; undefined = none is known. */
  keeperOf(node: NodeId): string | undefined {
    return this.#nodes.get(node)?.keeper.bootId;
  }

  /** Whether the start is over, or that of a second agent; `atMs`: now. */
  isPassedOver(node: NodeId, bootId: string, atMs: number): boolean {
    const known = this.#nodes.get(node);
    if (known === undefined) return false;
    const { before, beside, waryUntilMs } = known;
    const others = atMs < waryUntilMs ? beside : [];
    return [...before, ...others].some((each) => each.bootId === bootId);
  }

  /** Whether anything was heard of this start. */
  knows(node: NodeId, bootId: string): boolean {
    const known = this.#nodes.get(node);
    return known !== undefined && isKnown(known, bootId);
  }

  /** Judges a report that was received at `atMs`, and remembers it. */
  check(report: JudgedReport, atMs: number): Verdict {
    const known = this.#nodes.get(report.node);
    if (known === undefined) return this.#first(report, atMs);
    const { keeper } = known;
    const its =
      keeper.bootId === report.bootId
        ? keeper
        : allOf(known).find(({ bootId }) => bootId === report.bootId);
    if (!isPlausible(its, report, atMs)) return 'implausible';
    if (its !== undefined && !isLater(its, report) && !fallsBack(its, report, atMs)) {
      this.#nodes.set(report.node, noted(known, its, report, atMs));
      return 'stale';
    }
    const [verdict, after] = judge(known, its, { report, atMs });
    this.#nodes.set(report.node, after);
    return verdict;
  }

  #first(report: JudgedReport, atMs: number): Verdict {
    if (this.#nodes.size >= this.#maxNodes) return 'full';
    if (!isPlausible(undefined, report, atMs)) return 'implausible';
    const keeper = firstHeard(report, atMs);
    this.#nodes.set(report.node, { keeper, before: [], beside: [], waryUntilMs: 0 });
    return 'new';
  }
}

const allOf = ({ keeper, before, beside }: NodeBoots): readonly KnownBoot[] => [
  keeper,
  ...before,
  ...beside,
];
const isKnown = (known: NodeBoots, id: string): boolean =>
  allOf(known).some(({ bootId }) => bootId === id);

/** The report counted for nothing, and may show that later ones of its start will. */
function noted(known: NodeBoots, its: KnownBoot, report: HeardReport, atMs: number): NodeBoots {
  const now = heardLower(its, report, atMs);
  const swap = (each: KnownBoot): KnownBoot => (each === its ? now : each);
  const { keeper, before, beside } = known;
  return { ...known, keeper: swap(keeper), before: before.map(swap), beside: beside.map(swap) };
}

interface Heard {
  readonly report: HeardReport;
  readonly atMs: number;
}
type Judged = readonly [Verdict, NodeBoots];

function judge(known: NodeBoots, its: KnownBoot | undefined, heard: Heard): Judged {
  const { report, atMs } = heard;
  if (its === undefined) return judgeStart(known, heard);
  const now = heardAgain(its, report, atMs);
  if (its === known.keeper) return ['new', { ...known, keeper: now }];
  if (known.before.includes(its)) return judgeReturn(known, its, { ...heard, now });
  return judgeBeside(known, its, { ...heard, now });
}

/** A start that was never heard. */
function judgeStart(known: NodeBoots, { report, atMs }: Heard): Judged {
  const found = relationTo(known.keeper, report);
  // Where nobody else is heard it harms no one, and a true one must not stay out for ever.
  const relation = found === 'implausible' ? 'other' : found;
  if (found === 'implausible' && !mayTake(known, relation, atMs)) return [found, known];
  const start = firstHeard(report, atMs);
  if (mayTake(known, relation, atMs)) return ['new', succeed(known, start)];
  return ['held', { ...known, beside: [...known.beside, start].slice(-MAX_OTHERS) }];
}

const mayTake = (
  { keeper, waryUntilMs }: NodeBoots,
  relation: 'later' | 'other',
  atMs: number,
): boolean => isSilent(keeper, atMs < waryUntilMs ? 'other' : relation, atMs);

type HeardAgain = Heard & { readonly now: KnownBoot };

/**
 * A start that had the name before. What it sent before the one that has it now was heard is late;
 * what it sent since shows that it lives, so all that came after it are other agents. A report that
 * is as late as after a sleep, or as held back by the network, counts with the next one only.
 */
function judgeReturn(known: NodeBoots, its: KnownBoot, { report, atMs, now }: HeardAgain): Judged {
  const { keeper } = known;
  const before = known.before.map((each) => (each === its ? now : each));
  const isLate = sentMs(its, report, atMs) <= keeper.sinceMs;
  if (isLate || mayBeHeldBack(its, report, atMs)) return ['stale', { ...known, before }];
  const at = before.indexOf(now);
  const after = {
    keeper: now,
    before: before.slice(0, at),
    beside: [...known.beside, ...before.slice(at + 1), keeper].slice(-MAX_OTHERS),
    waryUntilMs: atMs + WARY_MS,
  };
  return ['new', after];
}

/** A start that came while another had the name: it gets it when that one is silent. */
function judgeBeside(known: NodeBoots, its: KnownBoot, { report, atMs, now }: HeardAgain): Judged {
  const { keeper } = known;
  const beside = known.beside.map((each) => (each === its ? now : each));
  const relation = relationTo(keeper, its) === 'later' ? 'later' : 'other';
  if (mayTake(known, relation, atMs))
    return ['new', succeed({ ...known, beside: beside.filter((each) => each !== now) }, now)];
  // Both have been heard since the other one was: they live at once.
  const isTwin = sentMs(its, report, atMs) > its.sinceMs && keeper.heardAtMs >= its.sinceMs;
  if (!isTwin) return ['held', { ...known, beside }];
  return ['twin', { ...known, beside, waryUntilMs: atMs + WARY_MS }];
}

function succeed(known: NodeBoots, keeper: KnownBoot): NodeBoots {
  const [first, ...others] = [...known.before, known.keeper];
  const before = first === undefined ? [] : [first, ...others.slice(1 - MAX_OTHERS)];
  return { ...known, keeper: { ...keeper, sinceMs: keeper.heardAtMs }, before };
}
