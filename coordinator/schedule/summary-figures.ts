import type { AllocationId } from '../../shared/ids.js';
import type { AllocationDemand, NodeForecast } from './forecast.js';
import type { AllocationSummary, GpuSummary, NodeSummary } from './node-summary.js';
import type { AllocationFacts, SummaryFacts } from './summary-facts.js';

/** latencyMs, usageCores, throttledRatio, workingSetBytes and newestAgeMs of an allocation. */
const PER_ALLOCATION = 5;
/** aimCores, edgeCores and isMet of a demand. */
const PER_DEMAND = 3;
/** capacityCores and slowerRatio of a forecast, beside its demands. */
const PER_FORECAST = 2;

/**
 * The figures of a node: those of its allocations, of its GPUs and of what is forecast, in their
 * order. They are numbers in a row because a row is copied between threads as bytes. NaN = null, or
 * absent.
 */
export function figuresOf(
  { allocations, gpus = [] }: NodeSummary,
  forecast: NodeForecast | undefined,
): Float64Array {
  const demands = forecast === undefined ? 0 : PER_FORECAST + PER_DEMAND * forecast.demands.length;
  const ofAllocations = PER_ALLOCATION * allocations.length;
  const figures = new Float64Array(ofAllocations + gpus.length + demands);
  for (let i = 0; i < allocations.length; i += 1)
    setFigures(figures, PER_ALLOCATION * i, allocations[i] as AllocationSummary);
  for (let i = 0; i < gpus.length; i += 1)
    figures[ofAllocations + i] = gpus[i]?.report.memoryUsedBytes ?? Number.NaN;
  if (forecast !== undefined) setForecast(figures, ofAllocations + gpus.length, forecast);
  return figures;
}

function setFigures(
  figures: Float64Array,
  at: number,
  { latencyMs, report }: AllocationSummary,
): void {
  figures[at] = latencyMs ?? Number.NaN;
  if (report === null) return;
  const { cpu, memory, latency } = report;
  if (cpu !== null) {
    figures[at + 1] = cpu.usageCores;
    figures[at + 2] = cpu.throttledRatio;
  }
  if (memory !== null) figures[at + 3] = memory.workingSetBytes;
  if (latency !== null) figures[at + 4] = latency.newestAgeMs;
}

function setForecast(
  figures: Float64Array,
  from: number,
  { capacityCores, slowerRatio, demands }: NodeForecast,
): void {
  figures[from] = capacityCores;
  figures[from + 1] = slowerRatio ?? Number.NaN;
  let at = from + PER_FORECAST;
  for (const { aimCores, edgeCores, isMet } of demands) {
    figures[at] = aimCores ?? Number.NaN;
    figures[at + 1] = edgeCores ?? Number.NaN;
    figures[at + 2] = isMet ? 1 : 0;
    at += PER_DEMAND;
  }
}

/** Whether they are the same numbers. */
export function hasSameFigures(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** The summary with these facts and figures. Its allocations are made when they are looked at. */
export function summaryFrom(facts: SummaryFacts, figures: Float64Array): NodeSummary {
  const { allocations, gpus, ...rest } = facts;
  let made: readonly AllocationSummary[] | undefined;
  const used = PER_ALLOCATION * allocations.length;
  return {
    ...rest,
    ...(gpus === undefined
      ? {}
      : { gpus: gpus.map(({ report }, i) => withMemory(report, numberAt(figures, used + i))) }),
    // Own and enumerable, so that a copy of the node has them, too.
    get allocations() {
      made ??= allocations.map((each, i) => allocationFrom(each, figures, PER_ALLOCATION * i));
      return made;
    },
  };
}

const withMemory = (report: GpuSummary['report'], memoryUsedBytes: number | null): GpuSummary => ({
  report: { ...report, memoryUsedBytes },
});

function allocationFrom(
  { report, ...rest }: AllocationFacts,
  figures: Float64Array,
  at: number,
): AllocationSummary {
  const latencyMs = numberAt(figures, at);
  if (report === null) return { ...rest, latencyMs, report };
  const { hasCpu, hasMemory, hasLatency, ...container } = report;
  const [usageCores, throttledRatio] = [figures[at + 1] ?? 0, figures[at + 2] ?? 0];
  return {
    ...rest,
    latencyMs,
    report: {
      ...container,
      cpu: hasCpu ? { usageCores, throttledRatio } : null,
      memory: hasMemory ? { workingSetBytes: figures[at + 3] ?? 0 } : null,
      latency: hasLatency ? { newestAgeMs: figures[at + 4] ?? 0 } : null,
    },
  };
}

/** The forecast among these figures; `demanded`: whose demands it holds, in their order. */
export function forecastFrom(
  { allocations, gpus = [] }: SummaryFacts,
  demanded: readonly AllocationId[],
  figures: Float64Array,
): NodeForecast {
  const from = PER_ALLOCATION * allocations.length + gpus.length;
  const demands = demanded.map((allocation, i): AllocationDemand => {
    const at = from + PER_FORECAST + PER_DEMAND * i;
    const [aimCores, edgeCores] = [numberAt(figures, at), numberAt(figures, at + 1)];
    return { allocation, aimCores, edgeCores, isMet: figures[at + 2] === 1 };
  });
  const slowerRatio = numberAt(figures, from + 1);
  return {
    capacityCores: figures[from] ?? 0,
    demands,
    ...(slowerRatio === null ? {} : { slowerRatio }),
  };
}

function numberAt(figures: Float64Array, at: number): number | null {
  const value = figures[at] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
