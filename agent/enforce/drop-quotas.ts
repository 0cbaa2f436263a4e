import type { ContainerId } from '../../shared/ids.js';
import { coresOf, OWN_ORIGINAL } from '../containers/limits.js';
import type { Managed } from '../containers/managed.js';
import { execute } from './executor.js';
import { holds } from './in-force.js';
import { entryOf } from './ledger-entry.js';
import type { ObservedPass, PassDeps } from './pass-types.js';
import type { LimitStep, RestoreStep, Step } from './types.js';

/**
 * What is done of a pass whose intents cannot be noted, as on a full disk: quotas that are to go
 * are taken away, as in a fall-back, or where no coordinator is heard for long. Nothing is lost by
 * that: the journal has what each of these containers had before, and goes on to note a limit that
 * is not in force, as after a change by others. The weight of one that is still controlled stays,
 * and so does everything that is to be set. Returns a sentence for each. Never rejects.
 */
export async function dropQuotas(
  steps: readonly Step[],
  input: ObservedPass,
  deps: PassDeps,
): Promise<readonly string[]> {
  const managed = new Map<ContainerId, Managed>(input.managed.map((one) => [one.containerId, one]));
  const drops = steps.flatMap((step): readonly (LimitStep | RestoreStep)[] => {
    if (step.kind === 'start' || step.kind === 'stop') return [];
    if (step.kind !== 'restore' && step.applied?.cpuCores != null) return [];
    const entry = entryOf(deps.journal.ledger, step.containerId);
    const isOwn = managed.get(step.containerId)?.origin === 'dqoes';
    const original = isOwn ? OWN_ORIGINAL : entry?.original;
    const cores = input.observed.get(step.containerId)?.cores ?? null;
    if (original === undefined || cores === null) return [];
    // Of more CPUs than there are it gets those that are there.
    const own = step.settings.nanoCpus > 0 ? step.settings : original;
    return holds(coresOf(own), cores) ? [] : [step.kind === 'restore' ? step : quotaOnly(step)];
  });
  const said = await Promise.all(drops.map((step) => drop(step, input, deps)));
  return said.filter((text) => text !== '');
}

const quotaOnly = (step: LimitStep): LimitStep => ({
  ...step,
  kind: 'lift',
  settings: { ...step.settings, shares: 0 },
  expectedShares: null,
  expectedBurstUs: null,
});

/** What people are told of it; '' = it was not done. */
async function drop(
  step: LimitStep | RestoreStep,
  input: ObservedPass,
  deps: PassDeps,
): Promise<string> {
  const { allocation, lifeId } = step;
  if (deps.isClosed()) return '';
  // What is done here is no change by others.
  input.drift.forget(lifeId);
  const result = await execute(step, deps);
  if (result.untouched !== true) input.changedAtMs.set(allocation, deps.clock.now());
  return result.ok
    ? `the quota of ${allocation} was taken away, though that cannot be noted: what it had ` +
        'before is noted'
    : '';
}
