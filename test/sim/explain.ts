import { fixedPartsHashOf, OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { coresOf } from '../../agent/containers/limits.js';
import { DEFAULT_SHARES, sharesOf } from '../../agent/containers/weight.js';
import type { EngineCpuSettings } from '../../agent/ports/engine.js';
import { type DesiredAllocation, type DesiredState, weightedCores } from '../../shared/command.js';
import type { FakeContainer } from '../lib/fake-container.js';
import type { Host } from './host.js';

interface Update {
  readonly host: Host;
  readonly container: FakeContainer;
  readonly settings: EngineCpuSettings;
  /** The agent was told to put the originals back. */
  readonly isLeaving: boolean;
  /** No coordinator was heard for so long that its own limits are given back. */
  readonly mayLetGo: boolean;
  /** What its journal says it obeys. */
  readonly states: readonly DesiredState[];
  /** Stored since. Where a full disk keeps the agent from noting one, quotas go all the same. */
  readonly later: readonly DesiredState[];
}

/** Limits are rounded to whole µs, and no first limit is below a hundredth of a core. */
const SLACK_CORES = 0.0101;

/**
 * '' = the change follows from a state that is obeyed, or puts the original back; else what is
 * wrong with it.
 */
export function explainsUpdate({
  host,
  container,
  settings,
  isLeaving,
  mayLetGo,
  states,
  later,
}: Update): string {
  const isOwn = container.labels[OWN_CONTAINER_LABELS.allocation] !== undefined;
  const original = isOwn ? null : host.originals.get(container.id);
  if (original === undefined) return 'it did not opt in';
  const asked = askedCores(container, settings);
  const originalCores = original === null ? null : coresOf(original);
  const isOriginal = same(asked, originalCores);
  const weights = [0, DEFAULT_SHARES, original?.shares ?? 0, sharesOf(asked ?? 0)];
  for (const want of states.map((state) => wanted(state, container)))
    if (want !== undefined) weights.push(sharesOf(weightedCores(want.limit)));
  if (!weights.includes(settings.shares))
    return `shares ${settings.shares} asked, which nothing explains`;
  if (isLeaving) return isOriginal ? '' : `${asked} cores asked, its own are ${originalCores}`;
  const frees = (state: DesiredState): boolean =>
    (wanted(state, container)?.limit.cpuCores ?? null) === null;
  if (isOriginal && later.some(frees)) return '';
  if (states.length === 0) return 'nothing is obeyed';
  if (mayLetGo && isOriginal) return '';
  const wants = states.map((state) => wanted(state, container));
  const isWanted = wants.some((want) => {
    if (want === undefined || want.limit.cpuCores === null) return isOriginal;
    return asked !== null && asked <= want.limit.cpuCores + SLACK_CORES;
  });
  const said = wants.map((want) =>
    want === undefined ? 'nothing' : `${want.limit.cpuCores ?? 'no limit'}`,
  );
  return isWanted
    ? ''
    : `${asked ?? 'no limit'} asked, but what is obeyed says ${said.join(' or ')}`;
}

/** '' = a state that is obeyed asks for this allocation as a job of ours; else what is wrong. */
export function explainsRun(allocation: string, states: readonly DesiredState[]): string {
  const isWanted = states.some((state) =>
    state.allocations.some(({ id, spec }) => id === allocation && spec !== undefined),
  );
  return isWanted ? '' : 'nothing that is obeyed asks for it';
}

/** '' = it ended, or what is obeyed asks for another job or none in its place; else a fault. */
export function explainsStop(container: FakeContainer, states: readonly DesiredState[]): string {
  if (container.labels[OWN_CONTAINER_LABELS.allocation] === undefined) return 'it is not ours';
  if (states.length === 0) return 'nothing is obeyed';
  // It may have been stopped with an agent before: the next one starts it again.
  if (container.state !== 'running') return '';
  const hash = container.labels[OWN_CONTAINER_LABELS.specHash];
  const goes = states.some((state) => {
    const want = wanted(state, container);
    return want?.spec === undefined || fixedPartsHashOf(want.spec) !== hash;
  });
  return goes ? '' : 'what is obeyed asks for it as it is';
}

const wanted = (state: DesiredState, container: FakeContainer): DesiredAllocation | undefined =>
  state.allocations.find(
    ({ id, containerId }) =>
      containerId === container.id || id === container.labels[OWN_CONTAINER_LABELS.allocation],
  );

function askedCores({ cpu }: FakeContainer, settings: EngineCpuSettings): number | null {
  const { nanoCpus, quotaUs } = settings;
  if (nanoCpus > 0) return nanoCpus / 1e9;
  return coresOf({ nanoCpus: 0, quotaUs, periodUs: settings.periodUs || cpu.periodUs, shares: 0 });
}

/** Equal within 0.002 cores, as limits are rounded; null = no limit. */
export const same = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 0.002;
