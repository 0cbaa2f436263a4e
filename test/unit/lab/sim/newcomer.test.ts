import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adaptivePolicy } from '../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import { model, scenario, simJob } from './build.js';

/**
 * Of what the settled job had before: its band reaches to 1 ÷ 1.1 of its CPU, the rest is noise. No
 * limit is no cut.
 */
const KEPT = 0.75;

describe('a newcomer of unknown workload on a host with other load', () => {
  const judge = new Judge();

  for (const stolenCpu of [0, 0.6, 1.2])
    it(`never cuts a settled job below its demand, with ${stolenCpu} CPU stolen`, () => {
      for (let seed = 1; seed <= 8; seed += 1) {
        const settled = simJob('a', { targetMs: 200, model: model({ workSeconds: 0.03 }) });
        const fresh = simJob('b', {
          targetMs: 8000,
          atMs: 60_000,
          model: model({ workSeconds: 1 + seed / 2 }),
        });
        const given = scenario([settled, fresh], {
          ...{ seed, durationMs: 120_000, nodes: [{ id: 'h1', cpuCores: 2 }] },
          disturbances:
            stolenCpu === 0
              ? []
              : [{ kind: 'stolenCpu', atMs: 20_000, forMs: null, node: 'h1', cores: stolenCpu }],
        });
        const { decisions } = simulate({ scenario: given, policy: adaptivePolicy, judge });
        const its = decisions.filter(({ job }) => job === 'a');
        const before = its.filter(({ atMs }) => atMs < 60_000).at(-1)?.toCores ?? Number.NaN;
        const after = its
          .filter(({ atMs }) => atMs >= 60_000)
          .map(({ toCores }) => toCores ?? Number.POSITIVE_INFINITY);
        assert.ok(
          Math.min(before, ...after) >= KEPT * before,
          `seed ${seed}: ${after} of ${before}`,
        );
      }
    });
});
