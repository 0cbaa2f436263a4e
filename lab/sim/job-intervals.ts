import { UNLIMITED } from '../../coordinator/schedule/limits/fit.js';
import type { AllocationId } from '../../shared/ids.js';
import type { JobInterval, ScenarioJob } from '../types.js';
import type { SimAllocation } from './allocation.js';
import { NO_LOAD, type ScenarioConditions } from './conditions.js';
import { type Judge, type JudgedContainer, onGpu } from './judge.js';
import { reportDelayMs, type SimNode } from './node.js';
import { scenarioTargetOf } from './spec.js';

/** What the jobs are judged by at the end of an interval. */
export interface JudgeContext {
  readonly judge: Judge;
  readonly conditions: ScenarioConditions;
  readonly intervalMs: number;
  readonly nowMs: number;
  /** By what clients saw in the interval instead of the long run. */
  readonly bySamples: boolean;
}

/** A node, and the CPU that it had for containers in the interval, mean, cores. */
export interface JudgedNode {
  readonly node: SimNode;
  readonly leftCores: number;
}

/**
 * How every job that asks to run is judged at the end of an interval, in id order. A job without a
 * running container has no latency. While a job moves, its old container counts: that is the one
 * its clients use.
 */
export function jobIntervals(
  nodes: readonly JudgedNode[],
  context: JudgeContext,
): readonly JobInterval[] {
  const found = new Map<string, JobInterval>();
  const existing = new Set<AllocationId>(nodes.flatMap(({ node }) => [...node.allocations.keys()]));
  for (const node of nodes)
    for (const { allocation, interval } of intervalsOnNode(node, context)) {
      const { replaces } = allocation.options;
      if (replaces === undefined || !existing.has(replaces)) found.set(interval.id, interval);
    }
  return context.conditions.jobs.map((job) => found.get(job.id) ?? unseenJob(job, context));
}

function intervalsOnNode(
  { node, leftCores }: JudgedNode,
  context: JudgeContext,
): readonly { readonly allocation: SimAllocation; readonly interval: JobInterval }[] {
  const { judge, intervalMs, nowMs } = context;
  const allocations = [...node.allocations.values()];
  const running = allocations.flatMap((allocation) => {
    const judged = judgedContainer(node, allocation, context);
    return judged === undefined ? [] : [{ allocation, judged }];
  });
  const values = judge.onNodeMs(
    running.map(({ judged }) => judged),
    leftCores,
  );
  const latencies = new Map(running.map(({ allocation }, i) => [allocation, values[i] ?? null]));
  return allocations.map((allocation) => {
    const limit = allocation.container?.limit ?? allocation.desired ?? UNLIMITED;
    const interval: JobInterval = {
      ...unseenJob(allocation.options.job, context),
      node: node.id,
      latencyMs: latencies.get(allocation) ?? null,
      limitCores: limit.cpuCores,
      periodUs: limit.periodUs,
      usageCores: allocation.takeUsageMs() / intervalMs,
      ...(context.bySamples ? allocation.takeJudged(nowMs, reportDelayMs(node, nowMs)) : {}),
    };
    return { allocation, interval };
  });
}

function judgedContainer(
  { gpus }: SimNode,
  { container, options }: SimAllocation,
  { conditions, nowMs }: JudgeContext,
): JudgedContainer | undefined {
  if (container === null || container.startsAtMs > nowMs) return undefined;
  const { job, model } = options;
  const load = conditions.load.get(job.id) ?? NO_LOAD;
  return {
    model: onGpu(model, load, gpus.rateOf(options.gpu)),
    statistic: job.statistic,
    load,
    limit: container.limit,
  };
}

function unseenJob(job: ScenarioJob, { conditions }: JudgeContext): JobInterval {
  const targetMs = conditions.targetMs.get(job.id) ?? job.targetMs;
  return {
    id: job.id,
    node: null,
    target: scenarioTargetOf(job, targetMs),
    weight: job.weight,
    latencyMs: null,
    limitCores: null,
    periodUs: UNLIMITED.periodUs,
    usageCores: 0,
  };
}
