import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { AllocationId } from '../../shared/ids.js';
import { assertNever } from '../../shared/result.js';
import { driftLines } from '../output/drift.js';
import {
  allocationName,
  coresText,
  latencyText,
  NO_VALUE,
  outOfReachText,
  targetText,
  timeText,
  unansweredText,
} from '../output/format.js';
import { limitChangeText } from '../output/limit-change.js';
import { printable } from '../output/table.js';
import type { StoryEntry } from './entries.js';

/**
 * The story as lines, oldest first: `14:03:05 0.62 → 0.22 CPU: why`, in local time. Where there are
 * several containers, each line names its own.
 */
export function storyLines(entries: readonly StoryEntry[], nowMs: number): readonly string[] {
  const pieces = new StoryPieces(nowMs);
  return [...pieces.lines(entries), ...pieces.end()];
}

/**
 * The same story block by block. That there are several containers is known by those of the blocks
 * until then, and by those expected.
 */
export class StoryPieces {
  readonly #nowMs: number;
  readonly #allocations = new Set<AllocationId>();
  /** The last entry: the next one decides how it is told. */
  #held: StoryEntry | undefined;

  /** `nowMs`: Unix time. */
  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** Containers that lines to come are about. */
  expect(allocations: readonly (AllocationId | null)[]): void {
    // Two are several: no more have to be known.
    for (const each of allocations)
      if (each !== null && this.#allocations.size < 2) this.#allocations.add(each);
  }

  /** The lines that can be told, all but the last. */
  lines(entries: readonly StoryEntry[]): readonly string[] {
    this.expect(entries.map(({ allocation }) => allocation));
    const all = this.#held === undefined ? entries : [this.#held, ...entries];
    this.#held = all.at(-1);
    return all.slice(0, -1).map((entry, at) => this.#line(entry, all[at + 1]));
  }

  /** The last line, if there is any. */
  end(): readonly string[] {
    const last = this.#held;
    this.#held = undefined;
    return last === undefined ? [] : [this.#line(last, undefined)];
  }

  #line(entry: StoryEntry, next: StoryEntry | undefined): string {
    const isNamed = this.#allocations.size > 1 && entry.allocation !== null;
    const who = isNamed ? `${entry.container ?? entry.allocation} ` : '';
    const reason = isSaidNext(entry, next) ? '' : entry.reason;
    const time = timeText(entry.atMs, this.#nowMs);
    return printable(`${time} ${who}${happened(entry)}${because(reason)}`);
  }
}

/** A placement and its first limit are one decision with one reason. */
const isSaidNext = (entry: StoryEntry, next: StoryEntry | undefined): boolean =>
  entry.kind === 'placed' &&
  next?.kind === 'limit' &&
  next.allocation === entry.allocation &&
  next.reason === entry.reason;

const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

function happened(entry: StoryEntry): string {
  const onNode = entry.node === null ? '' : ` on ${entry.node}`;
  switch (entry.kind) {
    case 'submitted': {
      const target = entry.target === null ? '' : `, target ${targetText(entry.target)}`;
      return (
        `submitted, ${entry.replicas} ` +
        `${entry.replicas === 1 ? 'container' : 'containers'}${target}`
      );
    }
    case 'updated':
      return 'updated';
    case 'target':
      return `target ${targetText(entry.from)} → ${targetText(entry.to)}`;
    case 'waiting':
      return 'cannot be placed';
    case 'placed':
      return `placed${onNode}`;
    case 'started':
      return `started${onNode}`;
    case 'start-failed':
      return `cannot be started${onNode}`;
    case 'limit':
      return limitChangeText(entry);
    case 'class': {
      const from = entry.from === null ? '' : `${entry.from} → `;
      return (
        `${from}${entry.to}: ${latencyText(entry.latencyMs)}, target ` +
        `${latencyText(entry.targetMs)}`
      );
    }
    case 'unreachable':
      return `target ${latencyText(entry.targetMs)} is out of reach${onNode}`;
    case 'reachable':
      return `target ${latencyText(entry.targetMs)} is within reach again`;
    case 'moved':
      return `moved from ${entry.from} to ${entry.node ?? NO_VALUE}`;
    case 'preempted':
      return `was preempted${onNode}`;
    case 'refused':
      return `refused${onNode}`;
    case 'lost':
      return `lost${onNode}`;
    case 'stopped':
      return 'stopped';
    default:
      return assertNever(entry);
  }
}

/** The present state of one container, whether its target is out of reach, and what others did. */
export function presentLines(status: AllocationStatus): readonly string[] {
  const name = allocationName(status);
  const { node, target, latencyMs, qoeClass, unreachable, isStopping, reason } = status;
  const place = node === null ? '' : ` on ${node}`;
  if (isStopping === true) return [printable(`${name}${place}: ${reason}`)];
  const quality =
    target === null
      ? 'no target'
      : `${latencyMs === null ? noneText(status) : latencyText(latencyMs)}, target ` +
        `${targetText(target)}${qoeClass === null ? '' : `, ${qoeClass}`}`;
  const reach =
    unreachable === undefined ? [] : [`${name}: out of reach: ${outOfReachText(unreachable)}`];
  const now = `${name}${place}: ${quality}; ${useText(status)}`;
  return [...[now, ...reach].map(printable), ...driftLines([status])];
}

/**
 * What a job's status says of it, without what `presentLines` says of its containers already: why
 * one does not run, or is out of reach.
 */
export const jobLines = (
  reasons: readonly string[],
  now: readonly AllocationStatus[],
): readonly string[] =>
  reasons
    .filter((reason) => {
      const its = now.find((status) => reason.startsWith(`${allocationName(status)}: `));
      if (its === undefined) return true;
      if (its.container?.state !== 'running') return false;
      return its.unreachable === undefined || !reason.endsWith(its.unreachable.reason);
    })
    .map(printable);

const noneText = (status: AllocationStatus): string =>
  unansweredText(status) || 'no response time yet';

function useText({ container, desired, reason }: AllocationStatus): string {
  if (container === null) return reason === '' ? 'does not run' : reason;
  if (container.state !== 'running') return `${container.state}${because(container.reason)}`;
  const limit = container.observed ?? desired;
  const guarantee = desired?.cpuCores === null ? desired.guaranteeCores : undefined;
  const ceiling =
    limit === null || limit.cpuCores === null
      ? guarantee === undefined
        ? 'no limit'
        : `no quota, ${coresText(guarantee)} CPU guaranteed`
      : `limit ${coresText(limit.cpuCores)} CPU in periods of ` +
        `${latencyText(limit.periodUs / 1000)}`;
  const use = container.cpu === null ? '' : `, uses ${coresText(container.cpu.usageCores)}`;
  const control =
    container.control === 'enforce' ? '' : `, not controlled${because(container.reason)}`;
  return `${ceiling}${use}${control}`;
}
