import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { lineText } from '../../../../lab/recording/lines.js';
import type { Recording, RecordingLine } from '../../../../lab/recording/types.js';
import { verify } from '../../../../lab/replay/verify.js';
import { model, open, scenario, simJob } from '../sim/build.js';
import { policyNamed, readGood, recordSimulation } from './record-sim.js';

const WORLD = scenario(
  [
    simJob('a', { targetMs: 450, model: model({ workSeconds: 0.1, noiseRatio: 0.08 }) }),
    simJob('b', { targetMs: 900, model: model({ workSeconds: 0.2, noiseRatio: 0.08 }) }),
    simJob('c', {
      targetMs: 200,
      model: model({ workSeconds: 0.05, noiseRatio: 0.08, arrivals: open(5) }),
    }),
    simJob('d', {
      atMs: 31_500,
      untilMs: 62_300,
      targetMs: 1000,
      model: model({ workSeconds: 0.5, noiseRatio: 0.08 }),
    }),
  ],
  { durationMs: 100_000 },
);
const recordingOf = (policy: string): Recording =>
  readGood(recordSimulation(WORLD, policyNamed(policy)).text).recording;
const verified = (recording: Recording, policy: string) => {
  const { params } = recording.header;
  assert.ok(params !== null);
  const named = (name: string) =>
    Object.hasOwn(LAB_POLICIES, name) ? LAB_POLICIES[name] : undefined;
  return verify({ recording, policy, params, policyNamed: named });
};

describe('deciding again', () => {
  for (const policy of ['dqoes', 'adaptive', 'equal'])
    it(`from the reports of ${policy} gives its decisions exactly, arrivals included`, () => {
      const { recorded, agreed, exact, disagreements } = verified(recordingOf(policy), policy);
      assert.ok(recorded > 0);
      const missed = disagreements.filter((each) => each.recorded !== null);
      assert.deepEqual([agreed, exact, missed], [recorded, recorded, []]);
    });

  it('finds another policy out', () => {
    const { share, disagreements } = verified(recordingOf('dqoes'), 'adaptive');
    assert.ok(share < 0.5, `${share}`);
    assert.ok(disagreements.length > 0);
  });

  it('finds one forged limit, and tells both reasons', () => {
    const recording = recordingOf('dqoes');
    const at = recording.desired.findLastIndex(({ allocations }) => allocations.length > 0);
    const desired = recording.desired.map((line, i) =>
      i === at
        ? {
            ...line,
            allocations: line.allocations.map((each) => ({
              ...each,
              limit: { cpuCores: 0.123, periodUs: 100_000 },
            })),
          }
        : line,
    );
    const { disagreements, recorded, agreed } = verified({ ...recording, desired }, 'dqoes');
    assert.ok(recorded > agreed);
    const forged = disagreements.find((each) => each.recorded?.to.cpuCores === 0.123);
    assert.ok(forged !== undefined, JSON.stringify(disagreements));
  });

  it('follows a change of the policy, and says when there is no such policy', () => {
    const recording = recordingOf('dqoes');
    const policies = [{ kind: 'policy' as const, atMs: 0, policy: 'dqoes' }];
    assert.equal(
      verified({ ...recording, policies }, 'equal').share,
      verified(recording, 'dqoes').share,
    );
    const { unknownPolicies } = verified(
      { ...recording, policies: [{ kind: 'policy', atMs: 50_000, policy: 'nope' }] },
      'dqoes',
    );
    assert.deepEqual(unknownPolicies, ['nope']);
  });

  it('takes what a recording begins with as given, not as decided', () => {
    const { header: first, reports, desired } = recordingOf('equal');
    const fromMs = 10_000;
    const held = desired.findLast(({ atMs }) => atMs < fromMs);
    assert.ok(held !== undefined);
    const lines: readonly RecordingLine[] = [
      { ...held, atMs: fromMs, epoch: 0, revision: 0 },
      ...reports.filter(({ atMs }) => atMs >= fromMs && atMs < 30_000),
    ];
    const { recording } = readGood([first, ...lines].map(lineText).join(''));
    const { recorded, extra } = verified(recording, 'equal');
    assert.deepEqual([recorded, extra], [0, 0]);
  });
});
