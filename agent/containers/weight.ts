import type { ContainerParent, KernelWeight, WeightRule } from '../ports/cgroup.js';
import type { EngineCpuSettings } from '../ports/engine.js';

/** All rules, for the settings. */
export const WEIGHT_RULES: readonly WeightRule[] = ['proportional', 'off'];

/**
 * What the engine and cgroup v1 take (Linux `Documentation/scheduler/sched-design-CFS.rst`,
 * `cpu.shares`).
 */
export const MIN_SHARES = 2;
/** Most shares that the engine takes. */
export const MAX_SHARES = 262_144;
/** Shares of a container that names none. */
export const DEFAULT_SHARES = 1024;
/**
 * Shares of one core of limit. Ten times the default: a container of a tenth of a core weighs as
 * much as one without shares, so that a host full of small limits does not lose its CPU to other
 * processes.
 */
export const SHARES_PER_CORE = 10_240;

/** Cores → shares: in proportion, whole, within what the engine takes. */
export const sharesOf = (cores: number): number =>
  Math.min(MAX_SHARES, Math.max(MIN_SHARES, Math.round(SHARES_PER_CORE * cores)));

/** Default weight of a cgroup of version 2. */
const DEFAULT_WEIGHT = 100;

/** Largest weight of a cgroup of version 2. */
const MAX_WEIGHT = 10_000;

/** Weight of a cgroup of containers for each allocatable core, in defaults of the kernel. */
const MOST_TIMES_DEFAULT = 4;

/** CPU of a host, cores. */
export interface HostRoom {
  readonly hostCores: number;
  /** What containers may have of it; the rest is kept for other programs. */
  readonly allocatableCores: number;
}

/**
 * Weight of a cgroup that holds containers and nothing else: that of all in it together, so that
 * each weighs as much against other programs of the host as against its neighbours. At least
 * `original`. At most four times the kernel's default for each allocatable core: agent and
 * coordinator are other programs, too, and with ten times limits stood still for 50 s in one run.
 * And at most what leaves other programs, all in one cgroup of default weight as `system.slice`,
 * the CPU that is kept for them.
 */
export function parentWeightOf(
  { weight: { version }, heldWeight }: Pick<ContainerParent, 'weight' | 'heldWeight'>,
  original: number,
  { hostCores, allocatableCores }: HostRoom,
): number {
  const [unit, largest] =
    version === 1 ? [DEFAULT_SHARES, MAX_SHARES] : [DEFAULT_WEIGHT, MAX_WEIGHT];
  const keptCores = Math.max(0, hostCores - allocatableCores);
  const most = unit * Math.min(MOST_TIMES_DEFAULT * allocatableCores, allocatableCores / keptCores);
  return Math.round(Math.max(original, Math.min(heldWeight, most, largest)));
}

/** cgroup v2 weight of shares as runc long converted them: linear, 1024 becomes 39. */
const linearWeight = (shares: number): number =>
  1 + Math.floor(((shares - MIN_SHARES) * 9999) / 262_142);

/** As newer ones do: quadratic in the logarithm, so that 1024 becomes 100. */
function quadraticWeight(shares: number): number {
  const power = Math.log2(shares);
  return Math.ceil(10 ** ((power * (power + 125)) / 612 - 7 / 34));
}

/**
 * Whether the kernel's weight is what the engine makes of these shares; both conversions to cgroup
 * v2 count.
 */
export function weightHolds(shares: number, weight: KernelWeight): boolean {
  if (weight.version === 1) return weight.value === shares;
  return [linearWeight(shares), quadraticWeight(shares)].some(
    (expected) => Math.abs(expected - weight.value) <= 1,
  );
}

/** Shares that an engine with the linear conversion turns into the kernel's default weight. */
const LINEAR_DEFAULT_SHARES = 2598;

/**
 * Shares to write so that a container's weight is as it was; 0 = nothing to write. The engine
 * cannot forget shares, so a container that had none gets those that make the kernel's default:
 * `weight` (as the kernel shows it for the shares stored now; null = not known) tells how the
 * engine converts.
 */
export function restoredShares(
  original: EngineCpuSettings,
  current: EngineCpuSettings,
  weight: KernelWeight | null,
): number {
  if (original.shares === current.shares) return 0;
  if (original.shares > 0) return original.shares;
  if (weight?.version !== 2) return current.shares === DEFAULT_SHARES ? 0 : DEFAULT_SHARES;
  if (weight.value === DEFAULT_WEIGHT && weightHolds(current.shares, weight)) return 0;
  const isLinear =
    linearWeight(current.shares) === weight.value &&
    quadraticWeight(current.shares) !== weight.value;
  return isLinear ? LINEAR_DEFAULT_SHARES : DEFAULT_SHARES;
}

/**
 * True when no limit of ours made these shares: there are none, or the ones that stand for none.
 */
export const isNoWeight = (shares: number): boolean =>
  [0, DEFAULT_SHARES, LINEAR_DEFAULT_SHARES].includes(shares);

/** Whether nothing of ours is left in the shares that the engine stores; `weight` as above. */
export function sharesAreBack(
  original: EngineCpuSettings,
  current: EngineCpuSettings,
  weight: KernelWeight | null,
): boolean {
  if (weight === null && original.shares === 0) return isNoWeight(current.shares);
  return restoredShares(original, current, weight) === 0;
}

/** Whether it is what a cgroup has that nobody gave a weight. */
export const isDefaultWeight = ({ version, value }: KernelWeight): boolean =>
  value === defaultWeightOf(version);

/** What a cgroup has that nobody gave a weight. */
export const defaultWeightOf = (version: KernelWeight['version']): number =>
  version === 1 ? DEFAULT_SHARES : DEFAULT_WEIGHT;

/**
 * Whether an agent may have raised a cgroup of containers to this weight: it begins at the kernel's
 * default, and goes no further than `parentWeightOf` on a host of that size.
 */
export function mayBeRaised({ version, value }: KernelWeight, hostCores: number): boolean {
  const unit = defaultWeightOf(version);
  return value > unit && value <= Math.round(unit * MOST_TIMES_DEFAULT * hostCores);
}

/** For warnings: `shares 512`, `weight 50`. */
export const showWeight = ({ version, value }: KernelWeight): string =>
  `${version === 1 ? 'shares' : 'weight'} ${value}`;
