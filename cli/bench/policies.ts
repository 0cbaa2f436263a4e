import { LAB_POLICIES } from '../../lab/policies/index.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';

/** The profiled limits unchanged: not in the list of the lab, as it is made from measurements. */
export const ORACLE = 'oracle';

export const benchPolicyNames = (): readonly string[] => [...Object.keys(LAB_POLICIES), ORACLE];

/** `default,dqoes` → names, each known and given once; all faults at once. */
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
