import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WorkloadProfile } from '../../../../../coordinator/schedule/forecast.js';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../../coordinator/schedule/schedule.js';
import type { SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import { workloadKeyOf } from '../../../../../shared/workload.js';
import { job, node, nodeId, PARAMS, snapshot, target, wantedJob } from '../../build.js';

const NODES = 200;
const REPLICAS = 40;
const ids = Array.from({ length: NODES }, (_, i) => `h${String(i).padStart(3, '0')}`);
// No two are equally fast.
const speeds = new Map(ids.map((id, i) => [nodeId(id), 1 + ((i * 37) % NODES) / 1000]));
const profile: WorkloadProfile = {
  workSeconds: 0.2,
  noiseRatio: 0,
  requests: 20,
  overheadSeconds: 0,
  freeCores: 0,
  clients: 1,
  ratePerSecond: 0,
  tailRatios: {},
};

/** How often nodes are looked at for one replica more: the first question is whether it is up. */
function looksPerReplica(latencyMs: number, isKnown: boolean): number {
  const looksFor = (replicas: number): number => {
    let looks = 0;
    const watched = (id: string): SnapshotNode =>
      Object.defineProperty(node(id), 'schedulable', {
        enumerable: true,
        get: () => {
          looks += 1;
          return true;
        },
      });
    const spec = job('x', { replicas, target: target(latencyMs) });
    const profiles = new Map(isKnown ? [[workloadKeyOf(spec), profile]] : []);
    const memory = { ...NO_MEMORY, knowledge: { profiles, speeds }, learntAtMs: 0 };
    const seen = snapshot(ids.map(watched), [wantedJob(spec)]);
    const input = { snapshot: seen, nowMs: 0, params: PARAMS, policy: POLICIES.adaptive };
    const { decisions } = schedule(input, memory).plan;
    assert.equal(decisions.filter(({ kind }) => kind === 'place').length, replicas);
    return looks;
  };
  return (looksFor(REPLICAS + 1) - looksFor(1)) / REPLICAS;
}

describe('place: among many nodes', () => {
  it('looks closely at the few that may be the best fit', () => {
    assert.ok(looksPerReplica(1000, true) < NODES / 10, `${looksPerReplica(1000, true)}`);
  });

  it('does so where none has enough CPU', () => {
    assert.ok(looksPerReplica(50, true) < NODES / 2, `${looksPerReplica(50, true)}`);
  });

  it('does so for a workload that nobody knows', () => {
    assert.ok(looksPerReplica(1000, false) < NODES / 10, `${looksPerReplica(1000, false)}`);
  });
});
