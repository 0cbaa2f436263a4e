import { keyList } from '../../shared/key-text.js';
import { err, ok } from '../../shared/result.js';
import { value } from '../../shared/schema/settings.js';

/** Public keys of coordinators in a settings file, separated by commas: 43 characters each. */
export const publicKeys = value<readonly string[]>((text) => {
  const keys = keyList(text);
  if (keys.ok) return ok(keys.value);
  const shown = JSON.stringify(keys.error.slice(0, 50));
  return err(`${shown} is not a public key: "dqoes coordinator key" prints it, 43 characters`);
});
