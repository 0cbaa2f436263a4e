import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Managed } from '../../../../agent/containers/managed.js';
import { intend } from '../../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER, type Ledger } from '../../../../agent/enforce/ledger-entry.js';
import type { PlanInput } from '../../../../agent/enforce/plan-types.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import { planSteps } from '../../../../agent/enforce/steps.js';
import {
  anAdopted,
  anOwn,
  aPlanInput,
  aSpec,
  aState,
  idOf,
  kernelOf,
  limitOf,
  NO_CPU,
  quotaOfCores,
  wantAdopted,
  wantOwn,
} from './build.js';

const kinds = (input: Parameters<typeof aPlanInput>[0]): readonly string[] =>
  planSteps(aPlanInput(input)).steps.map((step) => `${step.kind} ${step.allocation}`);
const touched = (managed: Managed): Ledger =>
  intend(EMPTY_LEDGER, { ...managed, original: NO_CPU, applied: limitOf(0.5) });
/** Its last write, of that number of cores, as it was read back. */
const readBack = ({ lifeId }: Managed, cores: number): PlanInput['confirmed'] => {
  const expected = { expectedPeriodUs: 100_000, expectedShares: null, expectedBurstUs: null };
  return new Map([
    [lifeId, { expected: { ...expected, expectedCores: cores }, seen: kernelOf(cores) }],
  ]);
};

