import type { AllocationStatus, JobStatus } from '../../../proto/schemas/status.js';
import type { ContainerReport } from '../../../shared/report.js';
import { allocation, jobStatus, nodeStatus } from '../../unit/console/page/build.js';
import { container, job, latency, target } from '../../unit/coordinator/build.js';
import { GIB, gpuReport } from '../../unit/coordinator/schedule/gpu/build.js';
import { type Scene, usualScene } from './scenes.js';

/** Every job is at its target. */
export function calmScene(): Scene {
  const { jobs, ...rest } = usualScene();
  return { ...rest, jobs: jobs.filter(({ spec }) => spec.name.startsWith('face-')) };
}

/** Agents as they are installed: they watch and limit nothing. */
export function watchedScene(): Scene {
  const { jobs, ...rest } = usualScene();
  const watched = (its: ContainerReport): ContainerReport => ({
    ...its,
    control: 'observe',
    reason: its.reason || 'this agent only observes',
  });
  const allocations = ({ allocations: all }: JobStatus): readonly AllocationStatus[] =>
    all.map(({ unreachable: _unreachable, ...each }) => ({
      ...each,
      ...{ desired: null, reason: '' },
      container: each.container === null ? null : watched(each.container),
    }));
  return { ...rest, jobs: jobs.map((each) => ({ ...each, allocations: [...allocations(each)] })) };
}

/** A job of three replicas, one of which finds no place, and another whose image is pulled. */
export function replicasScene(): Scene {
  const cpu = { usageCores: 0.2, usageTotalSeconds: 9, throttledRatio: 0.1, pressureRatio: 0.02 };
  const runs = (id: string, ms: number): AllocationStatus =>
    allocation(id, { latencyMs: ms, container: container(id, { cpu, latency: latency(ms) }) });
  const waits = allocation('search-3', {
    ...{ node: null, container: null, latencyMs: null, qoeClass: null, desired: null },
    reason: 'no node has the 0.5 CPU free that it takes',
  });
  const pulled = allocation('caption-1', {
    ...{ latencyMs: null, qoeClass: null, reason: 'pulling models/caption:2: 3 of 7 layers' },
    container: container('caption-1', { state: 'pending', reason: '' }),
  });
  const spec = job('search', { replicas: 3, target: target(100), image: 'models/search:1' });
  return {
    jobs: [
      jobStatus('caption', {}, { state: 'pending', allocations: [pulled] }),
      jobStatus(
        'search',
        {},
        {
          ...{ spec, state: 'partial' },
          allocations: [runs('search-1', 98), runs('search-2', 101), waits],
        },
      ),
    ],
    nodes: [nodeStatus('h1')],
    hasLeader: true,
    isConnected: true,
  };
}

/** A host with two GPUs that is being drained. */
export function gpuScene(): Scene {
  const { nodes, ...rest } = usualScene();
  const gpus = [gpuReport(0), gpuReport(1, { clockMhz: 990, memoryUsedBytes: 12 * GIB })];
  return {
    ...rest,
    nodes: nodes.map((each) =>
      each.id === 'h2' ? { ...each, gpus, scheduling: 'draining' as const } : each,
    ),
  };
}

/** The console has lost NATS. */
export const natsAwayScene = (): Scene => ({ ...usualScene(), isConnected: false });
