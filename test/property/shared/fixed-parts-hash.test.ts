import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeJob, encodeJob } from '../../../proto/job.js';
import { decodeRequest, encodeRequest } from '../../../proto/service-codec.js';
import { isSameContainer } from '../../../shared/fixed-parts.js';
import { fixedPartsHashOf } from '../../../shared/fixed-parts-hash.js';
import type { JobSpec } from '../../../shared/job.js';
import { anyJobSpec } from '../../lib/arbitraries/job.js';
import { allocationId, limit, nodeId } from '../../unit/coordinator/build.js';

/** As the agent gets it with a desired state. */
function sentToAgent(spec: JobSpec): JobSpec | undefined {
  const version = { incarnation: 'inc', epoch: 1, revision: 1 };
  const wanted = { id: allocationId('a-1'), job: spec.name, spec, limit: limit(1), reason: '' };
  const state = { ...version, node: nodeId('h1'), validForMs: 1000, allocations: [wanted] };
  const back = decodeCommand(encodeCommand(state));
  return back.ok ? back.value.allocations[0]?.spec : undefined;
}

function submitted(spec: JobSpec, format: 'protobuf' | 'json'): JobSpec | undefined {
  const back = decodeRequest(
    'job-submit',
    encodeRequest('job-submit', { jobs: [spec] }, format),
    format,
  );
  return back.ok ? back.value.jobs[0] : undefined;
}

function storedAndRead(spec: JobSpec): JobSpec | undefined {
  const back = decodeJob(encodeJob(spec));
  return back.ok ? back.value : undefined;
}

/** Jobs with what protobuf cannot tell from nothing, too. */
const anySpec = anyJobSpec.chain((spec) =>
  fc.constantFrom(
    spec,
    { ...spec, secretEnv: {} },
    { ...spec, resources: { ...spec.resources, gpu: {} } },
    { ...spec, ports: spec.ports.map((port) => ({ ...port, hostPort: 0 })) },
  ),
);

describe('the hash of what a container is made from, on both sides', () => {
  it('is the same for the coordinator that stores a job and the agent that makes it', () => {
    fc.assert(
      fc.property(
        anySpec,
        fc.constantFrom('protobuf' as const, 'json' as const),
        (spec, format) => {
          // What a coordinator holds it has read.
          const held = submitted(spec, format);
          assert.ok(held);
          const hashes = [storedAndRead(held), sentToAgent(held)].map((each) => {
            assert.ok(each);
            return fixedPartsHashOf(each);
          });
          assert.deepEqual(hashes, [fixedPartsHashOf(held), fixedPartsHashOf(held)]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the same exactly where one container goes on as the other', () => {
    fc.assert(
      fc.property(anyJobSpec, anyJobSpec, fc.boolean(), (a, other, isMixed) => {
        const b = isMixed ? { ...a, command: other.command, ports: other.ports } : { ...a };
        assert.equal(fixedPartsHashOf(a) === fixedPartsHashOf(b), isSameContainer(a, b));
        assert.equal(fixedPartsHashOf(a) === fixedPartsHashOf(other), isSameContainer(a, other));
      }),
      { numRuns: 200 },
    );
  });
});