describe('planSteps', () => {
  it('lowers before it caps, and caps before it raises', () => {
    const [a, b, c] = [
      anAdopted(1, { cpu: quotaOfCores(0.2) }),
      anAdopted(2),
      anAdopted(3, { cpu: quotaOfCores(1) }),
    ];
    const desired = aState([wantAdopted(a, 0.6), wantAdopted(b, 0.3), wantAdopted(c, 0.4)]);
    assert.deepEqual(kinds({ desired, managed: [a, b, c], ledger: touched(c) }), [
      'lower adopted-3',
      'cap adopted-2',
      'raise adopted-1',
    ]);
  });

  it('caps a container that comes with a larger limit of its own: only then does it count', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(1) });
    assert.deepEqual(kinds({ desired: aState([wantAdopted(a, 0.4)]), managed: [a] }), [
      'cap adopted-1',
    ]);
  });

  it('takes the room of a container that ended before others get it', () => {
    const spec = aSpec('web');
    const ended = anOwn(1, spec, { state: 'exited', pid: 0, exitCode: 1, cpu: quotaOfCores(1) });
    assert.deepEqual(kinds({ desired: aState([wantOwn(spec, 0.05)]), managed: [ended] }), [
      'lower web-0',
    ]);
    assert.deepEqual(kinds({ desired: aState([wantOwn(spec, 1)]), managed: [ended] }), []);
  });

  it('raises nothing while no coordinator is heard', () => {
    const [a, b] = [
      anAdopted(1, { cpu: quotaOfCores(0.2) }),
      anAdopted(2, { cpu: quotaOfCores(0.6) }),
    ];
    const desired = aState([wantAdopted(a, 0.6), wantAdopted(b, 0.3)]);
    assert.deepEqual(kinds({ desired, managed: [a, b], mayRaise: false }), ['cap adopted-2']);
  });

  it('does nothing where the kernel holds the limit', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(0.5) });
    const plan = planSteps(
      aPlanInput({
        desired: aState([wantAdopted(a, 0.5)]),
        managed: [a],
        observed: new Map([[a.containerId, kernelOf(0.5)]]),
      }),
    );
    assert.deepEqual(plan.steps, []);
    const verdicts = plan.verdicts.map(({ inForce, ...verdict }) => verdict);
    assert.deepEqual(verdicts, [
      { allocation: a.allocation, ok: true, reason: 'policy', observedCores: 0.5 },
    ]);
    assert.deepEqual(plan.verdicts[0]?.inForce?.seen, kernelOf(0.5));
  });

  it('trusts the kernel over the engine', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(0.5) });
    assert.deepEqual(
      kinds({
        desired: aState([wantAdopted(a, 0.5)]),
        managed: [a],
        observed: new Map([[a.containerId, kernelOf(null)]]),
      }),
      ['cap adopted-1'],
    );
  });

  it('never touches a container that did not opt in', () => {
    const foreign = anAdopted(1);
    const plan = planSteps(aPlanInput({ desired: aState([wantAdopted(foreign, 0.5)]) }));
    assert.deepEqual(plan.steps, []);
    assert.match(plan.verdicts[0]?.reason ?? '', /no container that opted in/);
  });

  it('leaves a container alone that is only observed', () => {
    const a = anAdopted(1, { control: 'observe' });
    const plan = planSteps(aPlanInput({ desired: aState([wantAdopted(a, 0.5)]), managed: [a] }));
    assert.deepEqual(plan.steps, []);
    assert.match(plan.verdicts[0]?.reason ?? '', /control is observe/);
  });

  it('restores an adopted container that is no longer desired or controlled', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(0.5) });
    const observed = { ...a, control: 'observe' } as const;
    assert.deepEqual(kinds({ managed: [a], ledger: touched(a) }), ['restore adopted-1']);
    assert.deepEqual(
      kinds({ desired: aState([wantAdopted(a, 0.5)]), managed: [observed], ledger: touched(a) }),
      ['restore adopted-1'],
    );
  });

  it('puts back even what is not listed', () => {
    assert.deepEqual(kinds({ ledger: touched(anAdopted(1)) }), ['restore adopted-1']);
  });

  it('restores the original for no limit', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(0.5) });
    const ledger = intend(EMPTY_LEDGER, {
      ...a,
      original: quotaOfCores(1.5),
      applied: limitOf(0.5),
    });
    const [step] = planSteps(
      aPlanInput({ desired: aState([wantAdopted(a, null)]), managed: [a], ledger }),
    ).steps;
    assert.equal(step?.kind, 'lift');
    assert.deepEqual(step?.kind === 'lift' && step.settings, quotaOfCores(1.5));
  });

  it('starts what is missing or was only created, and stops what is not desired', () => {
    const [web, old] = [aSpec('web'), aSpec('old')];
    assert.deepEqual(kinds({ desired: aState([wantOwn(web, 0.5)]), managed: [anOwn(1, old)] }), [
      'stop old-0',
      'start web-0',
    ]);
    assert.deepEqual(
      kinds({
        desired: aState([wantOwn(web, 0.5)]),
        managed: [anOwn(1, web, { state: 'created' })],
      }),
      ['start web-0'],
    );
  });

  it('lowers what was made with more than is wanted before it starts it', () => {
    const web = aSpec('web');
    const madeWith = (cores: number) => [
      anOwn(1, web, { state: 'created', pid: 0, cpu: quotaOfCores(cores) }),
    ];
    const desired = aState([wantOwn(web, 0.5)]);
    assert.deepEqual(kinds({ desired, managed: madeWith(0.95) }), ['lower web-0']);
    assert.deepEqual(kinds({ desired, managed: madeWith(0.5) }), ['start web-0']);
  });

  it('lowers also what was made with less than a thousandth more than is wanted', () => {
    const web = aSpec('web');
    const made = anOwn(1, web, { state: 'created', pid: 0, cpu: quotaOfCores(0.5002) });
    const wanted = (cores: number) => aState([wantOwn(web, cores)]);
    assert.deepEqual(kinds({ desired: wanted(0.5), managed: [made] }), ['lower web-0']);
    // As the engine keeps 0.500206 cores in a period of 100 ms.
    assert.deepEqual(kinds({ desired: wanted(0.500206), managed: [made] }), ['start web-0']);
  });

  it('calls nothing lower that is more than was written last, whatever an old list says', () => {
    const web = aSpec('web');
    const made = anOwn(1, web, { state: 'created', pid: 0, cpu: quotaOfCores(0.95) });
    const ledger = intend(EMPTY_LEDGER, {
      ...made,
      original: quotaOfCores(0.95),
      applied: limitOf(0.2),
    });
    const desired = aState([wantOwn(web, 0.5)]);
    const [step] = planSteps(aPlanInput({ desired, managed: [made], ledger })).steps;
    assert.equal(step?.kind, 'lower');
    assert.equal(step?.kind === 'lower' && step.promiseCores, 0.2);
  });

  it('gives no more than was read back last to one that ended, whatever was meant since', () => {
    const web = aSpec('web');
    const ended = anOwn(1, web, { state: 'exited', pid: 0, cpu: quotaOfCores(0.95) });
    const touch = { ...ended, original: NO_CPU, applied: limitOf(0.8) };
    const plan = planSteps(
      aPlanInput({
        desired: aState([wantOwn(web, 0.5)]),
        managed: [ended],
        ledger: intend(EMPTY_LEDGER, touch),
        confirmed: readBack(ended, 0.26),
      }),
    );
    assert.deepEqual(
      plan.steps.map((step) => [step.kind, step.kind === 'lower' && step.promiseCores]),
      [['lower', 0.26]],
    );
  });

  it('takes room for what an old list calls lower, where the kernel cannot be read', () => {
    const a = anAdopted(1, { cpu: quotaOfCores(0.95) });
    const desired = aState([wantAdopted(a, 0.5)]);
    const stepsFor = (confirmedCores: number, applied: number, cores: number | null = null) =>
      kinds({
        desired,
        managed: [a],
        ledger: intend(EMPTY_LEDGER, { ...a, original: NO_CPU, applied: limitOf(applied) }),
        confirmed: readBack(a, confirmedCores),
        observed: new Map(cores === null ? [] : [[a.containerId, kernelOf(cores)]]),
      });
    assert.deepEqual(stepsFor(0.26, 0.5), ['raise adopted-1']);
    assert.deepEqual(stepsFor(0.95, 0.4), ['raise adopted-1']);
    assert.deepEqual(stepsFor(0.95, 0.95), ['lower adopted-1']);
    assert.deepEqual(stepsFor(0.26, 0.5, 0.95), ['lower adopted-1']);
    // Also where the list shows the limit that it came with.
    const own = { ...a, cpu: quotaOfCores(0.95) };
    const touch = { ...own, original: quotaOfCores(0.95), applied: limitOf(0.3) };
    assert.deepEqual(kinds({ desired, managed: [own], ledger: intend(EMPTY_LEDGER, touch) }), [
      'raise adopted-1',
    ]);
  });

  it('stops a container whose job was changed, and limits it until then', () => {
    const before = aSpec('web', { image: 'dqoes/tiny:0' });
    assert.deepEqual(
      kinds({ desired: aState([wantOwn(aSpec('web'), 0.5)]), managed: [anOwn(1, before)] }),
      ['stop web-0', 'cap web-0'],
    );
  });

  it('starts again what had ended before the agent saw it', () => {
    const web = aSpec('web');
    const ended = anOwn(1, web, { state: 'exited', exitCode: 0 });
    const input = aPlanInput({ desired: aState([wantOwn(web, 0.5)]), managed: [ended] });
    const [step] = planSteps({ ...input, endedBefore: new Set([ended.containerId]) }).steps;
    // Somebody may start it first, and what runs is not to be stopped.
    assert.deepEqual(step?.kind === 'stop' ? [step.allocation, step.onlyIfEnded] : step?.kind, [
      'web-0',
      true,
    ]);
  });

  it('never restarts what ended by itself', () => {
    const web = aSpec('web');
    const plan = planSteps(
      aPlanInput({
        desired: aState([wantOwn(web, 0.5)]),
        managed: [anOwn(1, web, { state: 'exited', exitCode: 3 })],
      }),
    );
    assert.deepEqual(plan.steps, []);
    assert.match(plan.verdicts[0]?.reason ?? '', /exit code 3/);
  });

  it('refuses what the host does not allow', () => {
    const bounds = { ...DEFAULT_BOUNDS, images: ['other/*'] };
    const plan = planSteps(aPlanInput({ desired: aState([wantOwn(aSpec(), 0.5)]), bounds }));
    assert.deepEqual(plan.steps, []);
    assert.match(plan.verdicts[0]?.reason ?? '', /not in the list of images/);
    assert.equal(plan.verdicts[0]?.refused, true);
  });

  it('refuses a limit that is not a number', () => {
    const a = anAdopted(1);
    const plan = planSteps(
      aPlanInput({ desired: aState([wantAdopted(a, Number.NaN)]), managed: [a] }),
    );
    assert.deepEqual(plan.steps, []);
    assert.equal(plan.verdicts[0]?.ok, false);
  });

  it('refuses an allocation that names a container of ours as adopted', () => {
    const web = aSpec('web');
    const own = anOwn(1, web);
    const want = {
      id: own.allocation,
      job: own.job,
      containerId: idOf(1),
      limit: limitOf(0.5),
      reason: '',
    };
    assert.deepEqual(kinds({ desired: aState([want]), managed: [own] }), []);
  });
});
