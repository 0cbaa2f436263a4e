import fc from 'fast-check';
import { POLICY_NAMES, type ProgramReport } from '../../../proto/schemas/service.js';
import { anyText, milliseconds, plainly } from './basic.js';

/** A part of the cluster, as the leader heard it. */
const anyProgram: fc.Arbitrary<ProgramReport> = plainly(
  fc.record(
    {
      program: fc.constantFrom('coordinator' as const, 'console'),
      name: anyText,
      version: anyText,
      role: fc.constantFrom('leads' as const, 'stands-by'),
      ageMs: milliseconds,
    },
    { requiredKeys: ['program', 'name', 'version', 'ageMs'] },
  ),
);

/** Which console asks. */
export const anyFollower = plainly(fc.record({ name: anyText, version: anyText }));

const policy = fc.constantFrom(...POLICY_NAMES);

/** With and without what came after 0.1.0. */
export const anyPolicyAnswer = plainly(
  fc.record(
    {
      policy,
      available: fc.array(policy, { maxLength: 3 }),
      nowMs: milliseconds,
      programs: fc.array(anyProgram, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['policy', 'available'] },
  ),
);
