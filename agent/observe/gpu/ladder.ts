import type { GpuCapability, GpuLadder, GpuVendor } from '../../../shared/gpu.js';
import type { GpuFailure, GpuSample } from '../../ports/gpu.js';

/** What is known of one GPU, and whether this agent may set it. */
export interface LadderInput {
  readonly vendor: GpuVendor;
  readonly sample: GpuSample | null;
  /** Why the tool cannot set anything; '' = it can. */
  readonly settingUnavailable: string;
  /** Clocks that can be set, MHz; empty = the tool does not tell; null = not asked yet. */
  readonly clocks: readonly number[] | null;
  readonly hasMps: boolean | null;
  /** The newest refusals of settings; absent = none. */
  readonly refused: Readonly<Partial<Record<'clock' | 'power', GpuFailure>>>;
  /** False = this agent only observes. */
  readonly mayEnforce: boolean;
}

const live: GpuCapability = { reach: 'live', reason: '' };
const none = (reason: string): GpuCapability => ({ reach: 'none', reason });

/** What this host allows with one GPU: clock, power and sharing, each with its reason. */
export function ladderOf(input: LadderInput): GpuLadder {
  return { clock: clockOf(input), power: powerOf(input), share: shareOf(input) };
}

function settingFault({ settingUnavailable, mayEnforce }: LadderInput): string {
  if (settingUnavailable !== '') return settingUnavailable;
  return mayEnforce ? '' : 'this agent only observes (control: observe)';
}

function clockOf(input: LadderInput): GpuCapability {
  const fault = settingFault(input);
  if (fault !== '') return none(fault);
  if (input.refused.clock !== undefined) return none(input.refused.clock.message);
  if (input.clocks === null) return none('not known yet which clocks can be set');
  return input.clocks.length === 0 ? none('the tool lists no clocks that can be set') : live;
}

function powerOf(input: LadderInput): GpuCapability {
  const fault = settingFault(input);
  if (fault !== '') return none(fault);
  if (input.refused.power !== undefined) return none(input.refused.power.message);
  if (input.sample === null) return none('not known yet');
  return input.sample.powerRange === null
    ? none('the tool reports no range of power limits')
    : live;
}

function shareOf({ vendor, sample, hasMps }: LadderInput): GpuCapability {
  if (vendor === 'amd') return none('AMD GPUs are observed only');
  if (sample?.isMig === true)
    return none(
      'it is split into MIG instances, which are fixed while anything runs: use them as they are',
    );
  if (hasMps === true) return { reach: 'start', reason: 'MPS: fixed when a container starts' };
  return none(
    'no MPS server runs, so time is sliced and no share is enforced: start ' +
      'nvidia-cuda-mps-control (docs/gpu.md)',
  );
}
