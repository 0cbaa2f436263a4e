import { type CapacityLimit, type KindRoom, MAX_ROOM } from '../../proto/schemas/capacity.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import type { NodeCpu } from '../schedule/node-cpu.js';
import type { Refusal } from '../schedule/types.js';
import type { ClusterState } from '../state/model.js';
import { type Forecast, forecastBetween, withJobs } from './forecast.js';
import type { SpecKind } from './job-kinds.js';
import { largestThat, type SearchBudget } from './search-budget.js';
import { type SettledState, settledSteps } from './settle.js';
import type { Base } from './what-if.js';

const MAX_REASON = 500;
const MAX_REFUSALS = 5;

/** Where room is searched. */
export interface RoomInput {
  readonly base: Base;
  /** Of the base. */
  readonly cpu: readonly NodeCpu[];
  readonly budget: SearchBudget;
}

/**
 * How many more jobs of a kind would all meet their targets without anybody losing one. Undefined =
 * the budget was spent before anything was known.
 */
export function* roomSteps(input: RoomInput, kind: SpecKind): Steps<KindRoom | undefined> {
  const { base, cpu, budget } = input;
  const name = newName(base.input.state, kind.spec.name);
  let limit: { readonly at: number; readonly is: CapacityLimit } | undefined;
  let isUnknown = false;
  let asked = 0;
  const holds = function* (replicas: number): Steps<boolean | undefined> {
    const spec = { ...kind.spec, name, replicas };
    const found = yield* budget.within(submitSteps(base, spec));
    if (found === undefined) return undefined;
    asked += 1;
    isUnknown = found.isUnknown;
    if (found.limit !== null && (limit === undefined || replicas < limit.at))
      limit = { at: replicas, is: found.limit };
    return isUnknown ? undefined : found.limit === null;
  };
  const range = { max: MAX_ROOM, guess: guessOf(cpu, kind) };
  const { largest, isExact } = yield* largestThat(holds, range);
  if (asked === 0) return undefined;
  const { like } = kind;
  if (isUnknown) return { like, more: null, atLeast: false, limit: limit?.is ?? null };
  return { like, more: largest, atLeast: !isExact, limit: isExact ? (limit?.is ?? null) : null };
}

/** As the free CPU says; what counts is what the scheduler says. */
function guessOf(cpu: readonly NodeCpu[], { cpuCores }: SpecKind): number {
  if (cpuCores === null || cpuCores <= 0) return 1;
  return cpu.reduce((sum, { freeCores }) => sum + Math.floor((freeCores ?? 0) / cpuCores), 0);
}

function newName({ jobs }: ClusterState, like: JobName): JobName {
  const stem = `${like.slice(0, 48)}-more`;
  for (let i = 1; ; i += 1) {
    const name = (i === 1 ? stem : `${stem}${i}`) as JobName;
    if (!jobs.has(name)) return name;
  }
}

interface Submitted {
  /** What stands in the way; null = all of them meet their targets, at nobody's expense. */
  readonly limit: CapacityLimit | null;
  /** Nothing like it has answered yet. */
  readonly isUnknown: boolean;
}

function* submitSteps({ input, settled }: Base, spec: JobSpec): Steps<Submitted> {
  const asked = { ...input, jobs: [spec] };
  const after = yield* settledSteps(input, withJobs(asked));
  const forecast = yield* forecastBetween(asked, settled, after);
  const unknown = allocationsOf(forecast).find(({ verdict }) => verdict === 'unknown');
  if (unknown !== undefined) {
    const { node, reason } = unknown;
    return { limit: limitOf('target', node, reason), isUnknown: true };
  }
  const limit = refusedIn(after, spec.name) ?? slowIn(forecast, after) ?? othersIn(forecast);
  return { limit, isUnknown: false };
}

const allocationsOf = ({ plans }: Forecast) => plans[0]?.allocations ?? [];

const limitOf = (
  resource: CapacityLimit['resource'],
  node: CapacityLimit['node'],
  reason: string,
): CapacityLimit => ({ resource, node, reason: cutText(reason, MAX_REASON) });

/** That a node is silent or cordoned says less than that one is full. */
const RANKS: readonly (readonly Refusal['resource'][])[] = [
  ['cpu', 'memory', 'gpu', 'command', 'port'],
  ['label', 'rules', 'secret'],
  ['cordon', 'liveness'],
];

/** Of all reasons why no node takes it the one of most nodes, among those that say most. */
function refusedIn({ pending }: SettledState, name: JobName): CapacityLimit | null {
  const refusals = pending.find(({ job }) => job === name)?.refusals;
  if (refusals === undefined) return null;
  for (const rank of RANKS) {
    const named = refusals.filter(({ resource }) => rank.includes(resource));
    const most = mostNamed(named.map(({ resource }) => resource));
    const its = named.filter(({ resource }) => resource === most);
    const [first] = its;
    if (first === undefined) continue;
    const node = its.length === 1 ? first.node : null;
    const reasons = its.slice(0, MAX_REFUSALS).map(({ message }) => message);
    return limitOf(first.resource, node, reasons.join('; '));
  }
  return limitOf('liveness', null, 'no node has reported yet');
}

function mostNamed<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function slowIn(forecast: Forecast, { unreachable }: SettledState): CapacityLimit | null {
  const slow = allocationsOf(forecast).find(({ verdict }) => verdict !== 'met');
  if (slow === undefined) return null;
  // Why it was placed there is no reason why no more fit.
  return limitOf('target', slow.node, unreachable.get(slow.id)?.reason ?? slow.reason);
}

function othersIn({ effects }: Forecast): CapacityLimit | null {
  const harmed = effects.find(({ effect }) => effect !== 'gains-target');
  if (harmed === undefined) return null;
  const { node, job, container = job, reason } = harmed;
  return limitOf('others', node, `at the expense of ${container}: ${reason}`);
}
