import type { NodeId } from '../../shared/ids.js';
import { cutText } from '../../shared/text.js';
import type { NodeCondition, Plan } from '../schedule/types.js';
import type { EventDraft } from './event-draft.js';
import type { ClusterState, NodeConditions } from './model.js';

const MAX_REASON = 4000;

/**
 * The conditions of nodes after a plan, with `newest` as the policy just gave them. The policy
 * decides nothing for a node that is not ready, so such a node keeps its conditions.
 */
export function foldConditions(
  state: ClusterState,
  newest: Plan['conditions'] = [],
): NodeConditions {
  const next = new Map<NodeId, readonly NodeCondition[]>();
  for (const { node, kind, reason } of newest)
    next.set(node, [...(next.get(node) ?? []), { kind, reason: cutText(reason, MAX_REASON) }]);
  for (const [id, conditions] of state.conditions) {
    const node = state.nodes.get(id);
    if (!next.has(id) && node !== undefined && node.liveness !== 'ready') next.set(id, conditions);
  }
  return isSame(state.conditions, next) ? state.conditions : next;
}

function isSame(a: NodeConditions, b: NodeConditions): boolean {
  if (a.size !== b.size) return false;
  for (const [id, conditions] of b) {
    const before = a.get(id);
    if (before !== conditions && !areSame(before, conditions)) return false;
  }
  return true;
}

const areSame = (a: readonly NodeCondition[] | undefined, b: readonly NodeCondition[]): boolean =>
  a?.length === b.length &&
  b.every(({ kind, reason }, i) => kind === a[i]?.kind && reason === a[i]?.reason);

const BEGINS = {
  overloaded: 'dqoes.node.overloaded',
  'fell-back': 'dqoes.node.fell-back',
} as const;
const ENDS = { overloaded: 'dqoes.node.relieved', 'fell-back': 'dqoes.node.resumed' } as const;

/**
 * Events for conditions that began and conditions that ended between two states. A fall-back that
 * goes further says so once more, since others have lost their limits by then.
 */
export function conditionEvents(before: ClusterState, after: ClusterState): EventDraft[] {
  const nodes = new Set([...before.conditions.keys(), ...after.conditions.keys()]);
  return [...nodes].sort().flatMap((node) => {
    const [old, now] = [before.conditions.get(node) ?? [], after.conditions.get(node) ?? []];
    const stamp = stampOf(after, node);
    const begun = now.filter((one) => !has(old, one.kind) || goesFurther(one, old));
    const ended = old.filter(({ kind }) => !has(now, kind));
    return [
      ...begun.map(({ kind, reason }): EventDraft => {
        const type = BEGINS[kind];
        return { type, id: `node-${kind}.${stamp}`, data: { node, reason } };
      }),
      ...ended.map(({ kind }): EventDraft => {
        const type = ENDS[kind];
        return { type, id: `node-${kind}-ended.${stamp}`, data: { node } };
      }),
    ];
  });
}

const has = (conditions: readonly NodeCondition[], kind: NodeCondition['kind']): boolean =>
  conditions.some((one) => one.kind === kind);

const goesFurther = ({ kind, reason }: NodeCondition, old: readonly NodeCondition[]): boolean =>
  kind === 'fell-back' && !old.some((one) => one.kind === kind && one.reason === reason);

function stampOf(state: ClusterState, node: NodeId): string {
  const report = state.nodes.get(node)?.report;
  return `${node}.${report?.bootId ?? ''}.${report?.sequence ?? 0}`;
}
