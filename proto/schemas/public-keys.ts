import { err, ok } from '../../shared/result.js';
import { value } from '../../shared/schema/settings.js';

const PUBLIC_KEY = /^[A-Za-z0-9_-]{43}$/;

/** Public keys of coordinators in a settings file, separated by commas: 43 characters each. */
export const publicKeys = value<readonly string[]>((text) => {
  const keys = text.split(',').map((key) => key.trim());
  const bad = keys.find((key) => !PUBLIC_KEY.test(key));
  if (bad === undefined) return ok(keys);
  const shown = JSON.stringify(bad.slice(0, 50));
  return err(`${shown} is not a public key: "dqoes coordinator key" prints it, 43 characters`);
});
