import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { classOf, SpecsByPlace } from '../../../../coordinator/state/specs-by-place.js';
import type { JobName } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';
import { gibOf, reservedOf } from '../../../../shared/prices.js';
import { workloadKeyOf } from '../../../../shared/workload.js';
import { anyTarget } from '../../../lib/arbitraries/basic.js';
import { anyJobSpec } from '../../../lib/arbitraries/job.js';
import { anyContainerReport } from '../../../lib/arbitraries/report.js';

type Jobs = ClusterState['jobs'];

const NAMES = ['a', 'b', 'c', 'd'].map((name) => name as JobName);
const anyName = fc.constantFrom(...NAMES);
/** The last of the names is the name of no job. */
const anyJobs: fc.Arbitrary<Jobs> = fc.array(anyJobSpec, { minLength: 3, maxLength: 3 }).map(
  (specs) =>
    new Map(
      specs.map((spec, i) => {
        const named: JobSpec = { ...spec, name: NAMES[i] as JobName };
        return [named.name, { spec: named, workload: workloadKeyOf(named), revision: 1 }];
      }),
    ),
);
const anyContainers = fc.array(
  fc
    .record({ container: anyContainerReport, job: anyName, target: anyTarget })
    .map(({ container, job, target }) => ({ ...container, job, target })),
  { maxLength: 6 },
);

function reservedBy({ resources, credit }: JobSpec) {
  const { memoryBytes, gpus } = reservedOf(resources);
  return { memoryGib: gibOf(memoryBytes), gpus, credit };
}

describe('the jobs of containers by their places', () => {
  it('say what each job says, whichever stands in a place and however many there are', () => {
    fc.assert(
      fc.property(anyJobs, fc.array(anyContainers, { maxLength: 4 }), (jobs, reports) => {
        const found = new SpecsByPlace(jobs, reports[0]?.length ?? 0);
        for (const containers of reports)
          containers.forEach((container, place) => {
            const spec = jobs.get(container.job)?.spec;
            const target = spec?.target ?? container.target;
            assert.equal(found.classAt(place, container), classOf(target, container));
            assert.equal(found.isCeilingAt(place, container), target.mode === 'ceiling');
            assert.deepEqual(found.reservedAt(place, container), spec && reservedBy(spec));
          });
      }),
    );
  });
});
