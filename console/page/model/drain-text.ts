import type { DrainPlan } from '../../../proto/schemas/drain.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { allocationLine, effectLines, type PlanLine } from './plan-text.js';
import { counted, visible } from './words.js';

/** What draining a host would do, in sentences. */
export interface DrainText {
  /** What moves where. */
  readonly moves: readonly PlanLine[];
  /** What stays, and why. */
  readonly stays: readonly PlanLine[];
  /** Who else changes. */
  readonly others: readonly PlanLine[];
  readonly summary: string;
  /** Everything of ours finds another host and its target there, and nobody is hurt. */
  readonly isGood: boolean;
}

/** The dry run of a drain for people. */
export function drainText({ node, moves, stays, effects }: DrainPlan): DrainText {
  const moveLines = moves.map(({ allocation, to }): PlanLine => {
    const { tone, text } = allocationLine(to);
    return { tone, text: `${allocation} is replaced: ${text}` };
  });
  const others = effectLines(effects);
  const ours = stays.filter(({ container }) => container === undefined);
  const isGood = [...moveLines, ...others].every(({ tone }) => tone !== 'bad') && ours.length === 0;
  return {
    moves: moveLines,
    stays: stays.map(({ allocation, container, reason }) => ({
      tone: container === undefined ? 'bad' : 'plain',
      text: visible(`${container ?? allocation} stays: ${reason}`),
    })),
    others,
    summary: summaryOf(node, moves.length, stays.length),
    isGood,
  };
}

function summaryOf(node: string, moves: number, stays: number): string {
  if (moves + stays === 0) return `${node} runs nothing: it is empty at once.`;
  const stay = stays === 0 ? 'nothing stays' : `${counted(stays, 'container')} would stay`;
  return `${counted(moves, 'allocation')} would move, ${stay}.`;
}

/** What cordoning a host does, which moves nothing. */
export function cordonText(here: readonly AllocationStatus[]): string {
  const count = here.length;
  const goOn = count === 0 ? 'Nothing runs there' : `${counted(count, 'allocation')} there go on`;
  return `Nothing moves and nobody is hurt: ${goOn}, as before. New jobs go elsewhere.`;
}

/** What runs on a host that would be drained, before the dry run has answered. */
export function thereText(here: readonly AllocationStatus[]): string {
  const ours = here.filter(({ container }) => container?.origin !== 'label').length;
  const others = here.length - ours;
  const stay = others === 0 ? '' : `; ${counted(others, 'container')} by labels, which stay`;
  return `There: ${counted(ours, 'allocation')} of jobs${stay}.`;
}
