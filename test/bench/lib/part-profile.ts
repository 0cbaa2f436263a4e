import type { HeapProfiler, Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { PartSums, type StackFrame } from './cost-parts.js';

const CPU_SAMPLE_US = 250;
const BYTES_PER_SAMPLE = 8192;

/** What a stack counts for, innermost frame first. */
export type NameOf = (stack: readonly StackFrame[]) => string;

/** CPU samples of the work, each counted once: a quota that stops the process adds none. */
export async function cpuSamples(
  work: () => Promise<void>,
  namesOf: readonly NameOf[],
): Promise<readonly PartSums[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: CPU_SAMPLE_US });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return namesOf.map((nameOf) => sumSamples(profile, nameOf));
}

/** Bytes that the work allocates, from samples; `of`: all of them, or what it leaves behind. */
export async function allocatedBytes(
  work: () => Promise<void>,
  namesOf: readonly NameOf[],
  of: 'all' | 'held' = 'all',
): Promise<readonly PartSums[]> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: BYTES_PER_SAMPLE,
    includeObjectsCollectedByMajorGC: of === 'all',
    includeObjectsCollectedByMinorGC: of === 'all',
  });
  await work();
  if (of === 'held') globalThis.gc?.();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return namesOf.map((nameOf) => {
    const sums = new PartSums();
    addBytes({ sums, nameOf }, profile.head, []);
    return sums;
  });
}

function sumSamples({ nodes, samples = [] }: Profiler.Profile, nameOf: NameOf): PartSums {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) callers.set(child, id);
  const parts = new Map<number, string>();
  const partAt = (id: number): string => {
    const stack: StackFrame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = callers.get(at)) {
      const node = byId.get(at);
      if (node !== undefined) stack.push(node.callFrame);
    }
    return nameOf(stack);
  };
  const sums = new PartSums();
  for (const id of samples) {
    const part = parts.get(id) ?? partAt(id);
    parts.set(id, part);
    sums.add(part, 1);
  }
  return sums;
}

type HeapNode = HeapProfiler.SamplingHeapProfileNode;

interface Adding {
  readonly sums: PartSums;
  readonly nameOf: NameOf;
}

function addBytes(to: Adding, node: HeapNode, callers: readonly StackFrame[]): void {
  const stack = [node.callFrame, ...callers];
  if (node.selfSize > 0) to.sums.add(to.nameOf(stack), node.selfSize);
  for (const child of node.children) addBytes(to, child, stack);
}
