import { LAB_POLICIES } from '../../lab/policies/index.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/**
 * The policy that sets the profiled limits and never changes them. It is built from measurements,
 * so it is not in the list of the lab.
 */
export const ORACLE = 'oracle';

/** Names of all policies that the bench can run. */
export const benchPolicyNames = (): readonly string[] => [...Object.keys(LAB_POLICIES), ORACLE];

/** Splits `default,dqoes` into known names, each given once. Returns all faults. */
export function readPolicies(text: string): Result<readonly string[]> {
  const names = text.split(',').map((name) => name.trim());
  const faults = names.flatMap((name, index): Fault[] => {
    if (names.indexOf(name) !== index)
      return [usage(`--policy names ${name} twice: name each once`)];
    if (benchPolicyNames().includes(name)) return [];
    const near = nearestOf(name, benchPolicyNames());
    const meant = near === undefined ? '' : ` (did you mean ${near}?)`;
    return [
      usage(
        `there is no policy ${JSON.stringify(name.slice(0, 40))}${meant}: use ` +
          `${benchPolicyNames().join(', ')}`,
      ),
    ];
  });
  return faults.length > 0 ? err(faults) : ok(names);
}

const usage = (message: string): Fault => ({ code: 'cli.usage', field: 'policy', message });
